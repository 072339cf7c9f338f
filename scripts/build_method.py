"""Draw the pictures of ``docs/method.md`` and compute its numbers, with the atlas's own code.

Run after a change of the data, the style or the geometry::

    python scripts/build_method.py            # draw docs/method/*.png
    python scripts/build_method.py numbers    # print every number of the text

A test draws them again and compares, and looks for every number in the text.
"""

from __future__ import annotations

import io
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from PIL import Image

from geo import basemap, borders, discs, geodesy, palette, projection, reach, sector, shapes
from geo.catalogue import load
from geo.nearest import Shore

PAGE = ROOT / "docs" / "method.md"
FOLDER = ROOT / "docs" / "method"
VIEW = borders.DE_JURE

DPI = 100
FONT = "DejaVu Sans"  # ships with matplotlib
#: Points; at 400 pixels across, capitals are still 7 pixels high.
SIZE = 17.0
TRUE, PLAIN = palette.SIDE_COLOUR["NATO/US"], palette.SIDE_COLOUR["Iran"]
DASH = (0, (5, 3))
COLOURS = 48

Floats = NDArray[np.float64]
Flatten = Callable[[Floats], Floats]
Box = tuple[float, float, float, float]

RANGE_M = 2_000_000.0
FAR_M = 5_500_000.0
EARTH_M = 6_378_137.0
#: Two figures stated for one missile.
STATED = ("shahab-3-aca-2002", "shahab-3-rafsanjani-2004")
#: The sites at which methods are compared.
COMPARED = ("tabriz", "kaliningrad", "fort-greely")


@cache
def place(site: str) -> tuple[float, float]:
    """Longitude and latitude of a site of the data."""
    geometry = load().sites[site].geometry
    assert geometry is not None  # noqa: S101 - these sites are points
    return geometry.x, geometry.y


# ---- maps ------------------------------------------------------------------------------------


def _mercator(points: Floats) -> Floats:
    lat = np.radians(np.clip(points[:, 1], -85, 85))
    return np.column_stack([points[:, 0], np.degrees(np.arcsinh(np.tan(lat)))])


def _unmercator(plane: Floats) -> Floats:
    return np.column_stack([plane[:, 0], np.degrees(np.arctan(np.sinh(np.radians(plane[:, 1]))))])


def _plain(points: Floats) -> Floats:
    return points


class Map:
    """Axes that show shapes given in degrees, by one way of flattening them."""

    def __init__(self, page: Any, box: Box, flatten: Flatten | projection.Projection) -> None:
        self.axes = page.add_axes(box)
        self.axes.set_xticks([])
        self.axes.set_yticks([])
        self.axes.set_facecolor(palette.SEA)
        self.axes.spines[:].set(edgecolor=palette.LAND_EDGE, linewidth=1)
        self.flatten = flatten

    def show(self, west: float, east: float, south: float, north: float) -> None:
        """Frame in degrees, widened to fill the axes, and the land inside it."""
        (x0, y0), (x1, y1) = self.at((west, south)), self.at((east, north))
        wide, tall = self.axes.bbox.width, self.axes.bbox.height
        grow_x = max(0.0, (y1 - y0) * wide / tall - (x1 - x0)) / 2
        grow_y = max(0.0, (x1 - x0) * tall / wide - (y1 - y0)) / 2
        self.axes.set_xlim(x0 - grow_x, x1 + grow_x)
        self.axes.set_ylim(y0 - grow_y, y1 + grow_y)
        frame = shapely.box(west - 40, max(south - 25, -84), east + 40, min(north + 25, 90))
        self._land(shapely.intersection(frame, shapely.box(-180, -90, 180, 90)))

    def show_km(self, half_km: float) -> None:
        """Frame of a true-range map: so far from the centre to the nearer edges."""
        wide, tall = self.axes.bbox.width, self.axes.bbox.height
        least = min(wide, tall)
        self.axes.set_xlim(-half_km * wide / least, half_km * wide / least)
        self.axes.set_ylim(-half_km * tall / least, half_km * tall / least)
        self._land(None)

    def _land(self, frame: BaseGeometry | None) -> None:
        for _, _, geometry in basemap.features(VIEW):
            shape = geometry if frame is None else shapely.clip_by_rect(geometry, *frame.bounds)
            if shape.is_empty:
                continue
            self.fill(shape, facecolor=palette.LAND, edgecolor=palette.LAND_EDGE, linewidth=0.6)

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        """A position on the map."""
        x, y = shapely.get_coordinates(self.flat(shapely.Point(point)))[0]
        return float(x), float(y)

    def flat(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape on the map."""
        if isinstance(self.flatten, projection.Projection):
            return shapes.project(shape, self.flatten, 3.0)
        return shapely.transform(shape, self.flatten)

    def fill(self, shape: BaseGeometry, **style: Any) -> None:
        """Draw areas, holes and all."""
        rings = [
            shapely.get_coordinates(ring)
            for polygon in shapely.get_parts(self.flat(shape))
            if polygon.geom_type == "Polygon"
            for ring in (polygon.exterior, *polygon.interiors)
        ]
        if rings:
            path = Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings))
            self.axes.add_artist(PathPatch(path, **style))  # add_patch would seek its bounds

    def line(self, shape: BaseGeometry, **style: Any) -> None:
        """Draw lines."""
        for part in shapely.get_parts(self.flat(shape)):
            self.axes.plot(*shapely.get_coordinates(part).T, **{"solid_capstyle": "butt"} | style)

    def area(self, shape: BaseGeometry, colour: str = TRUE, opaque: float = 0.12) -> None:
        """Draw a reach: filled lightly, with its edge."""
        self.fill(shape, facecolor=colour, alpha=opaque, linewidth=0)
        self.line(reach.outline(shape), color=colour, linewidth=2.6)

    def dot(self, point: tuple[float, float], size: float = 9) -> None:
        """Draw an origin."""
        x, y = self.at(point)
        self.axes.plot(
            [x], [y], "o", ms=size, color=palette.INK, mec=palette.HALO, mew=1.5, zorder=6
        )

    def word(
        self,
        text: str,
        point: tuple[float, float],
        shift: tuple[float, float] = (0, 0),
        align: str = "center",
        colour: str = palette.INK,
        **style: Any,
    ) -> None:
        """Write at a position in degrees, shifted by points, over a light halo."""
        self.axes.annotate(
            text, self.at(point), shift, textcoords="offset points", ha=align, va="center",
            color=colour, family=FONT, zorder=8, linespacing=1.15, annotation_clip=False,
            path_effects=[withStroke(linewidth=4, foreground=palette.HALO)],
            **{"size": SIZE} | style,
        )  # fmt: skip

    def title(self, text: str) -> None:
        """Write above the axes."""
        self.axes.set_title(text, size=SIZE, color=palette.INK, family=FONT, loc="left", pad=8)


def _page(tall: float = 6.4) -> Any:
    canvas = FigureCanvasAgg(Figure(figsize=(10, tall), dpi=DPI, facecolor=palette.HALO))
    return canvas.figure


def _png(page: Any) -> bytes:
    """The picture in few colours: a quarter of the size, and the same to look at."""
    file = io.BytesIO()
    page.savefig(file, format="png", dpi=DPI)
    few = Image.open(file).convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=0)
    small = io.BytesIO()
    few.save(small, format="png", optimize=True)
    return small.getvalue()


FULL: Box = (0.005, 0.01, 0.99, 0.98)
LEFT: Box = (0.005, 0.01, 0.485, 0.9)
RIGHT: Box = (0.51, 0.01, 0.485, 0.9)


# ---- shapes ----------------------------------------------------------------------------------


def _geodesic(lon: float, lat: float, azimuth: float, metres: float, steps: int = 60) -> Any:
    lons, lats = geodesy.forward(lon, lat, azimuth, np.linspace(0, metres, steps))
    return shapely.LineString(np.column_stack([lons, lats]))


def _end(lon: float, lat: float, azimuth: float, metres: float) -> tuple[float, float]:
    lons, lats = geodesy.forward(lon, lat, azimuth, metres)
    return float(lons), float(lats)


@cache
def _ring(site: str, metres: float) -> BaseGeometry:
    return discs.disc(*place(site), metres)


@cache
def _iran() -> BaseGeometry:
    return borders.country("IRN", VIEW).geometry


@cache
def _from_iran(metres: float = RANGE_M) -> BaseGeometry:
    return reach.reach_of(_iran(), metres)


def _compass(lon: float, lat: float, metres: float, scale_lat: float, count: int = 1440) -> Floats:
    """Circle drawn with compasses on a Mercator map, the scale bar read at a latitude: degrees."""
    radius = math.degrees(metres / EARTH_M) / math.cos(math.radians(scale_lat))
    bearing = np.radians(np.arange(count) * 360 / count)
    x, y = _mercator(np.array([(lon, lat)]))[0]
    return _unmercator(
        np.column_stack([x + radius * np.sin(bearing), y + radius * np.cos(bearing)])
    )


def _off_km(lon: float, lat: float, metres: float, points: Floats) -> Floats:
    """How much farther than a distance points are, in kilometres."""
    return (geodesy.distance_m(lon, lat, points[:, 0], points[:, 1]) - metres) / 1000


# ---- pictures --------------------------------------------------------------------------------


def stated() -> bytes:
    """Step 1: an origin and a distance."""
    page = _page()
    here = place("tabriz")
    area = Map(page, FULL, _mercator)
    area.show(18, 76, 17, 58)
    area.line(_geodesic(*here, 300, RANGE_M), color=palette.INK, linewidth=2.4)
    end = _end(*here, 300, RANGE_M)
    x, y = area.at(end)
    area.axes.plot([x], [y], "|", ms=18, mew=2.6, color=palette.INK)
    area.dot(here)
    area.word("origin: Tabriz", here, (14, -14), "left", weight="bold")
    area.word(
        "distance: 2,000 km", _end(*here, 300, 0.5 * RANGE_M), (26, 24), "left", weight="bold"
    )
    area.word("in which direction?\nin every direction", end, (0, 38))
    return _png(page)


def flat_circle() -> bytes:
    """Step 2: compasses on a Mercator map."""
    page = _page(7.4)
    here = place("tabriz")
    area = Map(page, FULL, _mercator)
    area.show(15, 78, 13.5, 60.5)
    area.area(_ring("tabriz", RANGE_M))
    circle = _compass(*here, RANGE_M, here[1])
    area.line(
        shapely.LinearRing(circle), color=PLAIN, linewidth=2.6, linestyle=DASH, dash_capstyle="butt"
    )
    north, south = circle[0], circle[720]
    true_north, true_south = _end(*here, 0, RANGE_M), _end(*here, 180, RANGE_M)
    for one, other in ((tuple(north), true_north), (tuple(south), true_south)):
        area.axes.annotate(
            "",
            area.at(one),
            area.at(other),
            arrowprops={
                "arrowstyle": "<->", "lw": 1.8, "color": palette.INK, "shrinkA": 0, "shrinkB": 0
            },
        )  # fmt: skip
    off = _off_km(*here, RANGE_M, circle)
    area.word(f"{-off[0]:.0f} km too short", true_north, (0, 20))
    area.word(f"{off[720]:.0f} km too far", tuple(south), (0, -20))
    area.word(
        "true ring, 2,000 km", _end(*here, 335, RANGE_M), (-8, 22), "right", TRUE, weight="bold"
    )
    area.word(
        "circle drawn\nwith compasses",
        tuple(circle[930]),
        (-12, -26),
        "right",
        PLAIN,
        weight="bold",
    )
    area.dot(here)
    area.word("Tabriz", here, (12, -12), "left")
    return _png(page)


def walking() -> bytes:
    """Step 3: the same distance in every direction."""
    page = _page(7.0)
    here = place("tabriz")
    area = Map(page, FULL, _mercator)
    area.show(15, 78, 19, 57.5)
    azimuths = np.arange(0, 360, 10.0)
    for azimuth in azimuths:
        area.line(_geodesic(*here, azimuth, RANGE_M), color=palette.FAINT_INK, linewidth=1)
    area.line(reach.outline(_ring("tabriz", RANGE_M)), color=TRUE, linewidth=1.4)
    for azimuth in azimuths:
        x, y = area.at(_end(*here, azimuth, RANGE_M))
        area.axes.plot([x], [y], "o", ms=7, color=TRUE, mec=palette.HALO, mew=1, zorder=5)
    area.word(
        "each line is\n2,000 km long", _end(*here, 315, RANGE_M), (-22, 24), "right", weight="bold"
    )
    area.word(
        "its end is\na vertex of\nthe ring",
        _end(*here, 110, RANGE_M),
        (22, -26),
        "left",
        TRUE,
        weight="bold",
    )
    area.dot(here)
    area.word("Tabriz", here, (0, -20), weight="bold")
    return _png(page)


def egg_and_circle() -> bytes:
    """Step 4: one ring on two maps."""
    page = _page(5.6)
    here = place("kaliningrad")
    left = Map(page, LEFT, _mercator)
    left.show(-16, 57, 34, 74.5)
    left.title("Mercator: an egg")
    right = Map(page, RIGHT, projection.true_range(*here, 3_500))
    right.show_km(2_350)
    right.title("True range: a circle")
    for area in (left, right):
        area.area(_ring("kaliningrad", RANGE_M))
        for azimuth in (0, 180):
            area.line(_geodesic(*here, azimuth, RANGE_M), color=palette.INK, linewidth=1.6)
            area.word("2,000 km", _end(*here, azimuth, RANGE_M / 2), (6, 0), "left")
        area.dot(here)
        area.word("Kaliningrad", here, (-10, 0), "right", size=SIZE - 1)
    return _png(page)


def over_the_pole() -> bytes:
    """Step 5: cut at 180°, closed over the pole."""
    page = _page(6.5)
    cases = (
        ("fort-greely", RANGE_M, "Fort Greely", "2,000 km: cut in two at 180°", 0.505),
        ("kaliningrad", FAR_M, "Kaliningrad", "5,500 km: closed along the pole", 0.01),
    )
    for site, metres, name, words, bottom in cases:
        area = Map(page, (0.005, bottom, 0.99, 0.425), _plain)
        area.show(-180, 180, 0, 90)
        area.axes.set_xlim(-181, 181)
        area.axes.set_ylim(3, 92)
        area.title(f"{name}, {words}")
        shape = _ring(site, metres)
        area.area(shape)
        area.line(
            shapely.difference(shapely.boundary(shape), reach.outline(shape).buffer(1e-6)),
            color=palette.INK, linewidth=3.2, linestyle=(0, (2, 1)), clip_on=False,
        )  # fmt: skip
        area.dot(place(site))
        area.word(name, place(site), (0, -20))
    return _png(page)


def border_discs() -> bytes:
    """Step 6: discs along a border."""
    page = _page(7.0)
    area = Map(page, FULL, _mercator)
    area.show(18, 88, 2, 63.5)
    edge = shapely.LineString(max(shapely.get_parts(_iran()), key=lambda part: part.area).exterior)
    stops = shapely.get_coordinates(
        shapely.line_interpolate_point(edge, np.arange(0, 1, 1 / 18), normalized=True)
    )
    area.fill(_iran(), facecolor=palette.TINTS["both"].colour, edgecolor=palette.INK, linewidth=1)
    for shape in discs.discs(*stops.T, RANGE_M):
        area.line(reach.outline(shape), color=palette.FAINT_INK, linewidth=0.9)
    for x, y in _mercator(stops):
        area.axes.plot([x], [y], "o", ms=5, color=palette.INK, zorder=5)
    area.line(reach.outline(_from_iran()), color=TRUE, linewidth=3)
    area.word("Iran", (54.5, 32.3), weight="bold")
    top = shapely.get_coordinates(reach.outline(_from_iran()))
    area.word(
        "their common edge:\nfrom anywhere in Iran",
        tuple(top[top[:, 1].argmax()]),
        (0, 34),
        colour=TRUE,
        weight="bold",
    )
    area.word(
        "discs of 2,000 km\nabout points of the border", (2, 7), (0, 0), "left", palette.QUIET_INK
    )
    return _png(page)


def country() -> bytes:
    """Step 6: from a country, and from two towns."""
    page = _page(7.0)
    area = Map(page, FULL, _mercator)
    area.show(18, 88, 2, 63.5)
    area.fill(_iran(), facecolor=palette.TINTS["both"].colour, edgecolor=palette.INK, linewidth=1)
    area.area(_from_iran(), opaque=0.07)
    for site, colour, dash in (("tabriz", PLAIN, DASH), ("tehran", palette.INK, (0, (1.5, 1.5)))):
        area.line(
            reach.outline(_ring(site, RANGE_M)), color=colour, linewidth=2.4, linestyle=dash,
            dash_capstyle="butt",
        )  # fmt: skip
        area.dot(place(site), 8)
    area.word("Tabriz", place("tabriz"), (-11, 4), "right")
    area.word("Tehran", place("tehran"), (10, -13), "left")
    top = shapely.get_coordinates(reach.outline(_from_iran()))
    area.word(
        "from anywhere in Iran", tuple(top[top[:, 1].argmax()]), (0, 24), colour=TRUE, weight="bold"
    )
    area.word(
        "from Tabriz", _end(*place("tabriz"), 180, 1.5e6), (0, 0), "center", PLAIN, weight="bold"
    )
    area.word("from Tehran", _end(*place("tehran"), 150, RANGE_M), (14, -24), weight="bold")
    return _png(page)


def sector_and_band() -> bytes:
    """Step 7: part of the directions, part of the distances."""
    page = _page(5.6)
    here = place("tabriz")
    left, right = Map(page, LEFT, _mercator), Map(page, RIGHT, _mercator)
    left.title("A sector: 270° to 30°")
    right.title("A band: 500 to 2,000 km")
    shapes = (
        sector.sector(*here, RANGE_M, 270, 30),
        reach.band(shapely.Point(here), 500_000, RANGE_M),
    )
    for area, shape in zip((left, right), shapes, strict=True):
        area.show(17.5, 75.1, 18, 57.5)
        area.area(shape, opaque=0.18)
        area.dot(here)
    left.word("Tabriz", here, (0, -20))
    right.word("Tabriz", here, (0, -18), size=SIZE - 2)
    left.word("2,000 km", _end(*here, 330, 1.25e6))
    right.word("inside", _end(*here, 0, 1.25e6))
    return _png(page)


def errors() -> bytes:
    """Step 8: how far from the truth each method is."""
    page = _page(5.0)
    axes = page.add_axes((0.4, 0.19, 0.575, 0.8))
    rows = [
        ("this atlas", _largest(_chord_m, RANGE_M) / 1000, TRUE),
        *((name, _largest(draw, RANGE_M), PLAIN) for name, draw in METHODS.items()),
    ]
    for row, (name, off_km, colour) in enumerate(rows):
        axes.barh(-row, off_km - 0.01, left=0.01, height=0.62, color=colour)
        said = f"{off_km:,.0f} km" if off_km >= 10 else f"{off_km:.1f} km"
        if row == 0:
            said = "under 0.1 km"
        inside = off_km > 400
        axes.annotate(
            said, (off_km, -row), (-8 if inside else 8, 0), textcoords="offset points",
            ha="right" if inside else "left", va="center", size=SIZE, family=FONT,
            color=palette.HALO if inside else palette.INK,
        )  # fmt: skip
        axes.annotate(
            name, (0, -row), (-10, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", ha="right", va="center", size=SIZE, family=FONT,
            color=palette.INK,
        )  # fmt: skip
    axes.set_xscale("log")
    axes.set_xlim(0.01, 3_500)
    axes.set_yticks([])
    axes.set_xticks(
        [0.01, 0.1, 1, 10, 100, 1000], ["10 m", "100 m", "1 km", "10 km", "100 km", "1,000 km"]
    )
    axes.minorticks_off()
    axes.tick_params(labelsize=SIZE - 4, colors=palette.QUIET_INK, length=0)
    axes.set_xlabel(
        "largest error at 2,000 km; each step is ten times the last",
        size=SIZE - 2, color=palette.QUIET_INK, family=FONT, x=0.2, labelpad=8,
    )  # fmt: skip
    axes.spines[:].set_visible(False)
    return _png(page)


def greece() -> bytes:
    """Step 9: the share of a country."""
    page = _page(7.4)
    area = Map(page, FULL, _mercator)
    area.show(18.6, 30.4, 34.4, 42.2)
    whole = borders.country("GRC", VIEW).geometry
    disc = _ring("tabriz", RANGE_M)
    inside = shapely.intersection(whole, disc)
    area.fill(whole, facecolor=palette.LAND_EDGE, edgecolor=palette.QUIET_INK, linewidth=0.9)
    area.fill(inside, facecolor=TRUE, alpha=0.45, linewidth=0)
    area.fill(inside, facecolor="none", edgecolor=TRUE, hatch="///", linewidth=0)
    area.line(reach.outline(disc), color=TRUE, linewidth=2.6)
    share = _share(whole, disc)
    area.word(
        f"{share:.0f} % of the area\nlies within 2,000 km", (26.2, 37.9), (105, 25), weight="bold"
    )
    area.word(f"the other\n{100 - share:.0f} % does not", (22.2, 38.6), (-20, 75), weight="bold")
    area.word("← 2,000 km from Tabriz", (24.15, 34.6), (20, 0), "left", TRUE, weight="bold")
    return _png(page)


PICTURES: dict[str, Callable[[], bytes]] = {
    "stated": stated,
    "flat-circle": flat_circle,
    "walking": walking,
    "egg-and-circle": egg_and_circle,
    "over-the-pole": over_the_pole,
    "border-discs": border_discs,
    "country": country,
    "sector-and-band": sector_and_band,
    "errors": errors,
    "greece": greece,
}


# ---- numbers ---------------------------------------------------------------------------------


def _azimuths() -> Floats:
    return np.radians(np.arange(360.0))


def _sphere(lon: float, lat: float, metres: float) -> Floats:
    """Ends on a sphere of mean radius 6,371.0088 km."""
    ends = Geod(a=6_371_008.8, f=0).fwd(
        np.full(360, lon), np.full(360, lat), np.arange(360.0), np.full(360, metres)
    )
    return np.column_stack(ends[:2])


def _utm(lon: float, lat: float, metres: float) -> Floats:
    zone = f"EPSG:326{int((lon + 180) // 6) + 1:02d}"
    there = Transformer.from_crs(4326, zone, always_xy=True)
    x, y = there.transform(lon, lat)
    turned = _azimuths()
    ends = there.transform(
        x + metres * np.sin(turned), y + metres * np.cos(turned), direction="INVERSE"
    )
    return np.column_stack(ends)


def _web_mercator(lon: float, lat: float, metres: float) -> Floats:
    return _compass(lon, lat, metres, 0.0, 360)


def _degrees(lon: float, lat: float, metres: float) -> Floats:
    radius = metres / 111_320
    turned = _azimuths()
    lats = lat + radius * np.cos(turned)
    points = np.column_stack([lon + radius * np.sin(turned), lats])
    return points[np.abs(lats) <= 90]  # beyond the pole there is nothing to compare


def _stretched(lon: float, lat: float, metres: float) -> Floats:
    """Circle in degrees, its longitudes stretched for the latitude of the centre."""
    points = _degrees(lon, lat, metres)
    points[:, 0] = lon + (points[:, 0] - lon) / math.cos(math.radians(lat))
    return points


METHODS: dict[str, Callable[[float, float, float], Floats]] = {
    "Earth as a sphere": _sphere,
    "UTM zone (PostGIS)": _utm,
    "degrees, stretched": _stretched,
    "plain degrees": _degrees,
    "web map (EPSG:3857)": _web_mercator,
}


def _chord_m(lon: float, lat: float, metres: float) -> Floats:
    """Places on the chords of the atlas's own ring; of those, how far off, in metres."""
    ring = discs.ring(lon, lat, metres)
    following = np.roll(ring, -1, axis=0)
    step = (following - ring + 180) % 360 - 180
    points = np.vstack([ring + step * share for share in np.arange(0, 1, 0.125)])
    return _off_km(lon, lat, metres, points) * 1000


def _largest(method: Callable[[float, float, float], Floats], metres: float) -> float:
    """Largest error about the compared sites: kilometres; of chords, metres."""
    worst = []
    for site in COMPARED:
        lon, lat = place(site)
        found = method(lon, lat, metres)
        off = found if found.ndim == 1 else _off_km(lon, lat, metres, found)
        worst.append(float(np.abs(off).max()))
    return max(worst)


def _vertex_m(lon: float, lat: float, metres: float) -> Floats:
    return _off_km(lon, lat, metres, discs.ring(lon, lat, metres)) * 1000


def _area_error(lon: float, lat: float, metres: float) -> Floats:
    """Share by which the area of a disc is off Karney's area of a ring of 20,000 vertices."""
    lons, lats = discs.rings(lon, lat, metres, 20_000)
    exact = abs(Geod(ellps="WGS84").polygon_area_perimeter(lons[0], lats[0])[0])
    return np.array([geodesy.area_m2(discs.disc(lon, lat, metres)) / exact - 1])


def _country_m(metres: float) -> float:
    """How far the edge of the reach from Iran strays from its distance, in metres."""
    edge = shapely.get_parts(reach.outline(_from_iran(metres)))
    points = np.vstack([_with_quarters(shapely.get_coordinates(line)) for line in edge])
    away_m, _ = Shore(_iran()).near(*points.T)
    return float(np.abs(away_m - metres).max())


def _with_quarters(line: Floats) -> Floats:
    start, step = line[:-1], np.diff(line, axis=0)
    return np.vstack([line, *(start + step * share for share in (0.25, 0.5, 0.75))])


def _share(whole: BaseGeometry, disc: BaseGeometry) -> float:
    """Per cent of the area of a country inside a disc."""
    return 100 * geodesy.area_m2(shapely.intersection(whole, disc)) / geodesy.area_m2(whole)


def _under(value: float, step: float) -> float:
    return math.ceil(value / step) * step


def _row(name: str, errors: Iterable[str]) -> str:
    return f"| {name} | {' | '.join(f'under {error}' for error in errors)} |"


def numbers() -> Iterator[str]:
    """Every computed number of the text, in the words around it."""
    lon, lat = place("tabriz")
    yield f"{lon:.4f}° E, {lat:.4f}° N"
    off = _off_km(lon, lat, RANGE_M, _compass(lon, lat, RANGE_M, lat))
    yield f"{-off.min():.0f} km too short in the north"
    yield f"{off.max():.0f} km too far in the south"
    naive = _off_km(lon, lat, RANGE_M, _web_mercator(lon, lat, RANGE_M))
    yield f"{-naive.min():.0f} km too short in the north and {-naive[180]:.0f} km in the south"
    ring = discs.ring(lon, lat, RANGE_M)
    yield f"{len(ring)} vertices"
    gaps = geodesy.distance_m(*ring.T, *np.roll(ring, -1, axis=0).T) / 1000
    yield f"about {gaps.mean():.0f} km apart"
    here = place("kaliningrad")
    north, south = (
        1 / math.cos(math.radians(_end(*here, azimuth, RANGE_M)[1])) for azimuth in (0, 180)
    )
    yield f"{north:.2f} times as large as at the equator"
    yield f"{south:.2f} times at its southern end"
    yield f"{geodesy.to_poles_m(here[1])[0, 0] / 1000:,.0f} km from the North Pole"
    parts = len(shapely.get_parts(_ring("fort-greely", RANGE_M)))
    yield f"{parts} parts"
    yield f"{shapely.get_num_coordinates(_iran()):,} vertices"
    edge = shapely.get_coordinates(reach.outline(_from_iran()))
    for site in ("tabriz", "tehran"):
        away = _off_km(*place(site), RANGE_M, edge)
        yield f"{away.max():,.0f} km beyond the ring from {site.capitalize()}"
    athens = next(city for city in load().cities if city.name == "Athens" and city.capital)
    yield (
        f"Athens is {geodesy.distance_m(lon, lat, athens.lon, athens.lat) / 1000:,.0f} km "
        "from Tabriz"
    )
    away = geodesy.distance_m(*place("tehran"), athens.lon, athens.lat) / 1000
    yield f"{away:,.0f} km from Tehran"
    yield f"{Shore(_iran()).near(athens.lon, athens.lat)[0][0] / 1000:,.0f} km from Iran's border"
    far = (RANGE_M, FAR_M)
    vertices = (f"{_under(_largest(_vertex_m, metres) * 1e6, 1):.0f} µm" for metres in far)
    yield _row("vertices of a ring", vertices)
    chords = (f"{_under(_largest(_chord_m, metres), 10):.0f} m" for metres in far)
    yield _row("lines between them", chords)
    areas = (f"{_under(_largest(_area_error, metres) * 100, 0.001):.3f} %" for metres in far)
    yield _row("area of a disc", areas)
    yield _row(
        "edge of “from anywhere in Iran”",
        (f"{_under(_country_m(metres), 10):.0f} m" for metres in far),
    )
    for name, method in METHODS.items():
        off_km = (_largest(method, metres) for metres in far)
        cells = (f"{off:,.0f} km" if off >= 100 else f"{off:.1f} km" for off in off_km)
        yield f"| {name} | {' | '.join(cells)} |"
    disc = _ring("tabriz", RANGE_M)
    yield f"{_share(borders.country('GRC', VIEW).geometry, disc):.1f} % (1:10m)"
    drawn = next(shape for iso3, _, shape in basemap.features(VIEW) if iso3 == "GRC")
    yield f"{_share(drawn, disc):.1f} % on the simplified borders"
    for _, figure in load().figures.values():
        if figure.id in STATED and figure.date:
            yield f"{figure.high_km:,.0f} km ({figure.basis}, {figure.date.year})"


if __name__ == "__main__":
    if sys.argv[1:] == ["numbers"]:
        print("\n".join(numbers()))
    else:
        FOLDER.mkdir(exist_ok=True)
        for stem, draw in PICTURES.items():
            (FOLDER / f"{stem}.png").write_bytes(draw())
