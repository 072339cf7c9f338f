"""How a feature looks outside the atlas: colours, dashes, symbols as plain values.

Job: `palette` as values that a style file can carry. Ban: no file format, no colour of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo import palette
from geo.features import Feature, LayerName

__all__ = ["DECIDES", "Look", "look"]

#: Fields that decide how a feature of a layer looks.
DECIDES: Mapping[LayerName, tuple[str, ...]] = {
    "countries": ("group",),
    "ranges": ("side",),
    "range_lines": ("side", "basis"),
    "areas": ("side", "status"),
    "sites": ("side", "kind", "status"),
}
_LINE_PX = 2.2
_AREA_LINE_PX = 1.2


@dataclass(frozen=True)
class Look:
    """A look."""

    label: str
    """As in a legend."""
    line: str
    """Colour of the line, ``#RRGGBB``."""
    line_px: float = 0.0
    """Its width; 0 for none."""
    dash: tuple[float, float] = (0, 0)
    """Dash and gap in line widths; (0, 0) is solid."""
    fill: str | None = None
    """Colour of the fill."""
    fill_alpha: int = 255
    shape: palette.Shape | None = None
    """Symbol of a point."""
    crossed: bool = False


def look(feature: Feature) -> tuple[tuple[str, ...], Look]:
    """Return the values of the deciding fields of a feature, and its look."""
    row: Mapping[str, Any] = feature.properties
    key = tuple(str(row[field]) for field in DECIDES[feature.layer])
    return key, _LOOKS[feature.layer](row)


def _country(row: Mapping[str, Any]) -> Look:
    group: palette.TintKey = row["group"]
    style = palette.TINTS[group]
    return Look(style.label, palette.LAND_EDGE, 0.6, fill=style.colour)


def _range(row: Mapping[str, Any]) -> Look:
    colour = _side(row)
    return Look(f"Stated range, {row['side']}", colour, fill=colour, fill_alpha=palette.REACH_ALPHA)


def _line(row: Mapping[str, Any]) -> Look:
    dash = palette.BASIS[row["basis"]].dash
    return Look(f"{row['side']}, {row['basis']}", _side(row), _LINE_PX, dash)


def _area(row: Mapping[str, Any]) -> Look:
    colour = _side(row)
    return Look(
        f"{row['side']}: area, {row['status_label']}",
        colour,
        _AREA_LINE_PX,
        (2, 2),
        fill=colour,
        fill_alpha=palette.area_alpha(row["status"]),
    )


def _site(row: Mapping[str, Any]) -> Look:
    colour = _side(row)
    style = palette.STATUS[row["status"]]
    return Look(
        f"{row['side']}: {row['kind']}, {row['status_label']}",
        colour,
        _AREA_LINE_PX,
        fill=colour if style.filled else palette.HALO,
        shape=palette.KIND_SHAPE[row["kind"]],
        crossed=style.crossed,
    )


def _side(row: Mapping[str, Any]) -> str:
    return palette.SIDE_COLOUR[row["side"]]


_LOOKS = {
    "countries": _country,
    "ranges": _range,
    "range_lines": _line,
    "areas": _area,
    "sites": _site,
}
