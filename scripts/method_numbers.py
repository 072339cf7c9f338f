"""The numbers of ``docs/method.md``, by the atlas's own code and by the methods of others."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import shapely
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

from geo import basemap, borders, discs, geodesy, reach
from geo.catalogue import load
from geo.nearest import Shore
from scripts.method_lines import (
    COMPARED,
    FAR_M,
    RANGE_M,
    STATED,
    VIEW,
    Floats,
    beyond_km,
    compass,
    end_of,
    from_iran,
    iran,
    place,
    ring_of,
)


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


def web_mercator(lon: float, lat: float, metres: float) -> Floats:
    return compass(lon, lat, metres, 0.0, 360)


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
    "web map (EPSG:3857)": web_mercator,
}


def chord_m(lon: float, lat: float, metres: float) -> Floats:
    """Places on the chords of the atlas's own ring; of those, how far off, in metres."""
    ring = discs.ring(lon, lat, metres)
    following = np.roll(ring, -1, axis=0)
    step = (following - ring + 180) % 360 - 180
    points = np.vstack([ring + step * share for share in np.arange(0, 1, 0.125)])
    return beyond_km(lon, lat, metres, points) * 1000


def largest(method: Callable[[float, float, float], Floats], metres: float) -> float:
    """Largest error about the compared sites: kilometres; of chords, metres."""
    worst = []
    for site in COMPARED:
        lon, lat = place(site)
        found = method(lon, lat, metres)
        off = found if found.ndim == 1 else beyond_km(lon, lat, metres, found)
        worst.append(float(np.abs(off).max()))
    return max(worst)


def _vertex_m(lon: float, lat: float, metres: float) -> Floats:
    return beyond_km(lon, lat, metres, discs.ring(lon, lat, metres)) * 1000


def _area_error(lon: float, lat: float, metres: float) -> Floats:
    """Share by which the area of a disc is off Karney's area of a ring of 20,000 vertices."""
    lons, lats = discs.rings(lon, lat, metres, 20_000)
    exact = abs(Geod(ellps="WGS84").polygon_area_perimeter(lons[0], lats[0])[0])
    return np.array([geodesy.area_m2(discs.disc(lon, lat, metres)) / exact - 1])


def _country_m(metres: float) -> float:
    """How far the edge of the reach from Iran strays from its distance, in metres."""
    edge = shapely.get_parts(reach.outline(from_iran(metres)))
    points = np.vstack([_with_quarters(shapely.get_coordinates(line)) for line in edge])
    away_m, _ = Shore(iran()).near(*points.T)
    return float(np.abs(away_m - metres).max())


def _with_quarters(line: Floats) -> Floats:
    start, step = line[:-1], np.diff(line, axis=0)
    return np.vstack([line, *(start + step * share for share in (0.25, 0.5, 0.75))])


def share_of(whole: BaseGeometry, disc: BaseGeometry) -> float:
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
    off = beyond_km(lon, lat, RANGE_M, compass(lon, lat, RANGE_M, lat))
    yield f"{-off.min():.0f} km too short in the north"
    yield f"{off.max():.0f} km too far in the south"
    naive = beyond_km(lon, lat, RANGE_M, web_mercator(lon, lat, RANGE_M))
    yield f"{-naive.min():.0f} km too short in the north and {-naive[180]:.0f} km in the south"
    ring = discs.ring(lon, lat, RANGE_M)
    yield f"{len(ring)} vertices"
    gaps = geodesy.distance_m(*ring.T, *np.roll(ring, -1, axis=0).T) / 1000
    yield f"about {gaps.mean():.0f} km apart"
    here = place("kaliningrad")
    north, south = (
        1 / math.cos(math.radians(end_of(*here, azimuth, RANGE_M)[1])) for azimuth in (0, 180)
    )
    yield f"{north:.2f} times as large as at the equator"
    yield f"{south:.2f} times at its southern end"
    yield f"{geodesy.to_poles_m(here[1])[0, 0] / 1000:,.0f} km from the North Pole"
    parts = len(shapely.get_parts(ring_of("fort-greely", RANGE_M)))
    yield f"{parts} parts"
    yield f"{shapely.get_num_coordinates(iran()):,} vertices"
    edge = shapely.get_coordinates(reach.outline(from_iran()))
    for site in ("tabriz", "tehran"):
        away = beyond_km(*place(site), RANGE_M, edge)
        yield f"{away.max():,.0f} km beyond the ring from {site.capitalize()}"
    athens = next(city for city in load().cities if city.name == "Athens" and city.capital)
    yield (
        f"Athens is {geodesy.distance_m(lon, lat, athens.lon, athens.lat) / 1000:,.0f} km "
        "from Tabriz"
    )
    away = geodesy.distance_m(*place("tehran"), athens.lon, athens.lat) / 1000
    yield f"{away:,.0f} km from Tehran"
    yield f"{Shore(iran()).near(athens.lon, athens.lat)[0][0] / 1000:,.0f} km from Iran's border"
    far = (RANGE_M, FAR_M)
    vertices = (f"{_under(largest(_vertex_m, metres) * 1e6, 1):.0f} µm" for metres in far)
    yield _row("vertices of a ring", vertices)
    chords = (f"{_under(largest(chord_m, metres), 10):.0f} m" for metres in far)
    yield _row("lines between them", chords)
    areas = (f"{_under(largest(_area_error, metres) * 100, 0.001):.3f} %" for metres in far)
    yield _row("area of a disc", areas)
    yield _row(
        "edge of “from anywhere in Iran”",
        (f"{_under(_country_m(metres), 10):.0f} m" for metres in far),
    )
    for name, method in METHODS.items():
        off_km = (largest(method, metres) for metres in far)
        cells = (f"{off:,.0f} km" if off >= 100 else f"{off:.1f} km" for off in off_km)
        yield f"| {name} | {' | '.join(cells)} |"
    disc = ring_of("tabriz", RANGE_M)
    yield f"{share_of(borders.country('GRC', VIEW).geometry, disc):.1f} % (1:10m)"
    drawn = next(shape for iso3, _, shape in basemap.features(VIEW) if iso3 == "GRC")
    yield f"{share_of(drawn, disc):.1f} % on the simplified borders"
    for _, figure in load().figures.values():
        if figure.id in STATED and figure.date:
            yield f"{figure.high_km:,.0f} km ({figure.basis}, {figure.date.year})"
