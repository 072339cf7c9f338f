"""The flat-circle mistake, against the plane of EPSG:3857 and Karney's distances."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from pyproj import Geod, Transformer

from geo import basemap, flatness
from geo.errors import GeodesyError
from geo.laydown import resolve
from tests.rfc7946 import assert_rfc_7946

GEOD = Geod(ellps="WGS84")
PLANE = Transformer.from_crs(4326, 3857, always_xy=True)
WIDTH_M = 2 * flatness.WIDEST_M
CIRCLES = [
    (46.29, 38.08, 2_000_000),
    (20.51, 54.71, 500_000),
    (55.7, 32.1, 10_000_000),
    (-145.7, 63.9, 5_500_000),
    (180.0, 0.0, 1_000_000),
    (24.4, -44.1, 12_000_000),
    (0.0, 85.0, 300_000),
]


@pytest.mark.parametrize(("lon", "lat", "radius_m"), CIRCLES)
def test_its_line_is_a_circle_on_the_mercator_plane(lon, lat, radius_m):
    shape = flatness.flat_circle(lon, lat, radius_m)
    x0, y0 = PLANE.transform(lon, lat)
    x, y = PLANE.transform(*shapely.get_coordinates(shape).T)
    east = (np.asarray(x) - x0 + WIDTH_M / 2) % WIDTH_M - WIDTH_M / 2
    away_m = np.hypot(east, np.asarray(y) - y0)
    on_cut = np.abs(np.abs(shapely.get_coordinates(shape)[:, 0]) - 180) < 1e-9
    assert np.abs(away_m - radius_m)[~on_cut].max() < radius_m * 1e-5
    assert (away_m[on_cut] < radius_m * (1 + 1e-5)).all()  # those that close it along the cut


@pytest.mark.parametrize(("lon", "lat", "radius_m"), CIRCLES)
def test_it_holds_what_the_plane_says(lon, lat, radius_m):
    shape = flatness.flat_circle(lon, lat, radius_m)
    random = np.random.default_rng(2003)
    lons, lats = random.uniform(-180, 180, 4000), random.uniform(-85, 85, 4000)
    x0, y0 = PLANE.transform(lon, lat)
    x, y = PLANE.transform(lons, lats)
    east = (np.asarray(x) - x0 + WIDTH_M / 2) % WIDTH_M - WIDTH_M / 2
    away_m = np.hypot(east, np.asarray(y) - y0)
    clear = np.abs(away_m - radius_m) > radius_m * 1e-4
    inside = shapely.contains_xy(shape, lons, lats)
    assert (inside == (away_m < radius_m))[clear].all()


@pytest.mark.parametrize(("lon", "lat", "radius_m"), CIRCLES)
def test_it_is_an_rfc_7946_shape(lon, lat, radius_m):
    assert_rfc_7946(flatness.flat_circle(lon, lat, radius_m))


@pytest.mark.parametrize(
    ("lon", "lat", "radius_m", "words"),
    [
        (200, 0, 1000, "not on Earth"),
        (0, 90, 1000, "not on a web map"),
        (0, 0, 0, "not a distance"),
        (0, 0, 20_100_000, "half the width"),
    ],
)
def test_what_cannot_be_drawn_is_refused(lon, lat, radius_m, words):
    with pytest.raises(GeodesyError, match=words):
        flatness.flat_circle(lon, lat, radius_m)


def laydown(catalogue, first_screen, figures, **origins):
    wanted = replace(first_screen, figures=frozenset(figures), flat=True)
    for area, site_id in origins.items():
        wanted = wanted.with_origin(area, site_id)
    return resolve(catalogue, wanted)


@pytest.mark.parametrize(
    ("figure", "area", "site_id"),
    [("iran-limit-2017", "iran", "tabriz"), ("iskander-k-wbj-2018", "kaliningrad", "kaliningrad")],
)
def test_about_a_point_its_error_and_capitals_are_those_of_brute_force(
    catalogue, first_screen, figure, area, site_id
):
    shown = laydown(catalogue, first_screen, [figure], **{area: site_id})
    (wrong,) = flatness.mistakes(catalogue, shown)
    origin = catalogue.sites[site_id].geometry
    assert (wrong.circle.lon, wrong.circle.lat) == (origin.x, origin.y)
    assert wrong.circle.about_a_point
    radius_m = wrong.circle.ring.figure.reach_km * 1000
    to_plane, from_plane = PLANE.transform, PLANE.transform
    x0, y0 = to_plane(origin.x, origin.y)
    turn = np.linspace(0, 2 * np.pi, 5000)
    lons, lats = from_plane(
        x0 + radius_m * np.cos(turn), y0 + radius_m * np.sin(turn), direction="INVERSE"
    )
    full = np.full(turn.size, origin.x), np.full(turn.size, origin.y)
    errs_m = np.abs(np.asarray(GEOD.inv(*full, lons, lats)[2]) - radius_m).max()
    assert wrong.errs_km == pytest.approx(errs_m / 1000, abs=0.1)
    assert wrong.errs_km > 300
    left_out, taken_in = set(), set()
    for city in catalogue.cities:
        if city.capital:
            truly = GEOD.inv(origin.x, origin.y, city.lon, city.lat)[2] <= radius_m
            x, y = to_plane(city.lon, city.lat)
            flatly = np.hypot(x - x0, y - y0) <= radius_m
            if truly and not flatly:
                left_out.add(city.name)
            if flatly and not truly:
                taken_in.add(city.name)
    assert {city.name for city in wrong.left_out} == left_out
    assert {city.name for city in wrong.taken_in} == taken_in
    assert left_out


def test_an_area_is_drawn_about_the_point_that_centres_its_map(catalogue, first_screen):
    shown = laydown(catalogue, first_screen, ["iran-limit-2017"])
    (circle,) = flatness.circles(shown)
    about = basemap.projected("iran", "de-jure")
    assert (circle.lon, circle.lat) == (about.lon, about.lat)
    assert not circle.about_a_point
    (wrong,) = flatness.mistakes(catalogue, shown)
    # the distance is measured from the border, so the circle errs by much of the country's size
    assert wrong.errs_km > 1000
    assert {"Ankara", "Athens"} <= {city.name for city in wrong.left_out}


def test_every_ring_has_one_in_its_order(catalogue, first_screen):
    shown = laydown(catalogue, first_screen, ["iskander-m-reuters-2018", "sm-3-ib-news1-2024"])
    circles = flatness.circles(shown)
    assert [circle.ring.id for circle in circles] == [ring.id for ring in shown.rings]
    for circle in circles:
        assert np.isfinite(shapely.get_coordinates(circle.line)).all()
        assert circle.line.distance(shapely.Point(circle.lon, circle.lat)) > 0


def test_a_line_across_the_antimeridian_has_no_seam():
    line = flatness._line(180.0, 50.0, 2_000_000)
    for part in shapely.get_parts(line):
        jumps = np.abs(np.diff(shapely.get_coordinates(part)[:, 0]))
        assert jumps.max() < 5
    assert line.bounds[0] == -180 and line.bounds[2] == 180


def test_a_ring_whose_site_is_left_out_has_its_circle_too(catalogue, first_screen):
    shown = replace(first_screen, figures=frozenset({"an-tpy-2-aydin-post"}), flat=True)
    whole = flatness.circles(resolve(catalogue, shown))
    less = resolve(catalogue, replace(shown, hidden=frozenset({"kind-radar"})))
    assert not any(mark.site.id == less.rings[0].origin.id for mark in less.marks)
    (circle,) = flatness.circles(less)
    assert circle.area.equals(whole[0].area)
