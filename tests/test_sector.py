"""Sectors against bearings and distances."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo import discs, geodesy, sector
from geo.errors import GeodesyError
from tests.rfc7946 import assert_rfc_7946
from tests.rounds import (
    GEOD,
    KALININGRAD,
    LATITUDES,
    LONGITUDES,
    RADII,
    TABRIZ,
)

SECTORS = [
    ("radar facing south-east", (38.11, 38.35), 1e6, 0.0, 80.0, 200.0),
    ("across north", KALININGRAD, 2e6, 0.0, 300.0, 60.0),
    ("donut", TABRIZ, 2e6, 5e5, 30.0, 150.0),
    ("most of a turn", TABRIZ, 3e6, 0.0, 10.0, 350.0),
    ("over the north pole", (-145.7, 63.9), 6e6, 0.0, 300.0, 80.0),
    ("over the north pole, hollow", (-145.7, 63.9), 6e6, 1e6, 300.0, 80.0),
    ("hollow beyond the pole", (-145.7, 63.9), 9e6, 5e6, 300.0, 80.0),
    ("edge through the north pole", (24.0, 60.0), 5e6, 0.0, 0.0, 120.0),
    ("other edge through the south pole", (24.0, -60.0), 5e6, 0.0, 60.0, 180.0),
    ("both edges through both poles", (10.0, 20.0), 18e6, 0.0, 0.0, 180.0),
    ("across 180", (175.0, 52.0), 3e6, 0.0, 20.0, 160.0),
    ("both poles", (0.0, 0.0), 15e6, 0.0, 350.0, 190.0),
    ("to the antipode", (30.0, 10.0), 2.1e7, 0.0, 45.0, 135.0),
    ("a sliver", (30.0, 10.0), 1e6, 0.0, 45.0, 46.0),
]


@pytest.mark.parametrize(
    ("origin", "radius_m", "inner_m", "start", "end"),
    [case[1:] for case in SECTORS],
    ids=[case[0] for case in SECTORS],
)
def test_a_sector_holds_what_lies_between_its_azimuths_and_distances(
    origin, radius_m, inner_m, start, end
):
    shape = sector.sector(*origin, radius_m, start, end, inner_m=inner_m)
    assert_rfc_7946(shape)
    rng = np.random.default_rng(3)
    count = 4000
    spread = np.column_stack(
        [rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))]
    )
    full = np.ones(count)
    distance = rng.uniform(1e3, min(radius_m * 1.2, 19.9e6), count)
    near = GEOD.fwd(full * origin[0], full * origin[1], rng.uniform(0, 360, count), distance)[:2]
    points = np.vstack([spread, np.column_stack(near)])
    towards, _, away = GEOD.inv(
        np.full(2 * count, origin[0]), np.full(2 * count, origin[1]), *points.T
    )
    within = (np.array(towards) - start) % 360
    width = (end - start) % 360
    away = np.array(away)
    # beside an edge a place may fall on either side: 300 m, and for a radial edge the same
    off_edge = np.abs(away - radius_m) > 300
    if inner_m:
        off_edge &= np.abs(away - inner_m) > 300
    swing = np.minimum(np.minimum(within, 360 - within), np.abs(within - width))
    radial_m = 6.3e6 * np.abs(np.sin(away / 6.371e6)) * np.radians(swing)
    clear = off_edge & (radial_m > 1000) & (np.abs(away - 20e6) > 1e5)
    expected = (away >= inner_m) & (away <= radius_m) & (within <= width)
    assert clear.sum() > 0.9 * 2 * count
    wrong = points[clear & (shapely.intersects_xy(shape, *points.T) != expected)]
    assert not wrong.size, wrong[:3]


@settings(max_examples=60, deadline=None)
@given(LONGITUDES, LATITUDES, RADII, st.floats(0, 360), st.floats(1, 359))
@example(66.0, -1.0, 9_990_597.0, 178.0, 1.0)
@example(0.0, 90.0, 1000.0, 0.0, 1.0)
@example(1.0, 90.0, 1000.0, 1.4e-91, 1.0)
@example(1.0, 0.0, 10_001_966.0, 4.6e-107, 1.0)
def test_two_sectors_of_one_turn_make_up_the_disc(lon, lat, radius_m, start, width):
    end = (start + width) % 360
    both = [
        sector.sector(lon, lat, radius_m, *azimuths) for azimuths in ((start, end), (end, start))
    ]
    for shape in both:
        assert_rfc_7946(shape)
    total = sum(geodesy.area_m2(shape) for shape in both)
    whole = geodesy.area_m2(discs.disc(lon, lat, radius_m))
    # chords of 100 m on every edge at the most
    assert total == pytest.approx(whole, rel=1e-3, abs=250 * radius_m)


def test_equal_azimuths_are_the_whole_turn():
    assert sector.sector(*TABRIZ, 2e6, 0, 360).equals(discs.disc(*TABRIZ, 2e6))
    hollow = sector.sector(*TABRIZ, 2e6, 90, 90, inner_m=5e5)
    assert geodesy.area_m2(hollow) == pytest.approx(
        geodesy.area_m2(discs.disc(*TABRIZ, 2e6)) - geodesy.area_m2(discs.disc(*TABRIZ, 5e5))
    )


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ((2e6, math.nan, 90.0), "start azimuth nan"),
        ((2e6, 0.0, math.inf), "end azimuth inf"),
        ((2e6, 0.0, 90.0, 2e6), "inner distance 2e"),
        ((2e6, 0.0, 90.0, -1.0), "inner distance -1 m"),
    ],
)
def test_a_sector_refuses_what_it_cannot_draw(choices, message):
    radius_m, start, end, *inner = choices
    with pytest.raises(GeodesyError, match=message):
        sector.sector(*TABRIZ, radius_m, start, end, inner_m=inner[0] if inner else 0.0)
