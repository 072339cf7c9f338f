"""The shipped data load; each broken folder is refused by file, record, field and fault."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from geo import gazetteer, model, vocabulary
from geo.catalogue import DATA, DEFAULT_FIGURE, Catalogue, load
from geo.claim import Claim
from geo.errors import AtlasError, CatalogueError
from tests.broken import FILES, by_id, copied, document, edit, feature, rewrite

Break = Callable[[Path], object]


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as caught:
        load(folder)
    for line in caught.value.problems:
        assert line in str(caught.value)
    return caught.value.problems


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load()


def test_the_shipped_data_load(shipped):
    counts = {
        "sites": len(shipped.sites),
        "systems": len(shipped.systems),
        "sources": len(shipped.sources),
        "figures": len(shipped.figures),
        "history": len(shipped.history),
        "memberships": len(shipped.memberships),
        "cities": len(shipped.cities),
        "scenes": len(shipped.scenes),
    }
    assert min(counts.values()) > 0, counts
    assert [phase.number for phase in shipped.phases] == [1, 2, 3, 4]


def test_no_record_of_the_shipped_files_is_lost(shipped):
    assert len(shipped.sites) == len(document(DATA, "sites.geojson")["features"])
    assert len(shipped.systems) == len(document(DATA, "systems.json")["systems"])
    assert len(shipped.sources) == len(document(DATA, "sources.json")["sources"])
    assert len(shipped.scenes) == len(list((DATA / "scenes").glob("*.json")))


def test_every_shipped_figure_resolves_to_a_publication(shipped):
    for name, (system, figure) in shipped.figures.items():
        assert figure.id == name
        assert figure in system.figures
        assert shipped.sources[figure.source].role != "claim"
        assert 0 < figure.reach_km <= vocabulary.FARTHEST_KM


def test_every_system_of_a_site_and_a_phase_resolves(shipped):
    held = {name for site in shipped.sites.values() for name in site.systems}
    brought = {name for phase in shipped.phases for name in phase.systems}
    assert held
    assert brought
    assert held | brought <= set(shipped.systems)


def test_the_offer_holds_what_can_be_drawn_and_nothing_else(shipped):
    offer = shipped.offer
    assert offer.default_figures == {DEFAULT_FIGURE}
    assert offer.default_figures <= offer.figures <= set(shipped.figures)
    for name in offer.figures:
        system, figure = shipped.figures[name]
        assert figure.on_map
        assert figure.quantity in {"range", "radar range"}
        assert system.launch_area in offer.origins or shipped.sites_with(system.id)
    for area, ids in offer.origins.items():
        assert ids
        assert {shipped.sites[site].launch_area for site in ids} == {area}
    assert offer.as_of == shipped.edition.as_of.last
    assert {"deveselu", "phase-1", "ghadr-1"} <= offer.dossiers


def test_members_are_counted_by_day(shipped):
    assert "FIN" not in shipped.members("NATO", dt.date(2023, 4, 3))
    assert "FIN" in shipped.members("NATO", dt.date(2023, 4, 4))
    assert len(shipped.members("NATO", dt.date(2026, 11, 21))) == 32
    assert "GBR" in shipped.members("EU", dt.date(2020, 1, 30))
    assert "GBR" not in shipped.members("EU", dt.date(2020, 2, 1))


def test_a_copy_of_the_shipped_data_loads_the_same(tmp_path, shipped):
    assert load(copied(tmp_path)) == shipped


def site(name: str, **changes: object) -> Break:
    return partial(_change, "sites.geojson", "features", name, changes)


def system(name: str, **changes: object) -> Break:
    return partial(_change, "systems.json", "systems", name, changes)


def source(name: str, **changes: object) -> Break:
    return partial(_change, "sources.json", "sources", name, changes)


def figure(**changes: object) -> Break:
    def change(found: Any) -> None:
        by_id(found["systems"], "iran-declared-limit")["figures"][0].update(changes)

    return lambda folder: edit(folder, "systems.json", change)


def placed(*coordinates: float) -> Break:
    def change(found: Any) -> None:
        feature(found, "deveselu")["geometry"]["coordinates"] = list(coordinates)

    return lambda folder: edit(folder, "sites.geojson", change)


def text(name: str, old: str, new: str) -> Break:
    def change(found: str) -> str:
        assert old in found
        return found.replace(old, new, 1)

    return lambda folder: rewrite(folder, name, change)


def doubled(name: str, key: str) -> Break:
    return lambda folder: edit(folder, name, lambda found: found[key].append(found[key][0]))


def _change(name: str, key: str, record: str, changes: dict[str, object], folder: Path) -> None:
    edit(folder, name, lambda found: by_id(found[key], record).update(changes))


def claim(folder: Path) -> None:
    added = {
        "id": "paper-under-test",
        "title": "A paper",
        "publisher": "A journal",
        "role": "claim",
    }
    edit(folder, "sources.json", lambda found: found["sources"].append(added))
    figure(source="paper-under-test")(folder)


def second_figure(folder: Path) -> None:
    def change(found: Any) -> None:
        figures = by_id(found["systems"], "iran-declared-limit")["figures"]
        figures[1]["id"] = figures[0]["id"]

    edit(folder, "systems.json", change)


def without_phase_4(found: Any) -> None:
    found["phases"] = [row for row in found["phases"] if row["number"] != 4]


def scene(**changes: object) -> Break:
    return lambda folder: edit(
        folder, "scenes/third-site.json", lambda found: found["choices"].update(changes)
    )


# How the folder is broken, and words of one line of the message: file, record, field, fault.
RULES: dict[str, tuple[Break, tuple[str, ...]]] = {
    "wrong field name": (
        site("deveselu", contry="ROU"),
        ("sites.geojson: deveselu: contry: is not a field of this record",),
    ),
    "wrong type": (
        site("deveselu", phases="2"),
        ("sites.geojson: deveselu: phases: '2': input should be a valid array",),
    ),
    "yes for a boolean": (
        figure(confirmed="yes"),
        ("systems.json: iran-declared-limit: figures.0.confirmed: 'yes'", "valid boolean"),
    ),
    "a word outside its list": (
        site("deveselu", kind="castle"),
        ("sites.geojson: deveselu: kind: 'castle' is not one of 'interceptor site'",),
    ),
    "unknown source": (
        site("deveselu", sources=["nobody-2020"]),
        ("sites.geojson: deveselu: source", "'nobody-2020' is not in sources.json; add it there"),
    ),
    "unknown source of a figure": (
        figure(source="nobody-2020"),
        ("systems.json: iran-declared-limit", "'nobody-2020' is not in sources.json"),
    ),
    "figure from a claim under test": (
        claim,
        ("systems.json: iran-declared-limit: source: 'paper-under-test' is a claim under test",),
    ),
    "unknown system of a site": (
        site("deveselu", systems=["sm-9"]),
        ("sites.geojson: deveselu: systems: 'sm-9' is not in systems.json",),
    ),
    "unknown system of a phase": (
        text("phases.json", '"systems": ["sm-3-ia"', '"systems": ["sm-9", "sm-3-ia"'),
        ("phases.json: 1: systems: 'sm-9' is not in systems.json",),
    ),
    "one site twice": (
        doubled("sites.geojson", "features"),
        ("sites.geojson: ", ": id: stands 2 times; give each record its own"),
    ),
    "one system twice": (
        doubled("systems.json", "systems"),
        ("systems.json: ", ": id: stands 2 times; give each record its own"),
    ),
    "one source twice": (
        doubled("sources.json", "sources"),
        ("sources.json: ", ": id: stands 2 times; give each record its own"),
    ),
    "one figure twice": (
        second_figure,
        ("systems.json: iran-limit-2017: id: stands 2 times; links need one each",),
    ),
    "first figure renamed": (
        figure(id="iran-limit"),
        ("systems.json: iran-limit-2017: is missing; the first screen draws it",),
    ),
    "off the earth": (
        placed(244.164, 44.0773),
        ("sites.geojson: deveselu: geometry: position [244.164, 44.0773] is not on Earth",),
    ),
    "swapped": (
        placed(44.0773, 24.4164),
        (
            "sites.geojson: deveselu: geometry: [44.0773, 24.4164] lies outside ROU",
            "longitude and latitude are swapped; longitude comes first",
        ),
    ),
    "in another country": (
        placed(2.35, 48.85),
        ("sites.geojson: deveselu: geometry:", "outside ROU; check the position or the country"),
    ),
    "no position at all": (
        lambda folder: edit(
            folder,
            "sites.geojson",
            lambda found: feature(found, "deveselu").update(geometry=None),
        ),
        ("sites.geojson: deveselu: geometry: is missing; give a position",),
    ),
    "unknown country": (
        site("deveselu", country="XYZ"),
        ("sites.geojson: deveselu: country: country code 'XYZ'",),
    ),
    "area of an unknown country": (
        site("iran", area_of="XYZ"),
        ("sites.geojson: iran: area_of: country code 'XYZ'",),
    ),
    "two areas": (
        site("deveselu", area_of="ROU"),
        ("sites.geojson: deveselu: geometry: stands beside 'area_of'; keep one of them",),
    ),
    "a part of no area": (
        site("deveselu", area_part=[24.4, 44.1]),
        ("sites.geojson: deveselu: area_part: stands without 'area_of'; name the country",),
    ),
    "NaN": (
        figure(high_km=math.nan),
        ("systems.json: is not JSON (NaN is not a number that JSON knows)",),
    ),
    "infinity": (
        placed(math.inf, 44.0),
        ("sites.geojson: is not JSON (Infinity is not a number that JSON knows)",),
    ),
    "a number too large for any computer": (
        text("systems.json", '"high_km": 2000', '"high_km": 1e999'),
        ("systems.json: iran-declared-limit: figures.0.high_km: inf",),
    ),
    "low above high": (
        figure(low_km=2500),
        ("systems.json: iran-declared-limit: figures.0: low_km 2500 exceeds high_km 2000",),
    ),
    "no distance": (
        figure(high_km=None),
        ("systems.json: iran-declared-limit: figures.0: low_km and high_km are both missing",),
    ),
    "bad date": (
        figure(date="early 2007"),
        ("systems.json: iran-declared-limit: figures.0.date: 'early 2007' is not a date",),
    ),
    "a day that never was": (
        lambda folder: edit(
            folder,
            "events.json",
            lambda found: by_id(found["events"], "epaa-announced").update(date="2009-09-31"),
        ),
        ("events.json: epaa-announced: date: day",),
    ),
    "a date without quotes": (
        text("memberships.json", '"1949-04-04"', "1949"),
        ("memberships.json: record 1: joined: 1949 is not a date", "in quotes"),
    ),
    "bad edition": (
        text("edition.json", "2026.11", "November"),
        ("edition.json: document: version: 'November'",),
    ),
    "bad address": (
        source("white-house-2009-epaa", url="www.bespacific.com"),
        ("sources.json: white-house-2009-epaa: url: 'www.bespacific.com'",),
    ),
    "phase 4 missing": (
        lambda folder: edit(folder, "phases.json", without_phase_4),
        ("phases.json: phase 4 is missing; all four belong to the plan",),
    ),
    "record is no record": (
        lambda folder: edit(
            folder, "events.json", lambda found: found["events"].insert(0, "a note")
        ),
        ("events.json: record 1: record: 'a note'",),
    ),
    "scene with an unknown choice": (
        scene(frame="mars"),
        ("scenes/third-site.json: third-site: choices:", "frame=mars is not a choice"),
    ),
    "scene with an unknown key": (
        scene(colour="red"),
        ("scenes/third-site.json: third-site: choices:", "'colour' is not a choice"),
    ),
    "scene with an unknown figure": (
        scene(show="shahab-9"),
        ("scenes/third-site.json: third-site: choices:", "show=shahab-9"),
    ),
    "scene of another edition": (
        scene(v="2020.1"),
        ("scenes/third-site.json: third-site: choices:", "data edition 2020.1"),
    ),
    "scene under another name": (
        lambda folder: (folder / "scenes/third-site.json").rename(folder / "scenes/first.json"),
        ("scenes/first.json: third-site: id: is not the file's name",),
    ),
    "latitude in words": (
        text("cities.csv", "34.52813", "34 N"),
        ("cities.csv: line 2: lat: '34 N': input should be a valid number",),
    ),
    "longitude of a city off the earth": (
        text("cities.csv", "69.17233", "691.7233"),
        ("cities.csv: line 2: lon: 691.7233", "less than or equal to 180"),
    ),
    "number of a city in words": (
        text("cities.csv", "1138958", "Kabul"),
        ("cities.csv: line 2: geonameid: 'Kabul'", "valid integer"),
    ),
    "capital neither true nor false": (
        text("cities.csv", "34.52813,true", "34.52813,yes"),
        ("cities.csv: line 2: capital: 'yes'", "valid boolean"),
    ),
    "renamed column": (
        text("cities.csv", "iso3", "country"),
        ("cities.csv: line 2: iso3: is missing; add it",),
    ),
}


@pytest.mark.parametrize(("broken", "words"), RULES.values(), ids=RULES)
def test_a_broken_rule_is_named_with_file_record_and_field(tmp_path, broken, words):
    broken(copied(tmp_path))
    found = problems(tmp_path)
    assert any(all(word in line for word in words) for line in found), found


@pytest.mark.parametrize(
    "name",
    [
        "wrong field name",
        "unknown system of a site",
        "swapped",
        "low above high",
        "phase 4 missing",
        "latitude in words",
        "figure from a claim under test",
    ],
)
def test_one_mistake_is_one_line(tmp_path, name):
    RULES[name][0](copied(tmp_path))
    assert len(problems(tmp_path)) == 1


# File, the list of its records, and their type.
RECORDS = {
    "edition.json": (None, model.Edition),
    "sources.json": ("sources", model.Source),
    "systems.json": ("systems", model.System),
    "sites.geojson": ("features", model.Site),
    "phases.json": ("phases", model.Phase),
    "events.json": ("events", model.HistoryEvent),
    "memberships.json": ("memberships", gazetteer.Membership),
    "claims.json": ("claims", Claim),
    "scenes/third-site.json": (None, model.Scene),
}
REQUIRED = [
    (name, field)
    for name, (_, kind) in RECORDS.items()
    for field, info in kind.model_fields.items()
    if info.is_required()
]


@pytest.mark.parametrize(("name", "field"), REQUIRED, ids=[f"{n} {f}" for n, f in REQUIRED])
def test_a_missing_field_is_named_with_its_file(tmp_path, name, field):
    key = RECORDS[name][0]
    # a record is called by its id while it has one
    labels = ["document" if key is None else "record 1"]

    def drop(found: Any) -> None:
        record = found if key is None else found[key][0]
        record = record.get("properties", record)
        del record[field]
        if key is not None and "id" in record:
            labels[0] = record["id"]

    edit(copied(tmp_path), name, drop)
    assert problems(tmp_path) == (f"{name}: {labels[0]}: {field}: is missing; add it",)


@pytest.mark.parametrize("column", ["geonameid", "name", "iso3", "lon", "lat", "capital"])
def test_an_empty_cell_of_the_cities_is_named_with_its_line(tmp_path, column):
    def blank(found: str) -> str:
        head, first, rest = found.split("\n", 2)
        cells = first.split(",")
        cells[head.strip().split(",").index(column)] = ""
        return "\n".join([head, ",".join(cells), rest])

    rewrite(copied(tmp_path), "cities.csv", blank)
    (line,) = problems(tmp_path)
    assert line.startswith(f"cities.csv: line 2: {column}: ")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path, name):
    (copied(tmp_path) / name).unlink()
    assert f"{name}: the file is missing; restore it from the repository" in problems(tmp_path)


@pytest.mark.parametrize("name", list(RECORDS))
@pytest.mark.parametrize(
    "spoilt", [lambda text: text[: len(text) // 2], lambda text: "<html>" + text], ids=["cut", "no"]
)
def test_a_file_that_is_not_json_is_named(tmp_path, name, spoilt):
    rewrite(copied(tmp_path), name, spoilt)
    (line,) = [line for line in problems(tmp_path) if line.startswith(name)]
    assert line.startswith(f"{name}: is not JSON (")
    assert line.endswith("check the line it names")


def test_a_file_in_another_encoding_is_named(tmp_path):
    (copied(tmp_path) / "events.json").write_bytes("Kürecik".encode("latin-1"))
    (line,) = problems(tmp_path)
    assert line.startswith("events.json: cannot be read")
    assert line.endswith("save it as UTF-8 text")


@pytest.mark.parametrize("name", [name for name, (key, _) in RECORDS.items() if key])
@pytest.mark.parametrize("rest", [{}, [], {"features": {}}], ids=["empty", "a list", "no list"])
def test_a_missing_list_is_named(tmp_path, name, rest):
    (copied(tmp_path) / name).write_text(json.dumps(rest), encoding="utf-8")
    assert f"{name}: '{RECORDS[name][0]}' is not a list; see data/README.md" in problems(tmp_path)


def test_two_mistakes_are_reported_together(tmp_path):
    copied(tmp_path)
    figure(low_km=2500)(tmp_path)
    placed(244, 44)(tmp_path)
    found = problems(tmp_path)
    assert Counter(line.split(":")[0] for line in found) == {"systems.json": 1, "sites.geojson": 1}
    with pytest.raises(CatalogueError, match=r"^2 problems in the data folder:\n  systems\.json"):
        load(tmp_path)


def test_two_broken_references_are_reported_together(tmp_path):
    copied(tmp_path)
    site("deveselu", systems=["sm-9"])(tmp_path)
    placed(44.0773, 24.4164)(tmp_path)
    assert len(problems(tmp_path)) == 2


def test_an_empty_folder_names_every_file(tmp_path):
    found = problems(tmp_path)
    assert {line.split(":")[0] for line in found} >= set(FILES)


def test_a_catalogue_error_is_an_atlas_error(tmp_path):
    with pytest.raises(AtlasError, match=r"^\d+ problems in the data folder:"):
        load(tmp_path)


def test_a_repaired_folder_loads_again(tmp_path, shipped):
    copied(tmp_path)
    site("deveselu", systems=["sm-9"])(tmp_path)
    assert len(problems(tmp_path)) == 1
    site("deveselu", systems=list(shipped.sites["deveselu"].systems))(tmp_path)
    assert load(tmp_path).sites["deveselu"] == shipped.sites["deveselu"]


#: What the catalogue must hold, by name.
NAMED_SYSTEMS = [
    *("SM-3 Block IA", "SM-3 Block IB", "SM-3 Block IIA", "SM-3 Block IIB", "SMART-L", "SPY-1D"),
    *("Shahab-1", "Shahab-2", "Shahab-3", "Ghadr-1", "Emad", "Sejjil", "Khorramshahr", "Soumar"),
    *("Hoveyzeh", "Joint Threat Assessment", "declared range limit", "Iskander-M", "Iskander-K"),
    *("S-400", "S-300", "Bastion-P", "9M729", "Voronezh-DM", "Don-2N", "A-135", "Daryal"),
    *("Sectoral proposal", "INF Treaty class", "EuroMD", "Two-stage Ground-Based", "ICBM"),
]
NAMED_SITES = [
    *("Deveselu", "Redzikowo", "Kürecik", "Rota", "Ramstein", "Monterey", "Fort Greely"),
    *("Vandenberg", "Den Helder", "Korsør", "Fylingdales", "Pituffik", "Israel", "Brdy"),
    *("Pionersky", "Armavir", "Gabala", "Sofrino", "Eastern Mediterranean", "Black Sea"),
    *("Barents", "Baltic", "Chernyakhovsk", "Tabriz", "Kermanshah", "Semnan", "Tehran"),
]


@pytest.mark.parametrize("name", NAMED_SYSTEMS)
def test_the_catalogue_holds_the_system(catalogue, name):
    assert any(name.lower() in system.name.lower() for system in catalogue.systems.values())


@pytest.mark.parametrize("name", NAMED_SITES)
def test_the_catalogue_holds_the_site(catalogue, name):
    words = [f"{site.name} {site.label}" for site in catalogue.sites.values()]
    assert any(name.lower() in word.lower() for word in words)


def test_every_rota_destroyer_is_named_with_its_year(catalogue):
    rota = catalogue.sites["rota"]
    told = " ".join(f"{event.text} {event.actual}" for event in rota.events)
    for ship in ("Donald Cook", "Ross", "Porter", "Carney", "Roosevelt", "Arleigh Burke"):
        assert ship in told
    for ship in ("Paul Ignatius", "Bulkeley", "Oscar Austin"):
        assert ship in told


def test_the_history_is_sorted_and_reaches_from_1972_to_this_decade(catalogue):
    dates = [event.date for event in catalogue.history]
    assert dates == sorted(dates)
    assert str(dates[0]) == "1972-05-26"
    assert dates[-1].year >= 2024
    assert len(dates) >= 48


def test_an_unconfirmed_figure_is_never_on_the_first_screen(catalogue):
    for figure_id in catalogue.offer.default_figures:
        assert catalogue.figures[figure_id][1].confirmed


def test_slips_stay_in_the_file_with_a_note_and_off_the_map(catalogue):
    off = [figure for _, figure in catalogue.figures.values() if not figure.on_map]
    assert off
    assert all(figure.note for figure in off)
    for figure_id in ("sm-3-ib-corriere-2022", "sm-3-ia-straightnews"):
        assert figure_id not in catalogue.offer.figures
