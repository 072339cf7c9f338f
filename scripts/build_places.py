"""Write the two other files the web map fetches once: place names, and the sheet of symbols.

Run after ``build_borders.py`` and ``build_cities.py``::

    python scripts/build_places.py

Country names stand at the centre of the largest circle inside the country's largest part;
capitals stand at their gazetteer points. Where names meet, that of more people goes first, and a
capital before its own country. Old files of either kind are deleted.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from pathlib import Path

import shapely

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo import basemap, borders, symbols
from geo.catalogue import load

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"

#: Smallest country, in square degrees, whose name is written.
SMALLEST = 1.5
#: So much a capital goes before a country of as many people; deck.gl counts to 1,000.
CAPITAL = 30
#: Height of the room of a name on the map: a capital's, a country's, one's in two lines.
CAPITAL_PX, COUNTRY_PX, LONG_PX = 30, 16, 28
#: A country's name with more letters is written in two lines.
LONG = 13


def rank(iso3: str) -> int:
    """Place of a country in the order of names: a hundred for every tenfold of its people."""
    people = load().people.get(iso3)
    return round(100 * math.log10(people.people)) if people else 0


def country_names() -> list[dict[str, object]]:
    """Names of countries."""
    rows = []
    for iso3, name, geometry in basemap.features(borders.DE_JURE):
        if iso3 is None or geometry.area < SMALLEST or geometry.is_empty:
            continue
        largest = max(shapely.get_parts(geometry), key=lambda part: part.area)
        centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, 0.05))[0]
        rows.append(
            {
                "at": [round(float(value), 2) for value in centre],
                "name": name.upper(),
                "kind": "country",
                "rank": rank(iso3),
                "px": LONG_PX if len(name) > LONG and " " in name else COUNTRY_PX,
            }
        )
    return rows


def capital_names() -> list[dict[str, object]]:
    """Names of capitals."""
    return [
        {
            "at": [round(city.lon, 3), round(city.lat, 3)],
            "name": city.name,
            "kind": "capital",
            "rank": rank(city.iso3) + CAPITAL,
            "px": CAPITAL_PX,
        }
        for city in load().cities
        if city.capital
    ]


def write(stem: str, suffix: str, text: str) -> str:
    """Write a file named by its content and delete its predecessors."""
    name = f"{stem}-{hashlib.sha256(text.encode()).hexdigest()[:8]}.{suffix}"
    for old in STATIC.glob(f"{stem}-*.{suffix}"):
        old.unlink()
    (STATIC / name).write_text(text, encoding="utf-8")
    return name


def main() -> None:
    """Write both files and say their names."""
    rows = [*capital_names(), *country_names()]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    print(write("places", "json", f"[\n{lines}\n]\n"))
    print(write("symbols", "svg", symbols.symbol_sheet()))


if __name__ == "__main__":
    main()
