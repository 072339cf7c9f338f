"""What the data files say: read once, checked whole, every problem reported at once.

Job: ``data/`` to a frozen `Catalogue`. Ban: no drawing, no tables, no geometry beyond asking
whether a point lies in its country. Only this module and `borders` open files of ``data/``.
"""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_args

import shapely
from pydantic import BaseModel, ValidationError
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo import borders
from geo.errors import BordersError, CatalogueError
from geo.link import parse
from geo.model import (
    City,
    Claim,
    CountryLayer,
    Edition,
    Figure,
    HistoryEvent,
    Membership,
    People,
    Phase,
    Scene,
    Site,
    Source,
    System,
    Term,
)
from geo.scenario import Offer

__all__ = ["DATA", "DEFAULT_FIGURE", "KEPT", "Catalogue", "kept_name", "kept_reach", "load"]

#: The data that ship with the atlas.
DATA = Path(__file__).resolve().parent.parent / "data"
#: Reaches of areas, made beforehand.
KEPT = DATA / "reaches.zip"
#: The one ring of the first screen: the limit Iran declared for itself.
DEFAULT_FIGURE = "iran-limit-2017"
#: Only these distances are drawn as rings; a ceiling or a flight is shown in words.
DRAWN = ("range", "radar range")
#: Quiet allowance, in degrees, for a point on a coast or a border.
NEAR_DEG = 0.3

Record = TypeVar("Record", bound=BaseModel)


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
                and (system.launch_area or self.sites_with(system.id))
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

    def members(self, organisation: str, on: Any) -> frozenset[str]:
        """ISO codes of the members of NATO or the EU on a day."""
        return frozenset(
            entry.iso3
            for entry in self.memberships
            if entry.organisation == organisation
            and entry.joined.last <= on
            and (entry.left is None or on <= entry.left.last)
        )


def kept_name(origin: bytes, range_km: float) -> str:
    """Name under which the reach of an origin (WKB) at a distance is kept in `KEPT`."""
    return hashlib.sha256(origin + f"|{range_km:.6f}".encode()).hexdigest()[:24] + ".wkb"


def kept_reach(origin: bytes, range_km: float) -> BaseGeometry | None:
    """Reach of an area made beforehand by ``scripts/build_reaches.py``; None if there is none.

    It is `geo.reach.reach_of` at its own tolerance, for an origin in WKB. A file that cannot be
    read counts as none: the reach is then drawn, which takes up to a second.
    """
    found = _kept(KEPT).get(kept_name(origin, range_km))
    return None if found is None else shapely.from_wkb(found)


@lru_cache(maxsize=2)
def _kept(path: Path) -> dict[str, bytes]:
    """Every reach of the file, in WKB; none if the file cannot be read."""
    try:
        with zipfile.ZipFile(path) as file:
            return {name: file.read(name) for name in file.namelist()}
    except (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error):
        return {}  # a damaged file fails in as many ways


@lru_cache(maxsize=4)
def load(directory: Path = DATA) -> Catalogue:
    """Read and check a data folder.

    Raises
    ------
    CatalogueError
        With every problem found, each as ``file: id: field: what is wrong``.
    """
    reader = _Reader(directory)
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


class _Reader:
    """Reads records file by file and keeps a list of everything wrong."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.problems: list[str] = []

    def text(self, name: str) -> str | None:
        path = self.directory / name
        try:
            return path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self.problems.append(f"{name}: the file is missing; restore it from the repository")
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(f"{name}: cannot be read ({error}); save it as UTF-8 text")
        return None

    def json(self, name: str) -> Any:
        text = self.text(name)
        if text is None:
            return None
        try:
            return json.loads(
                text, parse_constant=_refuse_constant, object_pairs_hook=_refuse_twice
            )
        except (ValueError, RecursionError) as error:
            self.problems.append(f"{name}: is not JSON ({error}); check the line it names")
            return None

    def one(self, name: str, kind: type[Record], raw: object, label: str) -> Record | None:
        try:
            return kind.model_validate_json(json.dumps(raw))
        except ValidationError as error:
            for problem in error.errors():
                where = ".".join(str(part) for part in problem["loc"]) or "record"
                self.problems.append(f"{name}: {label}: {where}: {_plain(problem)}")
            return None

    def document(self, name: str, kind: type[Record]) -> Record | None:
        raw = self.json(name)
        return None if raw is None else self.one(name, kind, raw, "document")

    def raw_records(self, name: str, key: str) -> Iterator[tuple[str, object]]:
        document = self.json(name)
        if document is None:
            return
        rows = document.get(key) if isinstance(document, dict) else None
        if not isinstance(rows, list):
            self.problems.append(f"{name}: '{key}' is not a list; see data/README.md")
            return
        for index, row in enumerate(rows):
            record = _from_feature(row) if key == "features" else row
            label = record.get("id") if isinstance(record, dict) else None
            yield (label if isinstance(label, str) else f"record {index + 1}"), record

    def records(self, name: str, key: str, kind: type[Record]) -> tuple[Record, ...]:
        read = (self.one(name, kind, raw, label) for label, raw in self.raw_records(name, key))
        return tuple(record for record in read if record is not None)

    def by_id(self, name: str, key: str, kind: type[Record]) -> dict[str, Record]:
        raws = list(self.raw_records(name, key))
        for label, times in Counter(label for label, _ in raws).items():
            if times > 1:
                self.problems.append(
                    f"{name}: {label}: id: stands {times} times; give each record its own"
                )
        read = ((label, self.one(name, kind, raw, label)) for label, raw in raws)
        return {label: record for label, record in read if record is not None}

    def table(self, name: str, kind: type[Record]) -> tuple[Record, ...]:
        text = self.text(name)
        if text is None:
            return ()
        rows = []
        for line, row in enumerate(csv.DictReader(text.splitlines()), start=2):
            if None in row:
                self.problems.append(
                    f"{name}: line {line}: has more cells than the header; quote its commas"
                )
                continue
            typed: dict[str, Any] = {key: value or None for key, value in row.items()}
            for key, read in (
                *((key, int) for key in ("geonameid", "people", "year", "un_code")),
                *((key, float) for key in ("lon", "lat")),
            ):
                # what cannot be read stays as it is, for the model to refuse by name
                with suppress(KeyError, TypeError, ValueError):
                    typed[key] = read(typed[key])
            if typed.get("capital") in {"true", "false"}:
                typed["capital"] = typed["capital"] == "true"
            record = self.one(name, kind, typed, f"line {line}")
            if record is not None:
                rows.append(record)
        if not rows:
            self.problems.append(f"{name}: holds no record; restore it from the repository")
        return tuple(rows)

    def scenes(self) -> Iterator[Scene]:
        folder = self.directory / "scenes"
        if not folder.is_dir():
            self.problems.append("scenes: the folder is missing; restore it from the repository")
        for path in sorted(folder.glob("*.json")):
            name = f"scenes/{path.name}"
            scene = self.document(name, Scene)
            if scene is None:
                continue
            if scene.id != path.stem:
                self.problems.append(f"{name}: {scene.id}: id: is not the file's name; rename one")
            yield scene


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object, but not of keys given twice, of which JSON would keep the last."""
    for key, times in Counter(key for key, _ in pairs).items():
        if times > 1:
            msg = f"'{key}' stands {times} times in one record"
            raise ValueError(msg)
    return dict(pairs)


def _refuse_constant(name: str) -> object:
    msg = f"{name} is not a number that JSON knows"
    raise ValueError(msg)


def _from_feature(feature: object) -> object:
    """Turn a GeoJSON feature into one flat record."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return feature
    if feature.get("type") != "Feature":
        return {**feature["properties"], "type": feature.get("type")}  # refused by name
    return {**feature["properties"], "geometry": feature.get("geometry")}


def _plain(problem: Any) -> str:
    """Say what pydantic found, for people who are not programmers."""
    value = f"{problem.get('input')!r:.60}"
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "missing":
        return "is missing; add it"
    if kind == "extra_forbidden":
        return "is not a field of this record; see data/README.md for its spelling"
    if kind == "value_error":
        return str(context.get("error", problem["msg"]))
    if kind == "literal_error":
        return f"{value} is not one of {context['expected']}"
    return f"{value}: {problem['msg'][0].lower()}{problem['msg'][1:]}"


def _crossed(catalogue: Catalogue) -> Iterator[str]:
    """Every reference that leads nowhere, and every rule that spans records."""
    yield from _cited(catalogue)
    yield from _figures(catalogue)
    yield from _once(catalogue)
    for shared in catalogue.sites.keys() & catalogue.systems.keys():
        yield f"systems.json: {shared}: id: is a site's too; a link could mean either"
    for site in catalogue.sites.values():
        yield from _placed(site)
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
        query = {key: [value] for key, value in scene.choices.items()}
        for warning in parse(query, catalogue.offer)[1]:
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
        query = {key: [value] for key, value in claim.choices.items()}
        for warning in parse(query, catalogue.offer)[1]:
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


def _placed(site: Site) -> Iterator[str]:
    """Where a site lies, against what it says of itself."""
    where = f"sites.geojson: {site.id}"
    if site.geometry is None and site.area_of is None:
        yield f"{where}: geometry: is missing; give a position, or 'area_of' a country"
    if site.geometry is not None and site.area_of is not None:
        yield f"{where}: geometry: stands beside 'area_of'; keep one of them"
    if site.area_part is not None and site.area_of is None:
        yield f"{where}: area_part: stands without 'area_of'; name the country"
    if site.area_of is not None:
        try:
            borders.extent(site.area_of)
        except BordersError as error:
            yield f"{where}: area_of: {error}"
    if not isinstance(site.geometry, Point) or site.country is None:
        return
    lon, lat = site.geometry.x, site.geometry.y
    try:
        west, south, east, north = borders.extent(site.country)
    except BordersError as error:
        yield f"{where}: country: {error}"
        return

    def inside(x: float, y: float) -> bool:
        return west - NEAR_DEG <= x <= east + NEAR_DEG and south - NEAR_DEG <= y <= north + NEAR_DEG

    if not inside(lon, lat):
        hint = (
            "longitude and latitude are swapped; longitude comes first"
            if inside(lat, lon)
            else "check the position or the country"
        )
        yield f"{where}: geometry: [{lon:g}, {lat:g}] lies outside {site.country}; {hint}"
