"""The globe in perspective, as deck.gl's camera sees it.

Job: directions and pixels of places, numpy in and out. Ban: no drawing, no map.
"""

from __future__ import annotations

import math

import numpy as np

from geo.geodesy import Floats

__all__ = ["from_eye", "horizon", "middle", "pixels", "radius_px"]

#: How much of the picture the framing fills on the globe.
GLOBE_FILL = 0.96
#: Height of deck.gl's eye above the globe, in heights of the picture.
EYE = 1.5


def horizon(radius_px: float, height_px: float) -> float:
    """Cosine of the arc from the middle of the picture to the horizon."""
    return radius_px / (EYE * height_px + radius_px)


def from_eye(points: Floats, lon: float, lat: float) -> Floats:
    """Directions of places, shape (n, 3): right, up and towards the eye above a place."""
    east, north = np.radians(points[:, 0] - lon), np.radians(points[:, 1])
    tilt = math.radians(lat)
    right = np.cos(north) * np.sin(east)
    ahead = np.cos(north) * np.cos(east)
    up = math.cos(tilt) * np.sin(north) - math.sin(tilt) * ahead
    near = math.sin(tilt) * np.sin(north) + math.cos(tilt) * ahead
    return np.column_stack([right, up, near])


def pixels(directions: Floats, radius_px: float, height_px: float) -> Floats:
    """Pixels from the middle of the picture; what lies behind the horizon is put on it."""
    eye = EYE * height_px
    near = np.maximum(directions[:, 2], horizon(radius_px, height_px))
    length = np.hypot(directions[:, 0], directions[:, 1])
    arc = np.sqrt(1 - near**2) / np.where(length > 0, length, 1)
    scale = radius_px * eye / (eye + radius_px * (1 - near)) * arc
    return np.asarray(directions[:, :2] * scale[:, None])


def radius_px(points: Floats, lon: float, lat: float, size_px: tuple[int, int]) -> float:
    """Largest globe on which all places, or the horizon before them, are in a picture."""
    directions = from_eye(points, lon, lat)
    half = np.array(size_px) / 2 * GLOBE_FILL
    small, large = 40.0, 40_000.0
    for _ in range(40):
        radius = (small + large) / 2
        if (np.abs(pixels(directions, radius, size_px[1])) <= half).all():
            small = radius
        else:
            large = radius
    return small


def middle(points: Floats) -> tuple[float, float]:
    """Longitude and latitude in the middle of places."""
    lon, lat = np.radians(points).T
    x, y, z = (
        (np.cos(lat) * np.cos(lon)).sum(),
        (np.cos(lat) * np.sin(lon)).sum(),
        np.sin(lat).sum(),
    )
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))
