"""Benchmarks: scripts that print what they measured beside a yardstick of the same run."""
