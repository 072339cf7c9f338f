"""The words and values that fields of the data may hold, each checked at birth.

Job: names of kinds, shapes of ids, distances and places; the record that all others are. Ban: as
`model`.
"""

from __future__ import annotations

from typing import Annotated, Literal

import shapely
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
)
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

__all__ = [
    "FARTHEST_KM",
    "YOURS",
    "Azimuth",
    "Basis",
    "CountryLayer",
    "EventKind",
    "Geometry",
    "Id",
    "Iso3",
    "Kilometres",
    "LaunchArea",
    "Layer",
    "OfTheAtlas",
    "Quantity",
    "Record",
    "Side",
    "SiteKind",
    "SystemKind",
    "Text",
    "geometry_of",
]
#: Half the circumference along a meridian, in km: no two places are farther apart.
FARTHEST_KM = 20_004.0


def geometry_of(value: object) -> BaseGeometry:
    """Read a GeoJSON point or polygon; lon before lat, degrees."""
    if isinstance(value, BaseGeometry):
        return value
    if not isinstance(value, dict) or value.get("type") not in {"Point", "Polygon", "MultiPolygon"}:
        msg = f"{value!r:.60} is not a GeoJSON Point, Polygon or MultiPolygon"
        raise ValueError(msg)
    if not _all_numbers(value.get("coordinates")):
        msg = "coordinates hold something that is no number; write [lon, lat] pairs of numbers"
        raise ValueError(msg)
    try:
        geometry = shape(value)
    except (ValueError, TypeError, KeyError, IndexError, shapely.errors.ShapelyError) as error:
        msg = f"coordinates cannot be read ({error}); write [lon, lat] pairs of numbers"
        raise ValueError(msg) from None
    for lon, lat in shapely.get_coordinates(geometry):
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # also catches NaN
            msg = f"position [{lon:g}, {lat:g}] is not on Earth; lon is -180..180, lat -90..90"
            raise ValueError(msg)
    if geometry.is_empty or not geometry.is_valid:
        msg = f"geometry is {shapely.is_valid_reason(geometry) or 'empty'}; draw it again"
        raise ValueError(msg)
    return geometry


def _all_numbers(coordinates: object) -> bool:
    """Tell whether nested lists hold nothing but numbers."""
    if isinstance(coordinates, list):
        return all(map(_all_numbers, coordinates))
    return isinstance(coordinates, int | float) and not isinstance(coordinates, bool)


Geometry = Annotated[BaseGeometry, PlainValidator(geometry_of)]

Id = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="lower-case letters, digits and hyphens"
    ),
]
Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3 country code")]
Text = Annotated[str, Field(min_length=1)]
Kilometres = Annotated[float, Field(gt=0, le=FARTHEST_KM, allow_inf_nan=False)]

#: Side and basis of what a reader adds: drawn like the rest, and never in a file of the atlas.
YOURS: Literal["your data"] = "your data"


def _of_the_atlas(value: str) -> str:
    if value == YOURS:
        msg = f"'{YOURS}' marks what a reader adds; choose another"
        raise ValueError(msg)
    return value


Azimuth = Annotated[float, Field(ge=0, le=360, allow_inf_nan=False)]

Side = Literal["NATO/US", "Iran", "Russia", "other", "your data"]
Basis = Literal["declared", "assessed", "demonstrated", "projected", "reported", "your data"]
OfTheAtlas = AfterValidator(_of_the_atlas)
EventKind = Literal[
    "announced",
    "agreed",
    "undecided",
    "construction",
    "capability",
    "operational",
    "handed over",
    "ended",
    "cancelled",
]
SiteKind = Literal[
    "interceptor site",
    "radar",
    "home port",
    "patrol area",
    "command centre",
    "launch-origin reference",
    "garrison town",
    "proposed site",
]
SystemKind = Literal[
    "ballistic missile",
    "cruise missile",
    "surface-to-air missile",
    "coastal missile",
    "interceptor",
    "radar",
    "statement",
]
Quantity = Literal["range", "radar range", "ceiling", "flown distance"]
#: Where the rings of a system start: at the sites that hold it, or at an origin the reader picks.
LaunchArea = Literal["iran", "kaliningrad"]
#: Countries tinted as a whole.
CountryLayer = Literal["nato-members", "eu-members", "sectoral-proposal"]
#: Sites outside the four phases, switched on together.
Layer = Literal[
    "third-site",
    "ports-and-command",
    "national-contributions",
    "early-warning",
    "homeland",
    "russian-sites",
]


class Record(BaseModel):
    """A record of the data files: frozen, no unknown field, nothing coerced."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True
    )
