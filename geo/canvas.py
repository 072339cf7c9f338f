"""What each of the four maps does to a Laydown: places, shapes, land and camera as deck.gl wants.

Job: `canvas` gives the map that a scenario asks for; a drawing then asks it where things lie.
Ban: no pydeck, no layers, no words; a colour or the place of a label is another's to choose.

Mercator and the globe take longitude and latitude. A flat map takes kilometres from its centre,
x to the right and y up.
"""

from __future__ import annotations

import numpy as np
import shapely

from geo import basemap, borders, perspective
from geo.flat import Flat, window
from geo.framing import framed, inverse_mercator, mercator
from geo.geodesy import Floats
from geo.globe import Globe
from geo.laydown import Laydown
from geo.mercator import Mercator
from geo.projection import Projection, europe_equal_area, true_range
from geo.scenario import Framing, Scenario, spot
from geo.surface import HEIGHT_PX, STATIC, WIDTH_PX, Canvas

__all__ = [
    "HEIGHT_PX",
    "STATIC",
    "WIDTH_PX",
    "Canvas",
    "Flat",
    "Globe",
    "Mercator",
    "canvas",
    "chart",
    "places_shown",
]


def canvas(laydown: Laydown, size_px: tuple[int, int] = (WIDTH_PX, HEIGHT_PX)) -> Canvas:
    """Give the map that the Laydown's scenario asks for, its framing fitted to a size."""
    scenario = laydown.scenario
    framing = framed(laydown)
    if scenario.projection == "mercator":
        return Mercator(framing, size_px)
    points = places_shown(laydown)
    if scenario.projection == "globe":
        lon = (framing.west + framing.east) / 2
        middle = (mercator(framing.south) + mercator(framing.north)) / 2
        lat = inverse_mercator(middle)
        if scenario.framing == "shown":
            lon, lat = perspective.middle(points)
        radius_px = perspective.radius_px(points, lon, lat, size_px)
        return Globe(framing, lon, lat, radius_px, size_px)
    projection = chart(scenario)
    files: tuple[tuple[str, tuple[str, ...]], ...] = ()
    if scenario.projection == "equal-area" or spot(scenario.centre) is None:
        site_id = None if scenario.projection == "equal-area" else scenario.centre
        files = tuple((view, basemap.projected(site_id, view).files) for view in borders.VIEWS)
    shown = window(points, projection)
    return Flat(scenario.projection, framing, projection, files, shown, size_px)


def chart(scenario: Scenario) -> Projection:
    """Give the flat map that a scenario asks for.

    An area as centre is centred on the point that `basemap.projected` names.

    Raises
    ------
    BordersError
        If no land was projected for the centre.
    """
    if scenario.projection == "equal-area":
        return europe_equal_area()
    where = spot(scenario.centre)
    if where is None:
        about = basemap.projected(scenario.centre, scenario.borders)
        where = about.lon, about.lat
    return true_range(*where)


def places_shown(laydown: Laydown) -> Floats:
    """Longitudes and latitudes that a map must have in sight, shape (n, 2)."""
    if laydown.scenario.framing == "shown":
        return _shown(laydown)
    return _grid_of(framed(laydown))


def _grid_of(framing: Framing) -> Floats:
    """Places all over a framing, shape (n, 2)."""
    lon, lat = np.meshgrid(
        np.linspace(framing.west, framing.east, 41), np.linspace(framing.south, framing.north, 41)
    )
    return np.column_stack([lon.ravel(), lat.ravel()])


def _shown(laydown: Laydown) -> Floats:
    """Places of all that is drawn, shape (n, 2); the framing's if nothing is."""
    shapes = [mark.shape for mark in laydown.marks]
    shapes += [line for ring in laydown.rings for _, line in ring.edges]
    points = shapely.get_coordinates(shapes)
    return points if len(points) else _grid_of(framed(laydown))
