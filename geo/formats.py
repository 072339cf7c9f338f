"""The formats that a picture is offered in: size, type and columns of each page.

Job: a table, and its rows by name. Ban: nothing is measured or drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.errors import ScenarioError

__all__ = ["FORMATS", "POINTS_PER_INCH", "Format", "format_of"]

POINTS_PER_INCH = 72.0


@dataclass(frozen=True)
class Format:
    """A size and shape of page."""

    id: str
    label: str
    width_in: float
    height_in: float
    """Of a page that grows, the ratio of the map's height to its width decides instead."""
    unit_pt: float
    """Size of names on the map; all other sizes follow."""
    dpi: int
    """Pixels an inch at single size."""
    key_beside: bool = False
    """Whether the legend stands beside the map, or below it."""
    key_columns: int = 2
    foot_columns: int = 2
    map_share: float = 0.42
    """Least share of the page's height for the map."""
    grows: bool = False
    """Whether the page grows with its text."""


FORMATS: Mapping[str, Format] = {
    one.id: one
    for one in (
        Format(
            "16:9", "16:9 slide", 40 / 3, 7.5, 15.0, 96, key_beside=True, key_columns=1,
            foot_columns=3, map_share=0.5,
        ),
        Format("1:1", "1:1 square", 7.5, 7.5, 10.5, 144),
        Format("4:5", "4:5 portrait", 7.5, 9.375, 10.5, 144),
        Format(
            "column", "Newspaper column", 3.5, 3.5, 7.4, 144, key_columns=1, foot_columns=1,
            grows=True,
        ),
        Format("a4", "A4 page", 8.268, 11.693, 10.5, 96),
    )
}  # fmt: skip


def format_of(name: str) -> Format:
    """Find a format by its id, such as ``16:9``.

    Raises
    ------
    ScenarioError
        If there is none of that name.
    """
    found = FORMATS.get(name.strip().lower())
    if found is None:
        msg = f"format '{name}' is unknown; choose one of {', '.join(FORMATS)}"
        raise ScenarioError(msg)
    return found
