"""What the data files may say: frozen types, every field with its help.

Job: the vocabulary of the atlas, checked at birth. Ban: no files, no tables, no drawing.
The data dictionary in ``data/README.md`` is generated from these types.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

import shapely
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    model_validator,
)
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.halfdate import HalfDate

__all__ = [
    "YOURS",
    "Attribute",
    "Basis",
    "City",
    "Claim",
    "Country",
    "Edition",
    "Event",
    "Figure",
    "HistoryEvent",
    "Membership",
    "People",
    "Phase",
    "Scene",
    "Side",
    "Site",
    "Source",
    "Statement",
    "System",
    "Term",
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


class _Record(BaseModel):
    """A record of the data files: frozen, no unknown field, nothing coerced."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True
    )


class Source(_Record):
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


class Figure(_Record):
    """A distance somebody stated. No system has "the range"; it has figures."""

    id: Id = Field(description="unique in the catalogue; appears in links")
    quantity: Quantity = Field(description="what the distance measures")
    low_km: Kilometres | None = Field(None, description="lower end; alone it means 'more than'")
    high_km: Kilometres | None = Field(None, description="upper end; alone it means 'up to'")
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


class Attribute(_Record):
    """Something stated of a system that makes no ring: a velocity, a class, a payload."""

    quantity: Text = Field(description="what is stated, in words")
    value: Text = Field(description="the value with its unit, in the words of the source")
    by: Text = Field(description="who stated it")
    date: HalfDate | None = Field(None, description="when it was stated")
    source: Id = Field(description="id of the source")
    confirmed: bool = Field(description="true if the source was read")
    quote: str | None = Field(None, description="the sentence that states it")
    note: str | None = Field(None, description="caveat")


class Country(_Record):
    """A country that a statement names, tagged with how much of it is meant."""

    iso3: Iso3 = Field(description="the country")
    extent: Literal["all of", "most of", "parts of"] = Field(
        description="how much of it, in the words of the source"
    )
    source: Id = Field(description="id of the source")


class System(_Record):
    """A missile, an interceptor, a radar, or a statement about ranges."""

    id: Id = Field(description="unique name")
    name: Text = Field(description="name as printed")
    other_names: tuple[str, ...] = Field((), description="other names in use")
    side: Annotated[Side, OfTheAtlas] = Field(description="who operates it")
    operator: Text = Field(description="operator in words")
    kind: SystemKind = Field(description="what it is")
    category: str | None = Field(None, description="class in the field's words, e.g. MRBM")
    phase: Literal[1, 2, 3, 4] | None = Field(None, description="EPAA phase it belongs to")
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


class Event(_Record):
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


class Site(_Record):
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
    sources: tuple[Id, ...] = Field(min_length=1, description="sources of the position")
    not_confirmed: tuple[str, ...] = Field((), description="what could not be confirmed")


class Statement(_Record):
    """What somebody said a phase covers, in their words."""

    text: Text = Field(description="the statement, quoted or closely paraphrased")
    by: Text = Field(description="who said it")
    date: HalfDate | None = Field(None, description="when")
    source: Id = Field(description="id of the source")
    confirmed: bool = Field(True, description="true if the source was read")
    quote: str | None = Field(None, description="the words themselves")


class Phase(_Record):
    """One of the four phases announced on 17 September 2009."""

    number: Literal[1, 2, 3, 4] = Field(description="1 to 4")
    name: Text = Field(description="name as printed")
    summary: Text = Field(description="what it consists of, in one line")
    definition: Text = Field(description="official definition, quoted")
    source: Id = Field(description="source of the definition")
    systems: tuple[Id, ...] = Field((), description="systems it introduces")
    covers: tuple[Statement, ...] = Field((), description="what it was said to cover")
    events: tuple[Event, ...] = Field(min_length=1, description="dates planned and actual")


class HistoryEvent(_Record):
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


class Membership(_Record):
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


class City(_Record):
    """A capital or a large city, as a gazetteer point."""

    geonameid: int = Field(description="number in GeoNames")
    name: Text = Field(description="English name")
    iso3: Iso3 = Field(description="country, as GeoNames lists it")
    lon: Annotated[float, Field(ge=-180, le=180)] = Field(description="longitude, degrees")
    lat: Annotated[float, Field(ge=-90, le=90)] = Field(description="latitude, degrees")
    capital: bool = Field(description="true for a national capital")
    note: str | None = Field(None, description="seat of government elsewhere, or disputed")


class People(_Record):
    """How many people live in a country, as the United Nations publish it."""

    iso3: Iso3 = Field(description="country, as the borders name it")
    people: Annotated[int, Field(gt=0)] = Field(description="persons on 1 July of the year")
    year: Annotated[int, Field(ge=1950, le=2100)] = Field(description="year of the number")
    kind: Literal["estimate", "projection"] = Field(description="what the number is")
    un_code: Annotated[int, Field(gt=0)] = Field(description="the United Nations' number")
    note: str | None = Field(None, description="where the UN's entity is not the polygon drawn")


class Scene(_Record):
    """A ready-made scenario with a lecturer's text."""

    id: Id = Field(description="file name without .json")
    order: int = Field(description="place in the list")
    title: Text = Field(description="title as printed")
    narration: Text = Field(description="two or three sentences to read out")
    question: str | None = Field(None, description="a question for the class")
    choices: dict[str, str] = Field(description="the scenario, as the keys of a link")


class Term(_Record):
    """A word of the field, explained where it stands."""

    id: Id = Field(description="unique name")
    forms: tuple[Text, ...] = Field(min_length=1, description="how it is written; the first leads")
    meaning: Text = Field(description="one or two neutral sentences, with no figure of its own")
    source: Id | None = Field(None, description="id of the source, where a fact is stated")


class Edition(_Record):
    """Which edition of the data this is."""

    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}(\.\d+)?$")] = Field(
        description="year.month of the data; printed and carried by every link"
    )
    as_of: HalfDate = Field(description="the data's own date, the default of the as-of date")


class Claim(_Record):
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
    ) = Field(None, description="computation that gives the verdict; its rule is in geo/claims.py")
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
