"""Build ``data/reaches.zip``: what is measured from every area that ranges start at, made once.

Run from the root of the repository after a change of sites, figures or borders (some 20 seconds):

    python scripts/build_reaches.py

A reach from a point is drawn in a millisecond when it is asked for; one from a whole country or a
patrol area takes up to a second, which is too long for a first click. So do the distances from it
to the countries in a table. The file holds nothing that ``geo.reach`` would not draw, or
``geo.separation`` measure, again: each is looked up by the origin's geometry and the distance, or
the country and its area, so that one which is missing or no longer fits is simply made.
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import shapely

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo import borders
from geo.catalogue import DRAWN, Catalogue, load
from geo.origin import place_of
from geo.reach import reach_of
from geo.reaches import KEPT, country_name, distances_name, kept_name
from geo.separation import measured_km

FIXED = (2026, 11, 22, 0, 0, 0)  # so that the same content makes the same file


def wanted(catalogue: Catalogue) -> dict[str, tuple[bytes, float]]:
    """Every area and distance that a map can ask for, by the name it is kept under."""
    found: dict[str, tuple[bytes, float]] = {}
    for system, figure in catalogue.figures.values():
        if figure.quantity not in DRAWN or figure.id not in catalogue.offer.figures:
            continue
        sites = catalogue.starts_of(system.id)
        if system.launch_area:
            sites = tuple(
                catalogue.sites[item] for item in catalogue.offer.origins[system.launch_area]
            )
        low = (figure.low_km,) if figure.is_band else ()
        for site in sites:
            for view in borders.VIEWS:
                place = place_of(site, view)
                if place.geom_type == "Point":
                    continue
                origin = shapely.to_wkb(place)
                for km in (figure.reach_km, *low):
                    if km is not None:
                        found[kept_name(origin, km)] = (origin, km)
    return found


def origins(catalogue: Catalogue) -> dict[str, bytes]:
    """Every area whose distances to countries are kept, by the name they are kept under."""
    return {distances_name(origin): origin for origin, _ in wanted(catalogue).values()}


def distances(origin: bytes) -> dict[str, float]:
    """Kilometres from an area to every country of both border views, by `country_name`."""
    drawn = {
        country_name(country.iso3, country.name, country.area_km2): country
        for view in borders.VIEWS
        for country in borders.countries(view)
    }
    return {name: measured_km(origin, country) for name, country in drawn.items()}


def main() -> None:
    """Make them all and write the file."""
    catalogue = load()
    made: dict[str, bytes] = {}
    for name, (origin, km) in wanted(catalogue).items():
        made[name] = shapely.to_wkb(reach_of(shapely.from_wkb(origin), km * 1000))
    for name, origin in origins(catalogue).items():
        made[name] = json.dumps(distances(origin), ensure_ascii=False).encode()
    with zipfile.ZipFile(KEPT, "w") as file:
        for name, content in sorted(made.items()):
            file.writestr(zipfile.ZipInfo(name, FIXED), content, zipfile.ZIP_DEFLATED, 9)
    print(f"{KEPT.name}: {len(made)} files, {KEPT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
