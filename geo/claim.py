"""A sentence somebody published, as the file of claims holds it; `claims` judges it.

Job: what it takes to check one. Ban: as `model`.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import (
    Field,
    model_validator,
)

from geo.halfdate import HalfDate
from geo.vocabulary import (
    Id,
    Iso3,
    Kilometres,
    Record,
    Text,
)

__all__ = ["Claim"]


class Claim(Record):
    """A sentence somebody published, with what it takes to check it.

    A claim with a `check` is computed whenever it is asked for, and may not carry a verdict of its
    own; a claim without one has been settled by its sources, in words.
    """

    id: Annotated[str, Field(pattern=r"^[ABC][1-9]\d?$")] = Field(description="section and number")
    section: Literal["A", "B", "C"] = Field(
        description="A: geography of the two papers; B: their dates and numbers; C: press sentences"
    )
    quote: Text = Field(description="the sentence, in its own spelling; … where it is cut")
    origin: Text = Field(description="document it stands in: title and author, or publisher, year")
    where: str | None = Field(None, description="line, page or footnote")
    as_of: HalfDate | None = Field(None, description="date of the document; its last day counts")
    sources: tuple[Id, ...] = Field((), description="ids of the sources that settle or state it")
    verdict: Literal["TRUE", "FALSE", "DEPENDS", "PARTLY", "SOURCE-ONLY"] | None = Field(
        None, description="only without a check"
    )
    finding: str | None = Field(None, description="only without a check: what the sources say")
    check: (
        Literal[
            "reach",
            "most",
            "distance",
            "stated",
            "compass",
            "placed",
            "count",
            "extent",
            "phase",
            "dated",
            "words",
        ]
        | None
    ) = Field(
        None,
        description="computation that gives the verdict; its rule is told at the head of "
        "geo/claims.py, geo/rules.py or geo/bearings.py",
    )
    origins: tuple[Text, ...] = Field(
        (),
        description="measured from: site ids, places of this claim, or ISO codes for anywhere in a "
        "country (RUS/de-facto for another border view)",
    )
    figures: tuple[Text, ...] = Field(
        (), description="ids of the stated distances that decide; ID/low for the lower end"
    )
    compared: tuple[Text, ...] = Field((), description="figures shown beside, without deciding")
    low_km: Kilometres | None = Field(None, description="lower distance the sentence states")
    km: Kilometres | None = Field(None, description="distance the sentence states")
    km_words: str | None = Field(None, description="that distance in the words of the sentence")
    whole: tuple[Iso3, ...] = Field((), description="countries it has wholly within reach")
    parts: tuple[Iso3, ...] = Field(
        (), description="countries it has within reach, at least partly"
    )
    areas: tuple[tuple[Text, Iso3, float, float, Literal["whole", "part"]], ...] = Field(
        (), description="name, country, lon, lat inside the one part of the country meant, how much"
    )
    places: tuple[tuple[Text, float, float, int], ...] = Field(
        (), description="towns not in cities.csv: name, lon, lat, number in GeoNames"
    )
    cities: tuple[Text, ...] = Field((), description="cities, places or site ids that decide")
    also: tuple[Text, ...] = Field((), description="the same, shown beside, without deciding")
    groups: tuple[Literal["NATO", "EU"], ...] = Field(
        (), description="organisations whose European members are counted, or capitals listed"
    )
    sites: tuple[tuple[Id, Iso3], ...] = Field((), description="site ids and the country named")
    stationed: bool = Field(
        False, description="true if the sentence says that those sites are in service by its date"
    )
    sector: Literal["north", "north-east", "east", "south-east"] | None = Field(
        None, description="part of the country or direction the sentence names"
    )
    years: tuple[int, int] | None = Field(None, description="first and last year it speaks of")
    phase: Literal[1, 2, 3, 4] | None = Field(None, description="EPAA phase it speaks of")
    systems: tuple[Id, ...] = Field((), description="ids of the systems it names")
    events: tuple[Id, ...] = Field((), description="ids of lines of the timeline that bear on it")
    untested: str | None = Field(
        None, description="words no map or date can test; they turn TRUE into PARTLY"
    )
    note: str | None = Field(None, description="what a reader should know beside the numbers")
    choices: dict[str, str] = Field(description="the map that shows it, as the keys of a link")

    @model_validator(mode="after")
    def _settled(self) -> Self:
        typed = self.verdict is not None or self.finding is not None
        if self.check is not None and typed:
            msg = f"verdict typed in beside check '{self.check}'; computed ones are never typed"
            raise ValueError(msg)
        if self.check is None and (self.verdict is None or not self.finding):
            msg = "verdict or finding is missing; without a check both are typed in"
            raise ValueError(msg)
        if self.id[0] != self.section:
            msg = f"section {self.section} is not that of {self.id}; change one"
            raise ValueError(msg)
        return self
