"""Hostile input in numbers: seeded, so that what failed can be made again.

The suite runs some hundreds; ``python -m tests.fuzz.links`` and ``python -m tests.fuzz.uploads``
run as many as are asked for and print what they did.
"""
