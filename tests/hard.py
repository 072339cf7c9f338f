"""Origins and radii on which reaches go wrong, and their true distances by brute force.

Nothing here is taken from `geo.reach`: a search tree picks the candidates among finely cut edges,
Karney decides.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping

import numpy as np
import shapely
from pyproj import Geod
from scipy.spatial import cKDTree
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Polygon, box

from geo import borders

GEOD = Geod(ellps="WGS84")
A_M, E2 = GEOD.a, GEOD.es


def country(iso3: str) -> Callable[[], shapely.Geometry]:
    return lambda: borders.country(iso3, "de-jure").geometry


#: Name to source and radius in metres: poles, the antimeridian, holes, islands, the antipode.
CASES: Mapping[str, tuple[Callable[[], shapely.Geometry], float]] = {
    "Iran 2,000 km": (country("IRN"), 2e6),
    "Iran 12,000 km": (country("IRN"), 12e6),
    "Russia 1,500 km": (country("RUS"), 1.5e6),
    "United States 5,500 km": (country("USA"), 5.5e6),
    "Antarctica 3,000 km": (country("ATA"), 3e6),
    "Fiji 1,000 km": (country("FJI"), 1e6),
    "Fiji 18,000 km": (country("FJI"), 18e6),
    "Chile 9,000 km": (country("CHL"), 9e6),
    "New Zealand 15,000 km": (country("NZL"), 15e6),
    "North Korea 10,000 km": (country("PRK"), 10e6),
    "Israel 6,500 km": (country("ISR"), 6.5e6),
    "Kaliningrad 500 km": (lambda: borders.part("RUS", 20.51102, 54.70639, "de-jure"), 5e5),
    "Italy 60 km, two holes": (country("ITA"), 6e4),
    "Lesotho 19,500 km": (country("LSO"), 19.5e6),
    "box across 180, 800 km": (
        lambda: MultiPolygon([box(170, 40, 180, 50), box(-180, 40, -172, 50)]),
        8e5,
    ),
    "Arctic box 1,500 km": (lambda: box(30, 72, 60, 80), 1.5e6),
    "box over a pole 4,000 km": (lambda: box(-180, 86, 180, 90), 4e6),
    "ring round a pole 300 km": (
        lambda: Polygon(box(-180, 60, 180, 85).exterior, [box(-179, 65, 179, 80).exterior.coords]),
        3e5,
    ),
    "line 1,000 km": (lambda: LineString([(20, 54), (24, 44), (38, 37)]), 1e6),
    "long line along a parallel 2,500 km": (lambda: LineString([(-150, 65), (150, 65)]), 2.5e6),
    "box with a hole 150 km": (
        lambda: Polygon(box(0, 40, 12, 50).exterior, [box(3, 42, 9, 48).exterior.coords]),
        1.5e5,
    ),
    "two far points 3,000 km": (lambda: MultiPoint([(170, 60), (-60, -30)]), 3e6),
    "two points nearly opposite 9,990 km": (lambda: MultiPoint([(30, 10), (-149, -9)]), 9.99e6),
    "a point and a pole 7,000 km": (lambda: MultiPoint([(30, 10), (0, -90)]), 7e6),
}


#: Cases of more than two seconds, left to ``tests/bench/geometry.py``.
SLOW = frozenset(
    {
        "Russia 1,500 km",
        "United States 5,500 km",
        "Antarctica 3,000 km",
        "ring round a pole 300 km",
        "long line along a parallel 2,500 km",
        "Chile 9,000 km",
        "Fiji 18,000 km",
        "North Korea 10,000 km",
    }
)


def allowed_m(radius_m: float) -> float:
    """How far an outline may stray: 100 m or 0.02 % of the radius, whichever is larger."""
    return max(100.0, 0.0002 * radius_m)


def densified(source: shapely.Geometry, step_m: float = 1000) -> np.ndarray:
    """Points on the edges, straight in longitude and latitude, at most a step apart."""
    cut = []
    for part in shapely.get_parts(source):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for loop in rings:
            points = shapely.get_coordinates(loop)
            cut.append(points)
            for start, end in itertools.pairwise(points):
                # along a parallel the way is longest where it is nearest the equator
                shrink = math.cos(math.radians(min(abs(start[1]), abs(end[1]))))
                length = 111_700 * math.hypot((end[0] - start[0]) * shrink, end[1] - start[1])
                if length > step_m:
                    shares = np.linspace(0, 1, math.ceil(length / step_m), endpoint=False)[1:]
                    cut.append(start + shares[:, None] * (end - start))
    return np.vstack(cut)


def in_space(points: np.ndarray) -> np.ndarray:
    """Metres from the Earth's centre; written out here, not taken from the code under test."""
    lon, lat = np.radians(points).T
    normal = A_M / np.sqrt(1 - E2 * np.sin(lat) ** 2)
    flat = normal * np.cos(lat)
    return np.column_stack(
        [flat * np.cos(lon), flat * np.sin(lon), normal * (1 - E2) * np.sin(lat)]
    )


def true_distance_m(points: np.ndarray, source: np.ndarray, neighbours: int = 40) -> np.ndarray:
    """Distance to the nearest point of the source: the nearest in space, by Karney.

    Far away the straight line misleads by up to 0.1 % at 10,000 km and 4 % beyond; there every
    source point within that of the nearest is tried.
    """
    tree = cKDTree(in_space(source))
    places = in_space(points)
    chords, found = tree.query(places, k=min(neighbours, len(source)))
    rows = np.repeat(np.arange(len(points)), found.shape[1])
    true_m = np.asarray(GEOD.inv(*points[rows].T, *source[found.ravel()].T)[2])
    best = true_m.reshape(found.shape).min(axis=1)
    far = np.flatnonzero(chords[:, 0] > 6e6)
    coarse = source[:: max(1, len(source) // 20_000)]
    for first in range(0, len(far), 100):
        some = far[first : first + 100]
        apart = np.linalg.norm(places[some][:, None] - in_space(coarse)[None], axis=2)
        margin = np.where(apart.min(axis=1) > 1.2e7, 0.05, 0.006)
        near, which = np.nonzero(apart <= (apart.min(axis=1) * (1 + margin))[:, None])
        true_m = np.asarray(GEOD.inv(*points[some][near].T, *coarse[which].T)[2])
        np.minimum.at(best, some[near], true_m)
    return best


def outline_of(shape: shapely.Geometry) -> np.ndarray:
    """Vertices of a reach's boundary, those on the antimeridian or a pole left out."""
    points = np.unique(shapely.get_coordinates(shapely.boundary(shape)), axis=0)
    return points[(np.abs(points) < [180, 90]).all(axis=1)]


def probes(outline: np.ndarray, radius_m: float, count: int, seed: int = 1) -> np.ndarray:
    """Places: half spread over the globe, half within three tolerances of the edge."""
    rng = np.random.default_rng(seed)
    half = count // 2
    spread = np.column_stack(
        [rng.uniform(-180, 180, half), np.degrees(np.arcsin(rng.uniform(-1, 1, half)))]
    )
    corner = outline[rng.integers(0, len(outline), count - half)]
    away_m = rng.uniform(0, 3 * allowed_m(radius_m), len(corner))
    beside = GEOD.fwd(*corner.T, rng.uniform(0, 360, len(corner)), away_m)[:2]
    return np.vstack([spread, np.column_stack(beside)])


def on_the_wrong_side(
    shape: shapely.Geometry,
    source: shapely.Geometry,
    cut: np.ndarray,
    radius_m: float,
    places: np.ndarray,
) -> np.ndarray:
    """Places that a reach puts on the wrong side of its edge by more than the tolerance."""
    true_m = true_distance_m(places, cut)
    true_m[shapely.intersects_xy(source, *places.T)] = 0
    inside = shapely.intersects_xy(shape, *places.T)
    wrong = (inside != (true_m <= radius_m)) & (np.abs(true_m - radius_m) > allowed_m(radius_m))
    return places[wrong]
