"""Copies of the shipped data folder with one thing broken in each."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geo.catalogue import DATA

#: What `geo.catalogue` reads; the borders stay where they are.
FILES = (
    "edition.json",
    "sources.json",
    "systems.json",
    "sites.geojson",
    "phases.json",
    "events.json",
    "memberships.json",
    "claims.json",
    "terms.json",
    "cities.csv",
    "people.csv",
)


def copied(folder: Path) -> Path:
    """Copy the data into a folder, and give the folder."""
    for name in FILES:
        shutil.copy(DATA / name, folder / name)
    shutil.copytree(DATA / "scenes", folder / "scenes")
    return folder


def document(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def edit(folder: Path, name: str, change: Callable[[Any], object]) -> None:
    """Rewrite one JSON file after a change made in place."""
    found = document(folder, name)
    change(found)
    # NaN is written as it is, which JSON does not know
    (folder / name).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def rewrite(folder: Path, name: str, change: Callable[[str], str]) -> None:
    """Rewrite one file as text."""
    path = folder / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def by_id(rows: list[dict[str, Any]], wanted: str) -> dict[str, Any]:
    """Give the record, or the properties of the feature, of that id."""
    flat = [row.get("properties", row) for row in rows]
    return next(row for row in flat if row["id"] == wanted)


def feature(document: dict[str, Any], wanted: str) -> dict[str, Any]:
    """Give the whole GeoJSON feature of that id."""
    return next(row for row in document["features"] if row["properties"]["id"] == wanted)
