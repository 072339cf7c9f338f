"""Words on the map of a picture: names of sites, distances on rings, capitals where there is room.

Job: their order; what finds no place is told to the caller. Ban: no words of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo import distances, names, scalebar
from geo.board import Written
from geo.gazetteer import City
from geo.laydown import Laydown
from geo.plot import Sheet

__all__ = ["write"]


def write(sheet: Sheet, laydown: Laydown, capitals: Sequence[City]) -> Written:
    """Write all words; capitals come in the order of their importance."""
    symbols = names.symbols(sheet, laydown)
    written = Written(taken=[*symbols], symbols=tuple(symbols))
    scalebar.scale(sheet, laydown, written)
    names.sites(sheet, laydown, written)
    # a ring is long: its label finds a place later too; an area's name has all of its area
    distances.rings(sheet, laydown, written, capitals)
    names.areas(sheet, laydown, written)
    names.capitals(sheet, laydown, capitals, written)
    return written
