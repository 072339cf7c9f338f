"""Each rule broken is named with file, record and field."""

from __future__ import annotations

import math

import pytest

from tests.breaks import (
    Break,
    claim,
    doubled,
    figure,
    placed,
    problems,
    scene,
    second_figure,
    site,
    source,
    text,
    without_phase_4,
)
from tests.broken import by_id, copied, edit, feature

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
