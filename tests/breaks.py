"""Ways to break a data folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from geo.catalogue import load
from geo.errors import CatalogueError
from tests.broken import by_id, edit, feature, rewrite

Break = Callable[[Path], object]


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as caught:
        load(folder)
    for line in caught.value.problems:
        assert line in str(caught.value)
    return caught.value.problems


def site(name: str, **changes: object) -> Break:
    return partial(_change, "sites.geojson", "features", name, changes)


def system(name: str, **changes: object) -> Break:
    return partial(_change, "systems.json", "systems", name, changes)


def source(name: str, **changes: object) -> Break:
    return partial(_change, "sources.json", "sources", name, changes)


def figure(**changes: object) -> Break:
    def change(found: Any) -> None:
        by_id(found["systems"], "iran-declared-limit")["figures"][0].update(changes)

    return lambda folder: edit(folder, "systems.json", change)


def placed(*coordinates: float) -> Break:
    def change(found: Any) -> None:
        feature(found, "deveselu")["geometry"]["coordinates"] = list(coordinates)

    return lambda folder: edit(folder, "sites.geojson", change)


def text(name: str, old: str, new: str) -> Break:
    def change(found: str) -> str:
        assert old in found
        return found.replace(old, new, 1)

    return lambda folder: rewrite(folder, name, change)


def doubled(name: str, key: str) -> Break:
    return lambda folder: edit(folder, name, lambda found: found[key].append(found[key][0]))


def _change(name: str, key: str, record: str, changes: dict[str, object], folder: Path) -> None:
    edit(folder, name, lambda found: by_id(found[key], record).update(changes))


def claim(folder: Path) -> None:
    added = {
        "id": "paper-under-test",
        "title": "A paper",
        "publisher": "A journal",
        "role": "claim",
    }
    edit(folder, "sources.json", lambda found: found["sources"].append(added))
    figure(source="paper-under-test")(folder)


def second_figure(folder: Path) -> None:
    def change(found: Any) -> None:
        figures = by_id(found["systems"], "iran-declared-limit")["figures"]
        figures[1]["id"] = figures[0]["id"]

    edit(folder, "systems.json", change)


def without_phase_4(found: Any) -> None:
    found["phases"] = [row for row in found["phases"] if row["number"] != 4]


def scene(**changes: object) -> Break:
    return lambda folder: edit(
        folder, "scenes/third-site.json", lambda found: found["choices"].update(changes)
    )


# How the folder is broken, and words of one line of the message: file, record, field, fault.
