"""A Laydown drawn on the axes of a picture: sea, land, reaches, sites; no word of it.

Job: shapes to patches and lines, in the map's own metres. Ban: no style of its own (`palette` has
it), no text (`labels` writes it).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import flatness, legend, palette, symbols
from geo.laydown import Laydown, Mark
from geo.palette import Style
from geo.plane import Plane
from geo.status import Status

if TYPE_CHECKING:
    from cartopy.mpl.geoaxes import GeoAxes

__all__ = ["Sheet", "draw", "fill", "hatching", "outside", "shift_pt", "spot", "symbol"]

POINTS_PER_INCH = 72
#: Lines are thinned to what this many dots an inch can show.
FINEST_DPI = 400.0
#: Size of a symbol and of an origin's dot, and width of a ring's line, in units of the format.
SYMBOL, ORIGIN, RING = 0.8, 0.45, 0.16
#: Points on the page to a pixel of `legend.mark_shift`, in units of the format.
SHIFT = 0.055


@dataclass(frozen=True)
class Sheet:
    """The axes of a map and how it is drawn on them."""

    axes: GeoAxes
    plane: Plane
    unit: float
    """Size of names in points; all else follows."""
    style: Style
    thin_m: float
    """How far a line may stray, metres on the map."""

    def tone(self, colour: str) -> str:
        """A colour as the style prints it."""
        return palette.tone(colour, self.style)

    def put(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape on the map, as fine as paper can show."""
        return shapely.simplify(self.plane.put(shape), self.thin_m, preserve_topology=True)


def draw(sheet: Sheet, laydown: Laydown) -> None:
    """Draw everything but words."""
    _ground(sheet)
    _land(sheet, laydown)
    _reaches(sheet, laydown)
    _marks(sheet, laydown)


def _ground(sheet: Sheet) -> None:
    """Sea, grid and frame; of a map that ends at a rim, the rim."""
    sea, edge = sheet.tone(palette.SEA), sheet.tone(palette.LAND_EDGE)
    thin = sheet.unit * 0.05
    rim, grid = sheet.plane.rim(), sheet.plane.grid()
    sheet.axes.spines["geo"].set(edgecolor=edge, linewidth=sheet.unit * 0.07)
    if rim is None:
        sheet.axes.set_facecolor(sea)
        return
    sheet.axes.set_facecolor(palette.HALO)
    fill(sheet, rim, facecolor=sea, edgecolor=edge, linewidth=thin, zorder=0.5)
    for line in shapely.get_parts(shapely.simplify(grid, sheet.thin_m)):
        sheet.axes.plot(
            *shapely.get_coordinates(line).T,
            color=sheet.tone(palette.GRID),
            linewidth=thin,
            zorder=0.6,
        )


def _land(sheet: Sheet, laydown: Laydown) -> None:
    (left, right), (bottom, top) = sheet.axes.get_xlim(), sheet.axes.get_ylim()
    frame = shapely.box(left, bottom, right, top)
    around = frame.buffer((right - left) * 0.02, join_style="mitre")
    tints = legend.country_tints(laydown)
    for iso3, shape in sheet.plane.land(laydown.scenario.borders):
        if not shape.intersects(frame):
            continue
        key = tints.get(iso3 or "")
        colour = palette.TINTS[key].colour if key else palette.LAND
        seen = shape if around.contains(shape) else shapely.intersection(shape, around)
        fill(
            sheet,
            seen,
            facecolor=sheet.tone(colour),
            edgecolor=sheet.tone(palette.LAND_EDGE),
            linewidth=sheet.unit * 0.04,
            zorder=1,
            **hatching(colour, sheet.style),
        )


def hatching(colour: str, style: Style) -> dict[str, Any]:
    """Hatch countries where there is no colour to tell them by."""
    return {"hatch": palette.HATCH} if palette.is_hatched(colour, style) else {}


def fill(sheet: Sheet, shape: BaseGeometry, **style: Any) -> None:
    """Draw polygons given in metres, holes and all."""
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - takes a second
    from matplotlib.path import Path  # noqa: PLC0415

    rings = [
        shapely.get_coordinates(ring)
        for polygon in shapely.get_parts(shape)
        if polygon.geom_type == "Polygon"
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    if rings:
        path = Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
        # add_patch would measure every curve for limits that are set already
        sheet.axes.add_artist(PathPatch(path, **style))


def _line(sheet: Sheet, shape: BaseGeometry, **style: Any) -> None:
    for part in shapely.get_parts(shape):
        sheet.axes.plot(*shapely.get_coordinates(part).T, solid_capstyle="butt", **style)


def _reaches(sheet: Sheet, laydown: Laydown) -> None:
    """Fills first, then the lines over all of them, then the flat circles."""
    for ring in laydown.rings:
        colour = sheet.tone(palette.SIDE_COLOUR[ring.system.side])
        alpha = palette.REACH_ALPHA / 255
        fill(sheet, sheet.put(ring.shape), facecolor=colour, alpha=alpha, linewidth=0, zorder=2)
    for ring in laydown.rings:
        dash = palette.BASIS[ring.figure.basis].dash
        for _, line in ring.edges:
            _line(
                sheet,
                sheet.put(line),
                color=sheet.tone(palette.SIDE_COLOUR[ring.system.side]),
                linewidth=sheet.unit * RING,
                linestyle=(0, dash) if any(dash) else "solid",
                zorder=3,
            )
    for circle in flatness.circles(laydown) if laydown.scenario.flat else ():
        for dash in palette.FLAT_DASHES:  # two rhythms make dash and dot, as on the page
            _line(
                sheet,
                sheet.put(circle.line),
                color=sheet.tone(palette.FLAT),
                linewidth=sheet.unit * RING * 0.7,
                linestyle=(0, dash),
                zorder=3,
            )


def _marks(sheet: Sheet, laydown: Laydown) -> None:
    for mark in laydown.marks:
        colour = sheet.tone(palette.SIDE_COLOUR[mark.site.side])
        if mark.shape.geom_type != "Point":
            if mark.outlined:
                area, alpha = sheet.put(mark.shape), palette.area_alpha(mark.status) / 255
                fill(sheet, area, facecolor=colour, alpha=alpha, linewidth=0, zorder=2.5)
                thin = sheet.unit * 0.09
                fill(
                    sheet,
                    area,
                    fill=False,
                    edgecolor=colour,
                    linewidth=thin,
                    linestyle=(0, (2, 2)),
                    zorder=2.6,
                )
            continue
        x, y = spot(sheet, mark)
        if np.isfinite(x):
            size = sheet.unit * (ORIGIN if mark.status == "reference" else SYMBOL)
            place = {"transform": shifted(sheet, laydown, mark), "zorder": 5}
            shape = palette.KIND_SHAPE[mark.site.kind]
            symbol(sheet.axes, (x, y), shape, mark.status, size, colour, **place)


def spot(sheet: Sheet, mark: Mark) -> tuple[float, float]:
    """Where a mark stands, in metres; of an area, inside its part in sight; NaN without one."""
    if mark.shape.geom_type == "Point":
        x, y = sheet.plane.spots(shapely.get_coordinates(mark.shape))[0]
        return float(x), float(y)
    (left, right), (bottom, top) = sheet.axes.get_xlim(), sheet.axes.get_ylim()
    frame = shapely.box(left, bottom, right, top)
    parts = shapely.get_parts(shapely.intersection(sheet.put(mark.shape), frame))
    parts = parts[~shapely.is_empty(parts)]
    if not len(parts):
        return float("nan"), float("nan")
    largest = parts[int(np.argmax(shapely.area(parts)))]
    x, y = shapely.get_coordinates(shapely.point_on_surface(largest))[0]
    return float(x), float(y)


def outside(sheet: Sheet, laydown: Laydown) -> frozenset[str]:
    """Ids of sites of which nothing is in the frame."""
    (left, right), (bottom, top) = sheet.axes.get_xlim(), sheet.axes.get_ylim()
    spots = {mark.site.id: spot(sheet, mark) for mark in laydown.marks}
    # a place that the plane does not have is NaN, and so in no frame
    return frozenset(
        site_id
        for site_id, (x, y) in spots.items()
        if not (left <= x <= right and bottom <= y <= top)
    )


def shift_pt(sheet: Sheet, laydown: Laydown, mark: Mark) -> tuple[float, float]:
    """Points, right and up, by which a mark stands beside its place."""
    right, down = legend.mark_shift(laydown, mark)
    return right * SHIFT * sheet.unit, -down * SHIFT * sheet.unit


def shifted(sheet: Sheet, laydown: Laydown, mark: Mark) -> Any:
    """Metres to the page, shifted as the mark is."""
    from matplotlib.transforms import ScaledTranslation  # noqa: PLC0415 - takes a second

    right, up = (value / POINTS_PER_INCH for value in shift_pt(sheet, laydown, mark))
    scale = sheet.axes.figure.dpi_scale_trans
    return sheet.axes.transData + ScaledTranslation(right, up, scale)


def marker(shape: palette.Shape) -> Any:
    """Outline of a symbol as matplotlib's path."""
    from matplotlib.path import Path  # noqa: PLC0415 - takes a second

    outline = symbols.SYMBOLS[shape]
    return Path([*outline, outline[0]], closed=True)


def symbol(
    axes: Any,
    at: tuple[float, float],
    shape: palette.Shape,
    status: Status,
    size: float,
    colour: str,
    **common: Any,
) -> None:
    """Draw a symbol of a size in points on axes, or on the page itself."""
    from matplotlib.lines import Line2D  # noqa: PLC0415 - takes a second

    looks = palette.STATUS[status]
    edge, outline = size * 0.13, marker(shape)
    fill = colour if looks.filled else palette.HALO
    layers: list[dict[str, Any]] = [
        {"marker": outline, "ms": size * 1.36, "color": palette.HALO},
        {"marker": outline, "ms": size, "mfc": fill, "mec": colour, "mew": edge},
    ]
    if looks.crossed:
        cross = {"marker": "x", "ms": size * 1.15}
        layers.append({**cross, "mec": palette.HALO, "mew": edge * 2.6})
        layers.append({**cross, "mec": colour, "mew": edge * 1.15})
    for layer in layers:
        axes.add_artist(Line2D([at[0]], [at[1]], linestyle="none", **layer, **common))
