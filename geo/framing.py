"""The part of the world a map shows: as chosen, or fitted to what is drawn.

Job: degrees in, degrees out. Ban: no drawing, no pixel.
"""

from __future__ import annotations

import math

import shapely

from geo.laydown import Laydown
from geo.scenario import FRAMINGS, Framing

__all__ = ["framed", "inverse_mercator", "mercator"]

#: Rim left around what a framing is fitted to, as a share of its width and height, and the least
#: width and height, in degrees.
FIT_MARGIN, FIT_LEAST_DEG = 0.06, 6.0
#: Latitudes beyond are not framed: Mercator draws them without end.
FIT_LATITUDES = (-60.0, 82.0)


def framed(laydown: Laydown) -> Framing:
    """Return the part of the world shown: as chosen, or fitted to the marks and rings drawn."""
    chosen = FRAMINGS[laydown.scenario.framing]
    shapes = [mark.shape for mark in laydown.marks] + [ring.reach for ring in laydown.rings]
    if laydown.scenario.framing != "shown" or not shapes:
        return chosen
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    wide = max((east - west) * FIT_MARGIN, (FIT_LEAST_DEG - (east - west)) / 2)
    tall = max((north - south) * FIT_MARGIN, (FIT_LEAST_DEG - (north - south)) / 2)
    return Framing(
        chosen.name,
        max(west - wide, -180.0),
        max(south - tall, FIT_LATITUDES[0]),
        min(east + wide, 180.0),
        min(north + tall, FIT_LATITUDES[1]),
    )


def mercator(lat: float) -> float:
    """Northing on a Mercator map, in degrees of longitude at the equator."""
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def inverse_mercator(northing: float) -> float:
    """Latitude of a northing given in degrees of longitude at the equator."""
    return math.degrees(math.atan(math.sinh(math.radians(northing))))
