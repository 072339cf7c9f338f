"""Cities: every capital is in its country, and nothing is listed twice."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import shapely
from pyproj import Geod

from geo import borders

ROOT = Path(__file__).resolve().parent.parent
SHORE_KM = 10.0


@pytest.fixture(scope="module")
def cities() -> list[dict[str, str]]:
    with (ROOT / "data" / "cities.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_columns_and_numbers(cities: list[dict[str, str]]) -> None:
    assert list(cities[0]) == ["geonameid", "name", "iso3", "lon", "lat", "capital", "note"]
    numbers = [city["geonameid"] for city in cities]
    assert len(set(numbers)) == len(numbers)
    for city in cities:
        assert -180 <= float(city["lon"]) <= 180
        assert -90 <= float(city["lat"]) <= 90
        assert city["capital"] in ("true", "false")
        assert city["name"] == city["name"].strip() != ""


def test_every_city_is_in_or_by_its_country(cities: list[dict[str, str]]) -> None:
    geod = Geod(ellps="WGS84")
    for city in cities:
        point = shapely.Point(float(city["lon"]), float(city["lat"]))
        shape = borders.country(city["iso3"], borders.DE_JURE).geometry
        if not shape.covers(point):
            km = geod.geometry_length(shapely.shortest_line(point, shape)) / 1000
            assert km <= SHORE_KM, city


def test_every_state_has_one_capital(cities: list[dict[str, str]]) -> None:
    capitals = [city["iso3"] for city in cities if city["capital"] == "true"]
    states = {c.iso3 for c in borders.countries(borders.DE_JURE) if c.status == "country"}
    assert len(set(capitals)) == len(capitals)
    assert set(capitals) == states | {"XKX", "TWN", "PSE"}


@pytest.mark.parametrize("iso3", ["ISR", "PSE", "NLD", "BOL", "ZAF"])
def test_split_and_disputed_seats_have_a_note(cities: list[dict[str, str]], iso3: str) -> None:
    found = [c for c in cities if c["iso3"] == iso3 and c["capital"] == "true"]
    assert found[0]["note"]
