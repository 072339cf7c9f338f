"""Draw the pictures of README with the app's own code.

Run after a change of the data or the style::

    python scripts/build_pictures.py

A test draws them again and compares.
"""

from __future__ import annotations

from pathlib import Path

from geo import figure
from geo.caption import compose
from geo.catalogue import load
from geo.laydown import resolve
from geo.scenario import default

FIRST_SCREEN = Path(__file__).resolve().parent.parent / "docs" / "first-screen.png"
#: Pixels an inch: enough for a page, small enough for a repository.
DPI = 110


def first_screen() -> bytes:
    """Draw what a reader sees first."""
    catalogue = load()
    laydown = resolve(catalogue, default(catalogue.offer))
    capitals = [city for city in catalogue.cities if city.capital]
    return figure.png(laydown, compose(catalogue, laydown), capitals, dpi=DPI)


if __name__ == "__main__":
    FIRST_SCREEN.write_bytes(first_screen())
