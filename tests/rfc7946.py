"""What RFC 7946 asks of a shape, checked by us and by an independent validator."""

from __future__ import annotations

import json

import numpy as np
import shapely
from geojson_validator import validate_geometries, validate_structure
from geojson_validator.geometry_validation import INVALID_CRITERIA
from loguru import logger
from shapely.geometry import mapping

logger.disable("geojson_validator")  # it prints every result

#: Legal, but drawn wrongly by some programs. Its test for crossing the antimeridian is left out: it
#: takes an edge that ends on 180 for one that crosses (geojson-validator 0.7.0).
PROBLEMATIC = (
    *("self_intersection", "inner_and_exterior_ring_intersect"),
    *("3d_coordinates", "outside_lat_lon_boundaries"),
)


def assert_rfc_7946(shape: shapely.Geometry) -> None:
    """Valid, closed, exteriors counter-clockwise, holes clockwise, in range, cut at 180 degrees."""
    assert shape.is_valid, shapely.is_valid_reason(shape)
    west, south, east, north = shape.bounds
    assert -180 <= west < east <= 180
    assert -90 <= south < north <= 90
    for part in shapely.get_parts(shape):
        assert part.exterior.is_ccw
        assert not any(hole.is_ccw for hole in part.interiors)
        for loop in (part.exterior, *part.interiors):
            assert loop.coords[0] == loop.coords[-1]
            assert (np.abs(np.diff(np.array(loop.coords)[:, 0])) <= 180).all()
    assert_valid_geojson(mapping(shape))


def assert_valid_geojson(found: object) -> None:
    """No complaint of the validator, of structure or of geometry."""
    read = json.loads(json.dumps(found))
    assert validate_structure(read, check_crs=True) == {}
    report = validate_geometries(read, INVALID_CRITERIA, PROBLEMATIC)
    assert report["invalid"] == {} == report["problematic"], report
