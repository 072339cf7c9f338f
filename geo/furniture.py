"""What stands around the map of a picture: headline, legend with its marks, small print.

Job: lines and marks that `page` has placed, set on the figure. Ban: no word and no place of its
own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from geo import formats, palette, plot, typeset
from geo.legend import Entry
from geo.page import Page
from geo.palette import Style
from geo.paragraph import FONT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["opacity", "set_around"]


def set_around(figure: Figure, sheet_page: Page, style: Style) -> None:
    """Set headline, legend and small print around the map."""
    from matplotlib.transforms import Affine2D  # noqa: PLC0415 - see the module

    points = Affine2D().scale(1 / formats.POINTS_PER_INCH) + figure.dpi_scale_trans
    for line in sheet_page.lines:
        figure.text(
            line.x,
            line.y,
            line.text,
            size=line.size,
            weight="bold" if line.bold else "normal",
            color=palette.QUIET_INK if line.quiet else palette.INK,
            family=FONT,
            va="baseline",
            parse_math=False,
            transform=points,
        )
    for swatch in sheet_page.swatches:
        _swatch(figure, swatch, style, points)


def _swatch(figure: Figure, swatch: typeset.Swatch, style: Style, points: Any) -> None:
    """Draw the mark of a legend line."""
    from matplotlib.lines import Line2D  # noqa: PLC0415 - see the module
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    entry = swatch.entry
    x, y, wide, tall = swatch.x, swatch.y, swatch.width, swatch.height
    colour = palette.tone(entry.colour, style)
    if entry.kind == "site":
        at = x + wide / 2, y
        plot.symbol(figure, at, entry.shape, entry.status, tall * 0.95, colour, transform=points)
        return
    if entry.kind != "line":
        low = y - tall if entry.kind == "ring" else y - tall / 2
        box = Rectangle(
            (x, low),
            wide,
            tall,
            transform=points,
            facecolor=colour,
            alpha=opacity(entry),
            edgecolor=palette.tone(palette.LAND_EDGE, style),
            linewidth=0,
            **plot.hatching(entry.colour, style),
        )
        figure.add_artist(box)
    for dash in _dashes(entry):
        figure.add_artist(
            Line2D(
                [x, x + wide],
                [y, y],
                color=colour,
                linewidth=tall * (0.18 if entry.kind == "ring" else 0.12),
                linestyle=(0, dash) if any(dash) else "solid",
                transform=points,
            )
        )


def opacity(entry: Entry) -> float:
    """How opaque the ground of a mark is."""
    if entry.kind == "country":
        return 1.0
    return 0.14 if entry.kind == "ring" or palette.area_alpha(entry.status) else 0.0


def _dashes(entry: Entry) -> Sequence[tuple[float, float]]:
    if entry.kind == "line":
        return palette.FLAT_DASHES
    if entry.kind == "area":
        return ((2.0, 2.0),)
    return (entry.dash,) if entry.kind == "ring" else ()
