"""Files that are missing, cut or no JSON; fields and cells left out."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from geo import gazetteer, model
from geo.catalogue import load
from geo.claim import Claim
from geo.errors import AtlasError, CatalogueError
from tests.breaks import (
    figure,
    placed,
    problems,
    site,
)
from tests.broken import FILES, copied, edit, rewrite

# File, the list of its records, and their type.
RECORDS = {
    "edition.json": (None, model.Edition),
    "sources.json": ("sources", model.Source),
    "systems.json": ("systems", model.System),
    "sites.geojson": ("features", model.Site),
    "phases.json": ("phases", model.Phase),
    "events.json": ("events", model.HistoryEvent),
    "memberships.json": ("memberships", gazetteer.Membership),
    "claims.json": ("claims", Claim),
    "scenes/third-site.json": (None, model.Scene),
}
REQUIRED = [
    (name, field)
    for name, (_, kind) in RECORDS.items()
    for field, info in kind.model_fields.items()
    if info.is_required()
]


@pytest.mark.parametrize(("name", "field"), REQUIRED, ids=[f"{n} {f}" for n, f in REQUIRED])
def test_a_missing_field_is_named_with_its_file(tmp_path, name, field):
    key = RECORDS[name][0]
    # a record is called by its id while it has one
    labels = ["document" if key is None else "record 1"]

    def drop(found: Any) -> None:
        record = found if key is None else found[key][0]
        record = record.get("properties", record)
        del record[field]
        if key is not None and "id" in record:
            labels[0] = record["id"]

    edit(copied(tmp_path), name, drop)
    assert problems(tmp_path) == (f"{name}: {labels[0]}: {field}: is missing; add it",)


@pytest.mark.parametrize("column", ["geonameid", "name", "iso3", "lon", "lat", "capital"])
def test_an_empty_cell_of_the_cities_is_named_with_its_line(tmp_path, column):
    def blank(found: str) -> str:
        head, first, rest = found.split("\n", 2)
        cells = first.split(",")
        cells[head.strip().split(",").index(column)] = ""
        return "\n".join([head, ",".join(cells), rest])

    rewrite(copied(tmp_path), "cities.csv", blank)
    (line,) = problems(tmp_path)
    assert line.startswith(f"cities.csv: line 2: {column}: ")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path, name):
    (copied(tmp_path) / name).unlink()
    assert f"{name}: the file is missing; restore it from the repository" in problems(tmp_path)


@pytest.mark.parametrize("name", list(RECORDS))
@pytest.mark.parametrize(
    "spoilt", [lambda text: text[: len(text) // 2], lambda text: "<html>" + text], ids=["cut", "no"]
)
def test_a_file_that_is_not_json_is_named(tmp_path, name, spoilt):
    rewrite(copied(tmp_path), name, spoilt)
    (line,) = [line for line in problems(tmp_path) if line.startswith(name)]
    assert line.startswith(f"{name}: is not JSON (")
    assert line.endswith("check the line it names")


def test_a_file_in_another_encoding_is_named(tmp_path):
    (copied(tmp_path) / "events.json").write_bytes("Kürecik".encode("latin-1"))
    (line,) = problems(tmp_path)
    assert line.startswith("events.json: cannot be read")
    assert line.endswith("save it as UTF-8 text")


@pytest.mark.parametrize("name", [name for name, (key, _) in RECORDS.items() if key])
@pytest.mark.parametrize("rest", [{}, [], {"features": {}}], ids=["empty", "a list", "no list"])
def test_a_missing_list_is_named(tmp_path, name, rest):
    (copied(tmp_path) / name).write_text(json.dumps(rest), encoding="utf-8")
    assert f"{name}: '{RECORDS[name][0]}' is not a list; see data/README.md" in problems(tmp_path)


def test_two_mistakes_are_reported_together(tmp_path):
    copied(tmp_path)
    figure(low_km=2500)(tmp_path)
    placed(244, 44)(tmp_path)
    found = problems(tmp_path)
    assert Counter(line.split(":")[0] for line in found) == {"systems.json": 1, "sites.geojson": 1}
    with pytest.raises(CatalogueError, match=r"^2 problems in the data folder:\n  systems\.json"):
        load(tmp_path)


def test_two_broken_references_are_reported_together(tmp_path):
    copied(tmp_path)
    site("deveselu", systems=["sm-9"])(tmp_path)
    placed(44.0773, 24.4164)(tmp_path)
    assert len(problems(tmp_path)) == 2


def test_an_empty_folder_names_every_file(tmp_path):
    found = problems(tmp_path)
    assert {line.split(":")[0] for line in found} >= set(FILES)


def test_a_catalogue_error_is_an_atlas_error(tmp_path):
    with pytest.raises(AtlasError, match=r"^\d+ problems in the data folder:"):
        load(tmp_path)


def test_a_repaired_folder_loads_again(tmp_path, catalogue):
    copied(tmp_path)
    site("deveselu", systems=["sm-9"])(tmp_path)
    assert len(problems(tmp_path)) == 1
    site("deveselu", systems=list(catalogue.sites["deveselu"].systems))(tmp_path)
    assert load(tmp_path).sites["deveselu"] == catalogue.sites["deveselu"]
