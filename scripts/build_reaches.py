"""Build ``data/reaches.zip``: the reach of every area that ranges are measured from, made once.

Run from the root of the repository after a change of sites, figures or borders (about a minute):

    python scripts/build_reaches.py

A reach from a point is drawn in a millisecond when it is asked for; one from a whole country or a
patrol area takes up to a second, which is too long for a first click. The file holds nothing that
``geo.reach`` would not draw again: each is looked up by the origin's geometry and the distance, so
that one which is missing or no longer fits is simply drawn.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import shapely

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo import borders
from geo.catalogue import DRAWN, Catalogue, load
from geo.laydown import place_of
from geo.reach import reach_of
from geo.reaches import KEPT, kept_name

FIXED = (2026, 11, 22, 0, 0, 0)  # so that the same content makes the same file


def wanted(catalogue: Catalogue) -> dict[str, tuple[bytes, float]]:
    """Every area and distance that a map can ask for, by the name it is kept under."""
    found: dict[str, tuple[bytes, float]] = {}
    for system, figure in catalogue.figures.values():
        if figure.quantity not in DRAWN or figure.id not in catalogue.offer.figures:
            continue
        sites = catalogue.sites_with(system.id)
        if system.launch_area:
            sites = tuple(
                catalogue.sites[item] for item in catalogue.offer.origins[system.launch_area]
            )
        low = (figure.low_km,) if figure.is_band else ()
        for site in sites:
            if site.kind == "home port":  # ships reach from where they sail
                continue
            for view in borders.VIEWS:
                place = place_of(site, view)
                if place.geom_type == "Point":
                    continue
                origin = shapely.to_wkb(place)
                for km in (figure.reach_km, *low):
                    if km is not None:
                        found[kept_name(origin, km)] = (origin, km)
    return found


def main() -> None:
    """Draw them all and write the file."""
    total = 0
    with zipfile.ZipFile(KEPT, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, (origin, km) in sorted(wanted(load()).items()):
            shape = reach_of(shapely.from_wkb(origin), km * 1000)
            info = zipfile.ZipInfo(name, FIXED)
            file.writestr(info, shapely.to_wkb(shape), zipfile.ZIP_DEFLATED, 9)
            total += 1
    print(f"{KEPT.name}: {total} reaches, {KEPT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
