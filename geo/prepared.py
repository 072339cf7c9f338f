"""A shape made ready for many questions, for one thread alone.

Job: a copy that nobody else holds. Ban: no question of its own, no cache.

Up to GEOS 3.13 a prepared shape changes inside when it is asked, and shapely asks without Python's
lock: two threads that ask one at once end the process with a segmentation fault. Preparing is done
to the shape itself, so a shape that others hold may not be prepared either; shapely's
``contains_xy`` and ``intersects_xy`` do so unasked. Where the lowest shapely claimed brings GEOS
3.14, which has the fix, this module can go: https://github.com/libgeos/geos/pull/826
"""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["prepared"]


def prepared(shape: BaseGeometry) -> BaseGeometry:
    """Copy a shape and prepare the copy, which is not to be kept where another thread finds it."""
    copy = shapely.from_wkb(shapely.to_wkb(shape))
    shapely.prepare(copy)
    return copy
