"""Cities, peoples and memberships of countries, as the tables hold them.

Job: what a country is asked for. Ban: as `model`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, Self

from pydantic import (
    Field,
    model_validator,
)

from geo.halfdate import HalfDate
from geo.vocabulary import (
    Id,
    Iso3,
    Record,
    Text,
)

__all__ = ["City", "Membership", "People", "capitals"]


class Membership(Record):
    """A country in NATO or the EU, from a day to a day."""

    organisation: Literal["NATO", "EU"] = Field(description="which organisation")
    iso3: Iso3 = Field(description="the member")
    joined: HalfDate = Field(description="day of accession")
    left: HalfDate | None = Field(None, description="last day of membership")
    source: Id = Field(description="id of the source")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.left is not None and self.left < self.joined:
            msg = f"left {self.left} is before joined {self.joined}; swap them"
            raise ValueError(msg)
        return self


class City(Record):
    """A capital or a large city, as a gazetteer point."""

    geonameid: int = Field(description="number in GeoNames")
    name: Text = Field(description="English name")
    iso3: Iso3 = Field(description="country, as GeoNames lists it")
    lon: Annotated[float, Field(ge=-180, le=180)] = Field(description="longitude, degrees")
    lat: Annotated[float, Field(ge=-90, le=90)] = Field(description="latitude, degrees")
    capital: bool = Field(description="true for a national capital")
    note: str | None = Field(None, description="seat of government elsewhere, or disputed")


class People(Record):
    """How many people live in a country, as the United Nations publish it."""

    iso3: Iso3 = Field(description="country, as the borders name it")
    people: Annotated[int, Field(gt=0)] = Field(description="persons on 1 July of the year")
    year: Annotated[int, Field(ge=1950, le=2100)] = Field(description="year of the number")
    kind: Literal["estimate", "projection"] = Field(description="what the number is")
    un_code: Annotated[int, Field(gt=0)] = Field(description="the United Nations' number")
    note: str | None = Field(None, description="where the UN's entity is not the polygon drawn")


def capitals(cities: Iterable[City], people: Mapping[str, People]) -> list[City]:
    """Choose the national capitals, those of the countries with most people first.

    Parameters
    ----------
    people
        By ISO code; a capital of a country that has none comes last.
    """

    def many(city: City) -> int:
        row = people.get(city.iso3)
        return row.people if row else 0

    return sorted((city for city in cities if city.capital), key=many, reverse=True)
