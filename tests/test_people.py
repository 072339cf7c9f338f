"""People: one UN figure a country, and its note where the drawn polygon is another area."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from geo import borders

ROOT = Path(__file__).resolve().parent.parent

# World Population Prospects 2024 as in the R package wpp2024 (github.com/PPgp/wpp2024,
# data-raw/popprojMed.txt): thousands at the end of 2024 and of 2025; 1 July 2025 lies between.
WORLD = (8196980.849, 8266245.291)
ENDS = {
    "BRA": (212422.689, 213202.121),
    "DNK": (5990.921, 6014.093),
    "FIN": (5622.577, 5624.082),
    "GBR": (69353.34, 69749.323),
    "GRC": (9959.112, 9918.577),
    "NOR": (5603.541, 5642.601),
    "UKR": (38279.183, 39681.57),
}
# People, in the same input, of the seven places that the atlas does not draw apart.
UNDRAWN = 2_281_289
NO_FIGURE = {"ALA", "ATA", "ATF", "CCK", "CXR", "HMD", "IOT", "NFK", "PCN", "SGS", "UMI"}
EUROPE = (
    "ALB AND AUT BEL BGR BIH BLR CHE CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IRL ISL ITA "
    "LIE LTU LUX LVA MCO MDA MKD MLT MNE NLD NOR POL PRT ROU RUS SMR SRB SVK SVN SWE TUR UKR VAT "
    "XKX"
)


@pytest.fixture(scope="module")
def people() -> dict[str, dict[str, str]]:
    with (ROOT / "data" / "people.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row["iso3"] for row in rows]
    assert codes == sorted(set(codes))
    return {row["iso3"]: row for row in rows}


def thousands(ends: tuple[float, float]) -> float:
    return sum(ends) / 2


def test_columns_year_and_kind(people: dict[str, dict[str, str]]) -> None:
    for row in people.values():
        assert list(row) == ["iso3", "people", "year", "kind", "un_code", "note"]
        assert int(row["people"]) > 0
        assert (row["year"], row["kind"]) == ("2025", "projection")
        assert row["note"] == row["note"].strip()
    assert len({row["un_code"] for row in people.values()}) == len(people)


def test_every_entity_drawn_has_a_figure_or_is_known_to_have_none(
    people: dict[str, dict[str, str]],
) -> None:
    assert people.keys() | NO_FIGURE == borders.codes()
    assert not people.keys() & NO_FIGURE


def test_europe_and_the_alliance_are_complete(people: dict[str, dict[str, str]]) -> None:
    members = json.loads((ROOT / "data" / "memberships.json").read_text(encoding="utf-8"))
    assert set(EUROPE.split()) <= people.keys()
    assert {member["iso3"] for member in members["memberships"]} <= people.keys()


def test_the_sum_is_the_world_without_what_is_not_drawn_apart(
    people: dict[str, dict[str, str]],
) -> None:
    total = sum(int(row["people"]) for row in people.values())
    assert total + UNDRAWN == pytest.approx(1000 * thousands(WORLD), abs=1000)


@pytest.mark.parametrize("iso3", ENDS)
def test_a_figure_is_that_of_another_copy(people: dict[str, dict[str, str]], iso3: str) -> None:
    assert int(people[iso3]["people"]) == pytest.approx(1000 * thousands(ENDS[iso3]), abs=30)


@pytest.mark.parametrize(
    ("iso3", "word"),
    [
        ("AUS", "Norfolk"), ("CHN", "Taiwan"), ("CYP", "Northern Cyprus"), ("FIN", "Åland"),
        ("FRA", "Mayotte"), ("ISR", "East Jerusalem"), ("MAR", "Western Sahara"),
        ("NLD", "Bonaire"), ("NOR", "Svalbard"), ("NZL", "Tokelau"), ("PSE", "East Jerusalem"),
        ("RUS", "Crimea"), ("SOM", "Somaliland"), ("SRB", "Kosovo"), ("SYR", "Golan"),
        ("TWN", "status"), ("UKR", "Crimea"), ("XKX", "status"),
    ],
)  # fmt: skip
def test_a_figure_for_another_area_says_so(
    people: dict[str, dict[str, str]], iso3: str, word: str
) -> None:
    assert word in people[iso3]["note"]


@pytest.mark.parametrize(
    ("place", "lon", "lat", "de_jure", "de_facto"),
    [
        ("French Guiana", -53.0, 4.0, "FRA", "FRA"),
        ("Bonaire", -68.27, 12.18, "NLD", "NLD"),
        ("Svalbard", 16.0, 78.5, "NOR", "NOR"),
        ("Mariehamn", 19.95, 60.25, "ALA", "ALA"),
        ("Norfolk Island", 167.95, -29.03, "NFK", "NFK"),
        ("Crimea", 34.3, 45.2, "UKR", "RUS"),
        ("Northern Cyprus", 33.6, 35.3, "CYP", None),
        ("Western Sahara", -13.0, 25.0, "ESH", "MAR"),
        ("Somaliland", 44.5, 9.8, "SOM", None),
        ("East Jerusalem", 35.24, 31.79, "ISR", "ISR"),
        ("Golan", 35.8, 33.0, "SYR", "ISR"),
        ("Kosovo", 21.0, 42.6, "XKX", "XKX"),
        ("Transnistria", 29.6, 46.85, "MDA", "MDA"),
        ("Abkhazia", 41.0, 43.0, "GEO", "GEO"),
        ("Nagorno-Karabakh", 46.75, 39.82, "AZE", "AZE"),
    ],
)
def test_the_notes_describe_what_is_drawn(
    place: str, lon: float, lat: float, de_jure: str, de_facto: str | None
) -> None:
    for view, iso3 in ((borders.DE_JURE, de_jure), (borders.DE_FACTO, de_facto)):
        found = borders.country_at(lon, lat, view)
        assert found is not None and found.iso3 == iso3, place
