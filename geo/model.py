"""What the data files may say: frozen types, every field with its help.

Job: the vocabulary of the atlas, checked at birth. Ban: no files, no tables, no drawing.
The data dictionary in ``data/README.md`` is generated from these types.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import (
    Field,
    model_validator,
)

from geo.halfdate import HalfDate
from geo.vocabulary import (
    YOURS,
    Azimuth,
    Basis,
    EventKind,
    Geometry,
    Id,
    Iso3,
    Kilometres,
    LaunchArea,
    Layer,
    OfTheAtlas,
    Quantity,
    Record,
    Side,
    SiteKind,
    SystemKind,
    Text,
)

__all__ = [
    "Attribute",
    "Country",
    "Edition",
    "Event",
    "Figure",
    "HistoryEvent",
    "Phase",
    "Scene",
    "Site",
    "Source",
    "Statement",
    "System",
    "Term",
]


class Source(Record):
    """A publication that states something."""

    id: Id = Field(description="name used by every record that cites it")
    title: Text = Field(description="title as published")
    publisher: Text = Field(description="who published it; for a copy, both")
    date: HalfDate | None = Field(None, description="date of publication, at its true precision")
    url: str | None = Field(
        None, pattern=r"^https?://[^\s…]+$", description="address, complete; none if not recorded"
    )
    language: str = Field("en", pattern=r"^[a-z]{2}$", description="ISO 639-1 code")
    role: Literal["source", "dataset", "claim"] = Field(
        "source", description="a claim is under test and never the source of a figure"
    )
    note: str | None = Field(None, description="what a reader should know before citing it")


class Figure(Record):
    """A distance somebody stated. No system has "the range"; it has figures."""

    id: Id = Field(description="unique in the catalogue; appears in links")
    quantity: Quantity = Field(description="what the distance measures")
    low_km: Kilometres | None = Field(None, description="lower end; alone it means 'more than'")
    high_km: Kilometres | None = Field(None, description="upper end; alone it means 'up to'")
    below: bool = Field(False, description="true if the source says less than the upper end")
    as_published: Text = Field(description="the value in the words of the source")
    basis: Annotated[Basis, OfTheAtlas] = Field(description="who stands behind it; never guessed")
    by: Text = Field(description="who stated it")
    date: HalfDate | None = Field(None, description="when it was stated")
    source: Id = Field(description="id of the source")
    confirmed: bool = Field(description="true if the source was read")
    quote: str | None = Field(None, description="the sentence that states it")
    variant: str | None = Field(None, description="version of the system, if only one is meant")
    note: str | None = Field(None, description="caveat printed wherever the figure is")
    on_map: bool = Field(True, description="false keeps a slip or an outlier off the map")
    sector_deg: tuple[Azimuth, Azimuth] | None = Field(
        None, description="azimuths it holds between, clockwise from the first, as published"
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.id == "none":
            msg = "id 'none' means nothing in a link; choose another"
            raise ValueError(msg)
        if self.below and (self.high_km is None or self.low_km is not None):
            msg = "below is true beside a lower end or without an upper one; it needs high_km alone"
            raise ValueError(msg)
        if self.low_km is None and self.high_km is None:
            msg = "low_km and high_km are both missing; give at least one"
            raise ValueError(msg)
        if self.low_km is not None and self.high_km is not None and self.low_km > self.high_km:
            msg = f"low_km {self.low_km:g} exceeds high_km {self.high_km:g}; swap them"
            raise ValueError(msg)
        if not self.confirmed and self.quote:
            msg = "quote on a figure whose source was not read; drop it or read the source"
            raise ValueError(msg)
        return self

    @property
    def is_band(self) -> bool:
        """True if the source gives two different ends."""
        return None not in (self.low_km, self.high_km) and self.low_km != self.high_km

    @property
    def reach_km(self) -> float:
        """The outer distance that is drawn."""
        return self.high_km if self.high_km is not None else float(self.low_km or 0)

    @property
    def source_read(self) -> bool | None:
        """Whether its source was read; None for a reader's own ring, which has none."""
        return None if self.basis == YOURS else self.confirmed


class Attribute(Record):
    """Something stated of a system that makes no ring: a velocity, a class, a payload."""

    quantity: Text = Field(description="what is stated, in words")
    value: Text = Field(description="the value with its unit, in the words of the source")
    by: Text = Field(description="who stated it")
    date: HalfDate | None = Field(None, description="when it was stated")
    source: Id = Field(description="id of the source")
    confirmed: bool = Field(description="true if the source was read")
    quote: str | None = Field(None, description="the sentence that states it")
    note: str | None = Field(None, description="caveat")


class Country(Record):
    """A country that a statement names, tagged with how much of it is meant."""

    iso3: Iso3 = Field(description="the country")
    extent: Literal["all of", "most of", "parts of"] = Field(
        description="how much of it, in the words of the source"
    )
    source: Id = Field(description="id of the source")


class System(Record):
    """A missile, an interceptor, a radar, or a statement about ranges."""

    id: Id = Field(description="unique name")
    name: Text = Field(description="name as printed")
    other_names: tuple[str, ...] = Field((), description="other names in use")
    side: Annotated[Side, OfTheAtlas] = Field(description="who operates it")
    operator: Text = Field(description="operator in words")
    kind: SystemKind = Field(description="what it is")
    category: str | None = Field(None, description="class in the field's words, e.g. MRBM")
    phase: Literal[1, 2, 3, 4] | None = Field(None, description="EPAA phase it belongs to")
    hypothetical: bool = Field(
        False, description="true if no such missile existed: what one would need, not what reaches"
    )
    launch_area: LaunchArea | None = Field(
        None, description="rings start at an origin the reader picks; none: at its sites"
    )
    summary: str | None = Field(None, description="one neutral sentence")
    figures: tuple[Figure, ...] = Field((), description="every stated distance")
    attributes: tuple[Attribute, ...] = Field((), description="everything else stated")
    countries: tuple[Country, ...] = Field(
        (), description="countries a proposal names; tagged on the map, with no line drawn"
    )
    not_confirmed: tuple[str, ...] = Field((), description="what could not be confirmed")


class Event(Record):
    """A step in the life of a site or a phase."""

    kind: EventKind = Field(description="which step")
    planned: HalfDate | None = Field(None, description="date planned")
    actual: HalfDate | None = Field(None, description="date it happened")
    text: Text = Field(description="one neutral line")
    source: Id = Field(description="id of the source")
    confirmed: bool = Field(True, description="true if the source was read")
    quote: str | None = Field(None, description="the sentence that states it")

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.planned is None and self.actual is None:
            msg = "planned and actual are both missing; give at least one date"
            raise ValueError(msg)
        return self


class Site(Record):
    """A place: a site, a port, a patrol area, or an origin a ring is measured from."""

    id: Id = Field(description="unique name; appears in links")
    name: Text = Field(description="name as printed")
    label: str | None = Field(None, description="shorter name for the map")
    local_name: str | None = Field(None, description="name in the local language")
    side: Annotated[Side, OfTheAtlas] = Field(description="who operates it")
    kind: SiteKind = Field(description="what stands there")
    country: Iso3 | None = Field(None, description="host country; none at sea")
    operator: str | None = Field(None, description="operator in words")
    phases: tuple[Literal[1, 2, 3, 4], ...] = Field((), description="EPAA phases it belongs to")
    layer: Layer | None = Field(None, description="switch of a site outside the phases")
    launch_area: LaunchArea | None = Field(None, description="origin of which systems' rings")
    area_of: Iso3 | None = Field(None, description="its area is this country's, from the borders")
    area_part: tuple[float, float] | None = Field(
        None, description="lon, lat inside the one part of that country that is meant"
    )
    geometry: Geometry | None = Field(None, description="point or polygon, lon lat, WGS 84")
    systems: tuple[Id, ...] = Field((), description="ids of the systems there")
    events: tuple[Event, ...] = Field((), description="its life, with dates planned and actual")
    position_precision_km: Annotated[float, Field(gt=0)] | None = Field(
        None, description="how far the point may be from the real place"
    )
    position_note: str | None = Field(None, description="what the position is and is not")
    place_stated: str | None = Field(
        None, description="what sources name instead of a place, such as a country"
    )
    place_named: HalfDate | None = Field(
        None, description="since when they name the place itself; without a date, never"
    )
    sources: tuple[Id, ...] = Field(min_length=1, description="sources of the position")
    not_confirmed: tuple[str, ...] = Field((), description="what could not be confirmed")


class Statement(Record):
    """What somebody said a phase covers, in their words."""

    text: Text = Field(description="the statement, quoted or closely paraphrased")
    by: Text = Field(description="who said it")
    date: HalfDate | None = Field(None, description="when")
    source: Id = Field(description="id of the source")
    confirmed: bool = Field(True, description="true if the source was read")
    quote: str | None = Field(None, description="the words themselves")


class Phase(Record):
    """One of the four phases announced on 17 September 2009."""

    number: Literal[1, 2, 3, 4] = Field(description="1 to 4")
    name: Text = Field(description="name as printed")
    summary: Text = Field(description="what it consists of, in one line")
    definition: Text = Field(description="official definition, quoted")
    source: Id = Field(description="source of the definition")
    systems: tuple[Id, ...] = Field((), description="systems it introduces")
    covers: tuple[Statement, ...] = Field((), description="what it was said to cover")
    events: tuple[Event, ...] = Field(min_length=1, description="dates planned and actual")


class HistoryEvent(Record):
    """One line of the diplomatic timeline."""

    id: Id = Field(description="unique name")
    date: HalfDate = Field(description="when it began, at its true precision")
    end: HalfDate | None = Field(None, description="when it ended, if it lasted")
    text: Text = Field(description="one neutral line")
    topic: Literal["treaty", "EPAA", "NATO", "Russia", "Iran", "third site", "diplomacy"] = Field(
        description="which row of the timeline"
    )
    sources: tuple[Id, ...] = Field(min_length=1, description="ids of the sources")
    confirmed: bool = Field(True, description="true if a source was read")
    note: str | None = Field(None, description="disagreement or caveat")


class Scene(Record):
    """A ready-made scenario with a lecturer's text."""

    id: Id = Field(description="file name without .json")
    order: int = Field(description="place in the list")
    title: Text = Field(description="title as printed")
    narration: Text = Field(description="two or three sentences to read out")
    question: str | None = Field(None, description="a question for the class")
    choices: dict[str, str] = Field(description="the scenario, as the keys of a link")


class Term(Record):
    """A word of the field, explained where it stands."""

    id: Id = Field(description="unique name")
    forms: tuple[Text, ...] = Field(min_length=1, description="how it is written; the first leads")
    meaning: Text = Field(description="one or two neutral sentences, with no figure of its own")
    source: Id | None = Field(None, description="id of the source, where a fact is stated")


class Edition(Record):
    """Which edition of the data this is."""

    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}(\.\d+)?$")] = Field(
        description="year.month of the data; printed and carried by every link"
    )
    as_of: HalfDate = Field(description="the data's own date, the default of the as-of date")
