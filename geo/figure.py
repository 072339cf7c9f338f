"""A Laydown as a picture for print; the only place that knows matplotlib and cartopy.

Job: one honest PNG that carries its title, legend, ring labels, sources, notes and credit.
Ban: no style of its own (`legend` has it), no words of its own (`caption` has them).

matplotlib and cartopy are imported when a first picture is asked for: they cost two seconds.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo import borders, frames, legend
from geo.caption import Caption
from geo.laydown import Laydown, Mark
from geo.model import City
from geo.scenario import Framing

if TYPE_CHECKING:
    from cartopy.mpl.geoaxes import GeoAxes
    from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg

__all__ = ["file_name", "png"]

WIDTH_IN, HEIGHT_IN = 13.0, 9.4
#: Left edge, width of the map and of the legend, as shares of the picture.
LEFT, MAP_WIDTH, KEY_LEFT, KEY_WIDTH = 0.03, 0.685, 0.735, 0.24
MAP_BOTTOM = 0.195
POINTS_PER_INCH = 72
FONT = "DejaVu Sans"  # ships with matplotlib, so that the picture is the same everywhere
EARTH_M = 6_378_137.0


def file_name(laydown: Laydown) -> str:
    """Name for the file, with the day it shows."""
    return f"epaa-atlas-{laydown.scenario.as_of.isoformat()}.png"


def png(
    laydown: Laydown, caption: Caption, capitals: Sequence[City] = (), *, dpi: int = 150
) -> bytes:
    """Draw what is on the screen, in its framing, as a PNG.

    Parameters
    ----------
    capitals
        Places to name where there is room; those within a reach come first.
    dpi
        Pixels an inch; the picture is 13 by 9.4 inches.

    Returns
    -------
    The file. Title, alternative text and sources stand in its metadata too.
    """
    canvas = _canvas(dpi)
    page = canvas.figure
    page.text(LEFT, 0.975, caption.title, size=19, weight="bold", va="top", **_ink())
    top = _paragraph(canvas, caption.sentence, LEFT, 0.935, 0.945, size=10.5) - 0.014
    axes, framing = _axes(page, legend.framing(laydown), top)
    _land(axes, laydown, framing)
    _reaches(axes, laydown)
    _marks(axes, laydown)
    taken = _labels(axes, laydown, framing)
    told = [city for city in capitals if city.name in caption.sentence]
    capitals = [*told, *(city for city in capitals if city not in told)]
    _capitals(canvas, axes, laydown, capitals, taken)
    _key(canvas, laydown, top)
    top = MAP_BOTTOM - 0.018
    for text in (
        " ".join((*_general_notes(laydown, caption), caption.origin_note)),
        caption.sources,
        caption.projection,
        caption.borders,
        caption.credit,
    ):
        if text:
            top = _paragraph(canvas, text, LEFT, top, 0.945, size=7.6) - 0.006
    file = io.BytesIO()
    page.savefig(
        file,
        format="png",
        dpi=dpi,
        metadata={
            "Title": caption.title,
            "Description": caption.alt,
            "Source": caption.sources,
            "Comment": f"{caption.borders} {caption.credit}",
            "Software": "EPAA Atlas",
        },
    )
    return file.getvalue()


def _canvas(dpi: int) -> FigureCanvasAgg:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - see the module
    from matplotlib.figure import Figure  # noqa: PLC0415

    # a Figure of its own, not pyplot's: readers draw at the same time
    return FigureCanvasAgg(Figure(figsize=(WIDTH_IN, HEIGHT_IN), dpi=dpi, facecolor="white"))


def _ink(colour: str = legend.INK) -> dict[str, Any]:
    return {"color": colour, "family": FONT}


def _axes(page: Any, framing: Framing, top: float) -> tuple[GeoAxes, Framing]:
    """Mercator axes, and the framing widened to fill them."""
    from cartopy.crs import Mercator  # noqa: PLC0415 - see the module

    box = (LEFT, MAP_BOTTOM, MAP_WIDTH, top - MAP_BOTTOM)
    axes = page.add_axes(box, projection=Mercator())
    shape = (box[2] * WIDTH_IN) / (box[3] * HEIGHT_IN)
    south, north = legend.mercator(framing.south), legend.mercator(framing.north)
    wide, tall = framing.east - framing.west, north - south
    grow_x = max(0.0, tall * shape - wide) / 2
    grow_y = max(0.0, wide / shape - tall) / 2
    bounds = np.radians(
        [framing.west - grow_x, framing.east + grow_x, south - grow_y, north + grow_y]
    )
    axes.set_xlim(*(bounds[:2] * EARTH_M))
    axes.set_ylim(*(bounds[2:] * EARTH_M))
    axes.set_facecolor(legend.SEA)
    axes.spines["geo"].set(edgecolor=legend.LAND_EDGE, linewidth=0.8)
    return axes, Framing(
        framing.name,
        framing.west - grow_x,
        legend.inverse_mercator(south - grow_y),
        framing.east + grow_x,
        legend.inverse_mercator(north + grow_y),
    )


def _project(shape: BaseGeometry) -> BaseGeometry:
    """Longitude and latitude to metres on the Mercator map (spherical, as web maps use)."""

    def on_map(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lat = np.radians(np.clip(points[:, 1], -85, 85))
        return np.column_stack([np.radians(points[:, 0]), np.arcsinh(np.tan(lat))]) * EARTH_M

    return shapely.transform(shape, on_map)


def _land(axes: GeoAxes, laydown: Laydown, framing: Framing) -> None:
    frame = shapely.box(framing.west, framing.south, framing.east, framing.north)
    tints = legend.country_tints(laydown)
    for iso3, _, geometry in borders.basemap_features(laydown.scenario.borders):
        if not geometry.intersects(frame):
            continue
        shape = _project(shapely.intersection(geometry, frame.buffer(1)))
        key = tints.get(iso3 or "")
        colour = legend.TINTS[key].colour if key else legend.LAND
        _fill(axes, shape, facecolor=colour, edgecolor=legend.LAND_EDGE, linewidth=0.5)


def _fill(axes: GeoAxes, shape: BaseGeometry, **style: Any) -> None:
    """Draw polygons given in map metres, holes and all."""
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - see the module
    from matplotlib.path import Path  # noqa: PLC0415

    rings = [
        shapely.get_coordinates(ring)
        for polygon in shapely.get_parts(shape)
        if polygon.geom_type == "Polygon"
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    if rings:
        path = Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
        axes.add_patch(PathPatch(path, **style))


def _reaches(axes: GeoAxes, laydown: Laydown) -> None:
    """Fills first, then the lines over all of them."""
    rings = {ring.id: ring for ring in laydown.rings}
    for ring_id, shape in frames.rings(laydown).geometry.items():
        colour = legend.SIDE_COLOUR[rings[ring_id].system.side]
        _fill(axes, _project(shape), facecolor=colour, alpha=legend.REACH_ALPHA / 255, linewidth=0)
    for _, row in frames.edges(laydown).iterrows():
        colour = legend.SIDE_COLOUR[rings[row["ring"]].system.side]
        dash = legend.BASIS[row["basis"]].dash
        for line in shapely.get_parts(_project(row.geometry)):
            axes.plot(
                *shapely.get_coordinates(line).T,
                color=colour,
                linewidth=1.7,
                linestyle=(0, dash) if any(dash) else "solid",
                zorder=3,
            )


def _marks(axes: GeoAxes, laydown: Laydown) -> None:
    for mark in laydown.marks:
        colour = legend.SIDE_COLOUR[mark.site.side]
        if mark.shape.geom_type != "Point":
            if mark.status != "reference":
                _fill(
                    axes,
                    _project(mark.shape),
                    facecolor=colour,
                    alpha=legend.AREA_ALPHA / 255,
                    linewidth=0,
                )
                _fill(
                    axes,
                    _project(mark.shape),
                    fill=False,
                    edgecolor=colour,
                    linewidth=1,
                    linestyle=(0, (2, 2)),
                )
            continue
        x, y = shapely.get_coordinates(_project(mark.shape))[0]
        _symbol(axes, x, y, mark, 5 if mark.status == "reference" else 9)


def _symbol(axes: GeoAxes, x: float, y: float, mark: Mark, size: float) -> None:
    """Draw the symbol of a site at a place of the axes, in points."""
    from matplotlib.path import Path  # noqa: PLC0415 - see the module

    style = legend.STATUS[mark.status]
    colour = legend.SIDE_COLOUR[mark.site.side]
    outline = legend.SYMBOLS[legend.KIND_SHAPE[mark.site.kind]]
    place = _offset(axes, legend.mark_shift(mark))
    marker = Path([*outline, outline[0]], closed=True)
    common = {"linestyle": "none", "transform": place, "zorder": 5, "clip_on": True}
    axes.plot([x], [y], marker=marker, ms=size * 1.5, color=legend.HALO, **common)
    axes.plot(
        [x],
        [y],
        marker=marker,
        ms=size,
        mfc=colour if style.filled else legend.HALO,
        mec=colour,
        mew=1.3,
        **common,
    )
    if style.crossed:
        axes.plot([x], [y], marker="x", ms=size * 1.15, mec=legend.HALO, mew=3.4, **common)
        axes.plot([x], [y], marker="x", ms=size * 1.15, mec=colour, mew=1.5, **common)


def _offset(axes: GeoAxes, shift_px: tuple[float, float]) -> Any:
    """Shift a mark by screen pixels of the web map, y downwards there and upwards here."""
    from matplotlib.transforms import ScaledTranslation  # noqa: PLC0415 - see the module

    right, down = shift_px
    move = ScaledTranslation(
        right * 0.6 / POINTS_PER_INCH, -down * 0.6 / POINTS_PER_INCH, axes.figure.dpi_scale_trans
    )
    return axes.transData + move


def _labels(axes: GeoAxes, laydown: Laydown, framing: Framing) -> list[Any]:
    """Names of sites, and distances on the lines; returns what was written."""
    words = []
    for mark in laydown.marks:
        area = mark.shape.geom_type != "Point"
        if area and mark.status == "reference":
            continue
        centre = mark.shape.representative_point() if area else mark.shape
        x, y = shapely.get_coordinates(_project(centre))[0]
        if not _in_sight(axes, x, y):
            continue
        name = legend.mark_name(mark)
        words.append(
            _word(
                axes,
                legend.two_lines(name) if area else name,
                (x, y),
                _beside(mark, area=area),
                colour=legend.SIDE_COLOUR[mark.site.side] if area else legend.INK,
                align="center" if area or mark.status == "reference" else "left",
            )
        )
    for tag in legend.country_tags(laydown):
        x, y = shapely.get_coordinates(_project(shapely.Point(tag.lon, tag.lat)))[0]
        if _in_sight(axes, x, y):
            words.append(
                _word(axes, tag.text, (x, y), (0, 0), colour=legend.INK, align="center", size=8)
            )
    labelled: set[tuple[str, float]] = set()
    for ring in laydown.rings:
        for distance_km, line in ring.edges:
            place = legend.label_place(line, framing, len(labelled))
            if place is None or (ring.figure.id, distance_km) in labelled:
                continue
            labelled.add((ring.figure.id, distance_km))
            x, y = shapely.get_coordinates(_project(shapely.Point(place)))[0]
            words.append(
                _word(
                    axes,
                    legend.ring_label(ring, distance_km, named=legend.names_needed(laydown)),
                    (x, y),
                    (0, 0),
                    colour=legend.SIDE_COLOUR[ring.system.side],
                    align="center",
                    ground=True,
                )
            )
    return words


def _beside(mark: Mark, *, area: bool) -> tuple[float, float]:
    """Where a name stands, in points from its place: on an area, below an origin, or right."""
    if area:
        return 0, 0
    if mark.status == "reference":
        return 0, -9
    right, down = legend.mark_shift(mark)
    return 9 + right * 0.6, -down * 0.6


def _capitals(
    canvas: FigureCanvasAgg,
    axes: GeoAxes,
    laydown: Laydown,
    capitals: Sequence[City],
    taken: Sequence[Any],
) -> None:
    """Dots for all capitals in sight, names for those that have room, within a reach first."""
    renderer = canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in taken]
    boxes += [_symbol_box(axes, mark) for mark in laydown.marks if mark.shape.geom_type == "Point"]
    reaches = [ring.reach for ring in laydown.rings]
    points = {city: shapely.Point(city.lon, city.lat) for city in capitals}
    within = {
        city for city, point in points.items() if any(reach.covers(point) for reach in reaches)
    }
    frame = axes.get_window_extent(renderer)
    for city in sorted(capitals, key=lambda city: city not in within):  # stable: told ones first
        x, y = shapely.get_coordinates(_project(points[city]))[0]
        if not _in_sight(axes, x, y):
            continue
        axes.plot([x], [y], marker="o", ms=2.4, color=legend.QUIET_INK, zorder=4)
        for shift, align in (
            ((3.5, 0), "left"),
            ((-3.5, 0), "right"),
            ((0, 7), "center"),
            ((0, -7), "center"),
        ):
            name = _word(
                axes, city.name, (x, y), shift, colour=legend.QUIET_INK, align=align, size=7.2
            )
            box = name.get_window_extent(renderer)
            clear = frame.containsx(box.x0) and frame.containsx(box.x1)
            if clear and not box.count_overlaps(boxes):
                boxes.append(box)
                break
            name.remove()


def _symbol_box(axes: GeoAxes, mark: Mark) -> Any:
    """Room that a symbol takes, in pixels."""
    from matplotlib.transforms import Bbox  # noqa: PLC0415 - see the module

    point = shapely.get_coordinates(_project(mark.shape))[0]
    x, y = _offset(axes, legend.mark_shift(mark)).transform(point)
    half = 8 * axes.figure.dpi / POINTS_PER_INCH
    return Bbox.from_extents(x - half, y - half, x + half, y + half)


def _in_sight(axes: GeoAxes, x: float, y: float) -> bool:
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    return bool(west < x < east and south < y < north)


def _word(
    axes: GeoAxes,
    text: str,
    at: tuple[float, float],
    shift_pt: tuple[float, float],
    *,
    colour: str,
    align: str,
    ground: bool = False,
    size: float = 9,
) -> Any:
    """Write on the map, over a halo or on a light ground, cut at the frame."""
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - see the module

    return axes.annotate(
        text,
        at,
        shift_pt,
        textcoords="offset points",
        size=size,
        weight="normal" if size < 9 else "bold",
        multialignment="center",
        ha=align,
        va="center",
        annotation_clip=False,  # GeoAxes cannot tell before it is drawn; the callers have looked
        zorder=6,
        path_effects=[withStroke(linewidth=2.6, foreground=legend.HALO)],
        bbox={"boxstyle": "square,pad=0.2", "fc": legend.HALO, "ec": "none", "alpha": 0.85}
        if ground
        else None,
        **_ink(colour),
    )


def _key(canvas: FigureCanvasAgg, laydown: Laydown, top: float) -> None:
    """Legend beside the map: the same lines as on the page."""
    from matplotlib.lines import Line2D  # noqa: PLC0415 - see the module
    from matplotlib.patches import Rectangle  # noqa: PLC0415
    from matplotlib.path import Path  # noqa: PLC0415

    page = canvas.figure
    for entry in legend.entries(laydown):
        x, y = KEY_LEFT + 0.014, top - 0.0095
        if entry.kind == "site":
            style = legend.STATUS[entry.status]
            outline = legend.SYMBOLS[entry.shape]
            line = Line2D(
                [x],
                [y],
                marker=Path([*outline, outline[0]], closed=True),
                ms=9,
                mew=1.3,
                mec=entry.colour,
                mfc=entry.colour if style.filled else legend.HALO,
            )
            page.add_artist(line)
            if style.crossed:
                page.add_artist(Line2D([x], [y], marker="x", ms=10, mew=1.5, mec=entry.colour))
        else:
            page.add_artist(
                Rectangle(
                    (KEY_LEFT, y - 0.006),
                    0.028,
                    0.006 if entry.kind == "ring" else 0.012,
                    transform=page.transFigure,
                    facecolor=entry.colour,
                    alpha=1 if entry.kind == "country" else 0.14,
                    linewidth=0,
                )
            )
        if entry.kind in {"area", "ring"}:
            dash = (2, 2) if entry.kind == "area" else entry.dash
            page.add_artist(
                Line2D(
                    [KEY_LEFT, KEY_LEFT + 0.028],
                    [y, y],
                    color=entry.colour,
                    linewidth=1 if entry.kind == "area" else 1.8,
                    linestyle=(0, dash) if any(dash) else "solid",
                )
            )
        left, width = KEY_LEFT + 0.036, KEY_WIDTH - 0.036
        top = _paragraph(canvas, entry.label, left, top, width, size=9)
        if entry.small_print:
            top = _paragraph(
                canvas,
                entry.small_print,
                left,
                top - 0.003,
                width,
                size=7.6,
                colour=legend.QUIET_INK,
            )
        top -= 0.012


def _general_notes(laydown: Laydown, caption: Caption) -> list[str]:
    """Notes that no legend line carries."""
    named = {text for ring in laydown.rings for text in legend.caveats(ring)}
    return [note for note in caption.notes if note.split(": ", 1)[-1] not in named]


def _paragraph(
    canvas: FigureCanvasAgg,
    text: str,
    left: float,
    top: float,
    width: float,
    *,
    size: float,
    colour: str = legend.INK,
) -> float:
    """Write wrapped text and return where the next line may start; shares of the picture."""
    renderer = canvas.get_renderer()
    wrapped = _wrapped(renderer, text, width * canvas.figure.bbox.width, size)
    drawn = canvas.figure.text(
        left, top, wrapped, size=size, va="top", linespacing=1.3, **_ink(colour)
    )
    bottom: float = drawn.get_window_extent(renderer).y0 / canvas.figure.bbox.height
    return bottom


def _wrapped(renderer: RendererAgg, text: str, width_px: float, size: float) -> str:
    """Break text into lines of at most a width, measured in the font itself."""
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - see the module

    font = FontProperties(family=FONT, size=size)
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        wide, _, _ = renderer.get_text_width_height_descent(longer, font, ismath=False)
        if lines and wide <= width_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)
