"""Origins and radii that are hard, and what is true of every ring; never measured with our code."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import strategies as st
from pyproj import Geod

from geo import discs

GEOD = Geod(ellps="WGS84")
#: Area of the ellipsoid: 4 pi times the authalic radius squared, 6,371,007.1809 m.
EARTH_M2 = 510_065_621_724_088.44
#: From the equator to a pole along a meridian.
TO_POLE_M = 10_001_965.729
TABRIZ = (46.2919, 38.08)
KALININGRAD = (20.51, 54.71)

LONGITUDES = st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, 180.0, 179.9999999, 0.0]))
LATITUDES = st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 90.0, 89.9999, -89.99, 0.0]))
RADII = st.one_of(st.floats(1e3, 19.9e6), st.integers(1, 19_900).map(lambda km: km * 1e3))
TOLERANCES = st.sampled_from([100.0, 500.0])

# Name, origin, radius in metres, and whether the north and the south pole lie inside.
HARD = [
    ("north pole", (0.0, 90.0), 5e6, True, False),
    ("north pole, named at 37 E, beyond the equator", (37.0, 90.0), 15e6, True, False),
    ("south pole", (-120.0, -90.0), 2e6, False, True),
    ("on 180", (180.0, 0.0), 3e6, False, False),
    ("on -180", (-180.0, 10.0), 3e6, False, False),
    ("on 180, over the pole", (180.0, 66.0), 8e6, True, False),
    ("quarter globe to a pole", (0.0, 0.0), TO_POLE_M, None, None),
    ("quarter globe along the equator", (0.0, 0.0), math.pi / 2 * GEOD.a, True, True),
    ("10,000 km from the equator", (77.0, 0.0), 10e6, False, False),
    ("north pole inside, ring south of the equator", KALININGRAD, 15e6, True, False),
    ("south pole inside, ring north of the equator", (170.0, -54.7), 15e6, False, True),
    ("both poles inside", (-100.0, 45.0), 19e6, True, True),
    ("both poles inside, antipode on 180", (0.0, 5.0), 18e6, True, True),
    ("near the antipode", (30.0, 0.0), 19.9e6, True, True),
    ("grazes the pole from below", TABRIZ, 5.5e6, False, False),
    ("grazes the pole from above", TABRIZ, 5.79e6, True, False),
    ("passes the pole at 50 m", (46.3, 60.0), 3_347_943.0, True, False),
    ("small, beside the pole", (10.0, 89.9), 12e3, True, False),
    ("1 km", (0.0, 0.0), 1e3, False, False),
]
IDS = [case[0] for case in HARD]


def inverse_m(lon: float, lat: float, lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
    lons, lats = np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)
    return np.asarray(GEOD.inv(np.full(lons.size, lon), np.full(lons.size, lat), lons, lats)[2])


def exact_area_m2(lon: float, lat: float, radius_m: float, count: int = 7200) -> float:
    """Karney's polygon area of a dense counter-clockwise ring.

    It is signed: negative once the ring holds more than half the Earth, by what is outside.
    A 7,200-gon of geodesics falls short of its disc by at most (pi/7200)^2 * 2/3, 1.3e-7.
    """
    azimuths = np.linspace(360, 0, count, endpoint=False)
    full = np.full(count, 1.0)
    lons, lats, _ = GEOD.fwd(full * lon, full * lat, azimuths, full * radius_m)
    signed = GEOD.polygon_area_perimeter(lons, lats)[0]
    return signed if signed > 0 else signed + EARTH_M2


def chord_error_m(lon: float, lat: float, radius_m: float, tolerance_m: float) -> float:
    """Farthest that the drawn edges, straight in longitude and latitude, leave the circle."""
    points = discs.ring(lon, lat, radius_m, tolerance_m)
    following = np.roll(points, -1, axis=0)
    step = following - points
    step[:, 0] = (step[:, 0] + 180) % 360 - 180
    worst = 0.0
    for share in (0.1, 0.25, 0.5, 0.75, 0.9):
        between = points + share * step
        lons = (between[:, 0] + 180) % 360 - 180
        off = np.abs(inverse_m(lon, lat, lons, between[:, 1]) - radius_m)
        worst = max(worst, float(off.max()))
    return worst


def probes(lon: float, lat: float, radius_m: float, count: int = 1500) -> np.ndarray:
    """Places spread over the globe, places 1 to 100 km from the edge, and the poles."""
    rng = np.random.default_rng(20261121)
    spread = np.column_stack(
        [rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))]
    )
    off = rng.choice([-1, 1], count) * 10 ** rng.uniform(3, 5, count)
    full = np.ones(count)
    distance = np.clip(radius_m + off, 1, 19.96e6)
    beside = GEOD.fwd(full * lon, full * lat, rng.uniform(0, 360, count), distance)[:2]
    return np.vstack([spread, np.column_stack(beside), [[0, 90], [0, -90], [lon, lat]]])
