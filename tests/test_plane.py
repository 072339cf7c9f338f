"""The plane of a picture agrees with cartopy's own and with the page's map."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from cartopy.crs import PlateCarree

from geo import canvas, plane
from geo.laydown import resolve

PROJECTIONS = ["mercator", "true-range", "equal-area", "globe"]


def plane_of(catalogue, first_screen, projection, **more):
    return plane.plane(resolve(catalogue, replace(first_screen, projection=projection, **more)))


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_places_are_where_cartopy_puts_them(catalogue, first_screen, projection):
    on = plane_of(catalogue, first_screen, projection)
    points = np.array([[20.5, 54.7], [46.3, 38.1], [-6.3, 36.6], [10, 52], [70, 20]])
    theirs = on.crs().transform_points(PlateCarree(), points[:, 0], points[:, 1])[:, :2]
    assert np.abs(on.spots(points) - theirs).max() < 0.001


@pytest.mark.parametrize("aspect", [0.5, 1.0, 1.9])
@pytest.mark.parametrize("projection", PROJECTIONS)
def test_the_window_has_its_shape_and_shows_the_framing(
    catalogue, first_screen, projection, aspect
):
    scenario = replace(first_screen, projection=projection)
    laydown = resolve(catalogue, scenario)
    on = plane.plane(laydown)
    left, right, bottom, top = on.window(aspect)
    assert (right - left) / (top - bottom) == pytest.approx(aspect)
    seen = on.spots(canvas.places_shown(laydown))
    seen = seen[np.isfinite(seen).all(axis=1)]
    assert (seen[:, 0] >= left - 1).all() and (seen[:, 0] <= right + 1).all()
    assert (seen[:, 1] >= bottom - 1).all() and (seen[:, 1] <= top + 1).all()


def test_true_range_is_the_pages_own_map(catalogue, first_screen):
    laydown = resolve(catalogue, replace(first_screen, projection="true-range"))
    on, page = plane.plane(laydown), canvas.canvas(laydown)
    for lon, lat in ((20.5, 54.7), (46.3, 38.1)):
        ours = on.spots(np.array([[lon, lat]]))[0] / 1000
        assert np.abs(ours - page.spot(lon, lat)).max() < 0.1


@pytest.mark.parametrize("projection", PROJECTIONS[1:])
def test_land_is_valid_and_within_the_rim(catalogue, first_screen, projection):
    on = plane_of(catalogue, first_screen, projection)
    land = [shape for _, shape in on.land("de-jure")]
    assert len(land) > 100
    assert shapely.is_valid(land).all()
    assert shapely.covers(on.rim().buffer(1000), land).all()


def test_a_window_stays_on_the_map_where_it_can():
    assert plane._kept(-12, -2, 10) == (-10, 0)
    assert plane._kept(3, 13, 10) == (0, 10)
    assert plane._kept(-3, 4, 10) == (-3, 4)
    assert plane._kept(0, 30, 10) == (-15, 15)
