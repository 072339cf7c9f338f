"""Draw the pictures of README and the gallery with the app's own code.

Run after a change of the data or the style::

    python scripts/build_pictures.py

A test draws them again and compares.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo import figure, gazetteer
from geo.caption import compose
from geo.catalogue import load
from geo.figure import Order, Picture
from geo.laydown import resolve
from geo.link import parse
from geo.scenario import Scenario, default

DOCS = Path(__file__).resolve().parent.parent / "docs"
FIRST_SCREEN = DOCS / "first-screen.png"
#: Pixels an inch of each format: enough for a page, small enough for a repository.
DPI: Mapping[str, float] = {"16:9": 84, "1:1": 108, "4:5": 108, "column": 150, "a4": 88}

#: Pictures of the gallery: file, scene ("" is the first screen), order, and the map it is drawn on.
TABRIZ = {"projection": "true-range", "centre": "tabriz"}
GALLERY: tuple[tuple[str, str, Order, Mapping[str, object]], ...] = (
    ("slide.png", "declared-assessed", Order("16:9"), {}),
    ("square-true-range.png", "ghadr-origin", Order("1:1"), TABRIZ),
    ("portrait-globe.png", "inf-band", Order("4:5"), {"projection": "globe"}),
    ("column-grey.png", "", Order("column", "grey"), {}),
    ("column-flat-circle.png", "", Order("column"), {"flat": True}),
    ("page-equal-area.png", "enlargement", Order("a4"), {"projection": "equal-area"}),
)  # fmt: skip


def first_screen() -> bytes:
    """Draw what a reader sees first."""
    return drawn("", Order(), {}).file("png", DPI["16:9"])


def gallery(name: str) -> bytes:
    """Draw one picture of the gallery."""
    scene, order, changes = next(row[1:] for row in GALLERY if row[0] == name)
    return drawn(scene, order, changes).file("png", DPI[order.format])


def drawn(scene: str, order: Order, changes: Mapping[str, object]) -> Picture:
    """Draw a scene, or the first screen, on some map."""
    catalogue = load()
    scenario: Scenario = default(catalogue.offer)
    for one in catalogue.scenes:
        if one.id == scene:
            choices = {key: [value] for key, value in one.choices.items()}
            scenario, _ = parse(choices, catalogue.offer)
    laydown = resolve(catalogue, replace(scenario, **changes))  # type: ignore[arg-type]
    capitals = gazetteer.capitals(catalogue.cities, catalogue.people)
    return figure.draw(laydown, compose(catalogue, laydown), capitals, order)


if __name__ == "__main__":
    FIRST_SCREEN.write_bytes(first_screen())
    (DOCS / "gallery").mkdir(exist_ok=True)
    for row in GALLERY:
        (DOCS / "gallery" / row[0]).write_bytes(gallery(row[0]))
