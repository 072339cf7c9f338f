"""What the data files say: read once, checked whole, every problem reported at once.

Job: ``data/`` to a frozen `Catalogue`. Ban: no drawing, no tables, no geometry beyond asking
whether a point lies in its country. Of the files of ``data/``, `records` reads those of the
catalogue, `borders` and `basemap` the borders (through `store`), `reaches` those made beforehand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, get_args

from shapely import Point

from geo import borders
from geo.claim import Claim
from geo.errors import CatalogueError
from geo.gazetteer import City, Membership, People
from geo.link import parse
from geo.model import (
    Edition,
    Figure,
    HistoryEvent,
    Phase,
    Scene,
    Site,
    Source,
    System,
    Term,
)
from geo.placement import misplaced
from geo.records import Reader
from geo.scenario import Offer
from geo.vocabulary import CountryLayer

__all__ = ["DATA", "DEFAULT_FIGURE", "Catalogue", "load"]

#: The data that ship with the atlas.
DATA = Path(__file__).resolve().parent.parent / "data"
#: The one ring of the first screen: the limit Iran declared for itself.
DEFAULT_FIGURE = "iran-limit-2017"
#: Only these distances are drawn as rings; a ceiling or a flight is shown in words.
DRAWN = ("range", "radar range")


@dataclass(frozen=True)
class Catalogue:
    """Everything the files say, cross-referenced."""

    edition: Edition
    sites: dict[str, Site]
    systems: dict[str, System]
    sources: dict[str, Source]
    phases: tuple[Phase, ...]
    history: tuple[HistoryEvent, ...]
    memberships: tuple[Membership, ...]
    cities: tuple[City, ...]
    people: dict[str, People]
    scenes: tuple[Scene, ...]
    claims: tuple[Claim, ...]
    terms: tuple[Term, ...] = ()

    @cached_property
    def figures(self) -> dict[str, tuple[System, Figure]]:
        """Every stated figure by its id, with its system."""
        return {
            figure.id: (system, figure)
            for system in self.systems.values()
            for figure in system.figures
        }

    @cached_property
    def offer(self) -> Offer:
        """What a reader can choose from."""
        origins: dict[str, tuple[str, ...]] = {}
        for site in self.sites.values():
            if site.launch_area:
                origins[site.launch_area] = (*origins.get(site.launch_area, ()), site.id)
        return Offer(
            version=self.edition.version,
            as_of=self.edition.as_of.last,
            figures=frozenset(
                figure.id
                for system, figure in self.figures.values()
                if figure.on_map
                and figure.quantity in DRAWN
                and (system.launch_area or self.starts_of(system.id))
            ),
            layers=frozenset(site.layer for site in self.sites.values() if site.layer)
            | frozenset(get_args(CountryLayer)),
            origins=origins,
            dossiers=frozenset(self.dossiers),
            default_figures=frozenset({DEFAULT_FIGURE} & set(self.figures)),
            centres=self.centres,
            places=frozenset(self.places) | frozenset(self.sites) | borders.codes(),
        )

    @cached_property
    def centres(self) -> tuple[str, ...]:
        """Sites a true-range map can be centred on: origins first, then interceptors and radars."""
        starts = [site.id for site in self.sites.values() if site.launch_area]
        fixed = [
            site.id
            for site in self.sites.values()
            if site.kind in {"interceptor site", "radar"} and isinstance(site.geometry, Point)
        ]
        return tuple(dict.fromkeys([*starts, *fixed]))

    @cached_property
    def places(self) -> dict[str, City]:
        """Cities by their number in GeoNames, as a link carries it."""
        return {str(city.geonameid): city for city in self.cities}

    @cached_property
    def dossiers(self) -> dict[str, Site | System | Phase]:
        """Everything a reader can open, by the id a link carries: sites, phases, systems."""
        phases = {f"phase-{phase.number}": phase for phase in self.phases}
        places = {key: site for key, site in self.sites.items() if site.events or site.systems}
        return {**places, **phases, **self.systems}

    def sites_with(self, system_id: str) -> tuple[Site, ...]:
        """Sites that hold a system."""
        return tuple(site for site in self.sites.values() if system_id in site.systems)

    def starts_of(self, system_id: str) -> tuple[Site, ...]:
        """Sites that the ranges of a system start at: ships reach from where they sail."""
        return tuple(site for site in self.sites_with(system_id) if site.kind != "home port")

    def members(self, organisation: str, on: Any) -> frozenset[str]:
        """ISO codes of the members of NATO or the EU on a day."""
        return frozenset(
            entry.iso3
            for entry in self.memberships
            if entry.organisation == organisation
            and entry.joined.last <= on
            and (entry.left is None or on <= entry.left.last)
        )


@lru_cache(maxsize=4)
def load(directory: Path = DATA) -> Catalogue:
    """Read and check a data folder.

    Raises
    ------
    CatalogueError
        With every problem found, each as ``file: id: field: what is wrong``.
    """
    reader = Reader(directory)
    edition = reader.document("edition.json", Edition)
    catalogue = Catalogue(
        edition=edition or Edition.model_validate({"version": "2000.1", "as_of": "2000"}),
        sources=reader.by_id("sources.json", "sources", Source),
        systems=reader.by_id("systems.json", "systems", System),
        sites=reader.by_id("sites.geojson", "features", Site),
        phases=reader.records("phases.json", "phases", Phase),
        history=tuple(
            sorted(reader.records("events.json", "events", HistoryEvent), key=lambda row: row.date)
        ),
        memberships=reader.records("memberships.json", "memberships", Membership),
        cities=reader.table("cities.csv", City),
        people={row.iso3: row for row in reader.table("people.csv", People)},
        scenes=tuple(sorted(reader.scenes(), key=lambda scene: scene.order)),
        claims=reader.records("claims.json", "claims", Claim),
        terms=reader.records("terms.json", "terms", Term),
    )
    if not reader.problems:
        # references are checked only among records that could be read
        reader.problems.extend(_crossed(catalogue))
    if reader.problems:
        raise CatalogueError(tuple(reader.problems))
    return catalogue


def _crossed(catalogue: Catalogue) -> Iterator[str]:
    """Every reference that leads nowhere, and every rule that spans records."""
    yield from _cited(catalogue)
    yield from _figures(catalogue)
    yield from _once(catalogue)
    for shared in catalogue.sites.keys() & catalogue.systems.keys():
        yield f"systems.json: {shared}: id: is a site's too; a link could mean either"
    for site in catalogue.sites.values():
        yield from misplaced(site)
        for system in site.systems:
            if system not in catalogue.systems:
                yield f"sites.geojson: {site.id}: systems: '{system}' is not in systems.json"
    for number in {1, 2, 3, 4} - {phase.number for phase in catalogue.phases}:
        yield f"phases.json: phase {number} is missing; all four belong to the plan"
    for phase in catalogue.phases:
        for system in phase.systems:
            if system not in catalogue.systems:
                yield f"phases.json: {phase.number}: systems: '{system}' is not in systems.json"
    for scene in catalogue.scenes:
        for warning in parse(scene.choices, catalogue.offer)[1]:
            yield f"scenes/{scene.id}.json: {scene.id}: choices: {warning}"
    yield from _claimed(catalogue)


def _claimed(catalogue: Catalogue) -> Iterator[str]:
    """Every name a claim uses, against the record it should stand in."""
    for claim_id, times in Counter(claim.id for claim in catalogue.claims).items():
        if times > 1:
            yield f"claims.json: {claim_id}: id: stands {times} times; give each record its own"
    lines = {line.id for line in catalogue.history}
    towns = {city.name for city in catalogue.cities} | set(catalogue.sites)
    for claim in catalogue.claims:
        own = {place[0] for place in claim.places}
        figures = (name.removesuffix("/low") for name in (*claim.figures, *claim.compared))
        origins = (name for name in claim.origins if not name.split("/")[0].isupper())
        for field, names, known, file in (
            ("figures", figures, set(catalogue.figures), "systems.json"),
            ("systems", claim.systems, set(catalogue.systems), "systems.json"),
            ("sites", (site for site, _ in claim.sites), set(catalogue.sites), "sites.geojson"),
            ("events", claim.events, lines, "events.json"),
            ("origins", origins, set(catalogue.sites) | own, "sites.geojson"),
            ("cities", (*claim.cities, *claim.also), towns | own, "cities.csv"),
        ):
            for name in names:
                if name not in known:
                    yield f"claims.json: {claim.id}: {field}: '{name}' is not in {file}"
        for warning in parse(claim.choices, catalogue.offer)[1]:
            yield f"claims.json: {claim.id}: choices: {warning}"


def _cited(catalogue: Catalogue) -> Iterator[str]:
    """Every citation, against the sources; claims under test may not be cited."""
    cited: list[tuple[str, str, str]] = []
    for site in catalogue.sites.values():
        cited += [("sites.geojson", site.id, source) for source in site.sources]
        cited += [("sites.geojson", site.id, event.source) for event in site.events]
    for system in catalogue.systems.values():
        cited += [("systems.json", system.id, figure.source) for figure in system.figures]
        cited += [("systems.json", system.id, item.source) for item in system.attributes]
        cited += [("systems.json", system.id, tag.source) for tag in system.countries]
    for phase in catalogue.phases:
        label = f"phase {phase.number}"
        cited.append(("phases.json", label, phase.source))
        cited += [("phases.json", label, said.source) for said in phase.covers]
        cited += [("phases.json", label, event.source) for event in phase.events]
    for past in catalogue.history:
        cited += [("events.json", past.id, source) for source in past.sources]
    cited += [("memberships.json", entry.iso3, entry.source) for entry in catalogue.memberships]
    cited += [("terms.json", term.id, term.source) for term in catalogue.terms if term.source]
    for claim in catalogue.claims:
        cited += [("claims.json", claim.id, source) for source in claim.sources]
    for name, label, source_id in dict.fromkeys(cited):
        source = catalogue.sources.get(source_id)
        if source is None:
            yield f"{name}: {label}: source: '{source_id}' is not in sources.json; add it there"
        elif source.role == "claim":
            yield (
                f"{name}: {label}: source: '{source_id}' is a claim under test; "
                "cite a publication that supports it"
            )


def _figures(catalogue: Catalogue) -> Iterator[str]:
    """Figure ids are unique in the whole catalogue and can stand in a link."""
    ids = Counter(figure.id for system in catalogue.systems.values() for figure in system.figures)
    for figure_id, times in ids.items():
        if times > 1:
            yield f"systems.json: {figure_id}: id: stands {times} times; links need one each"
    if DEFAULT_FIGURE not in ids:
        yield f"systems.json: {DEFAULT_FIGURE}: is missing; the first screen draws it"


def _once(catalogue: Catalogue) -> Iterator[str]:
    """Records without an id of their own stand once, and name countries there are."""
    keys = [("phases.json", f"phase {phase.number}") for phase in catalogue.phases]
    keys += [("events.json", row.id) for row in catalogue.history]
    keys += [("terms.json", term.id) for term in catalogue.terms]
    keys += [("cities.csv", f"geonameid {city.geonameid}") for city in catalogue.cities]
    keys += [
        ("memberships.json", f"{row.organisation} {row.iso3} {row.joined}")
        for row in catalogue.memberships
    ]
    for (name, label), times in Counter(keys).items():
        if times > 1:
            yield f"{name}: {label}: stands {times} times; keep one"
    if not catalogue.memberships:
        yield "memberships.json: holds no record; restore it from the repository"
    countries = [("cities.csv", city.name, city.iso3) for city in catalogue.cities]
    countries += [("people.csv", f"{row.people}", row.iso3) for row in catalogue.people.values()]
    countries += [("memberships.json", row.organisation, row.iso3) for row in catalogue.memberships]
    known = borders.codes()
    for name, label, iso3 in dict.fromkeys(countries):
        if iso3 not in known:
            yield f"{name}: {label}: iso3: '{iso3}' is no country of the borders; check the code"
