"""Records of data files, each checked against its model, and everything wrong with them.

Job: files of a data folder to records, every problem kept in words. Ban: no reference between
records is followed, nothing is made up for what is missing.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from geo.model import Scene

__all__ = ["Reader"]

Record = TypeVar("Record", bound=BaseModel)


class Reader:
    """Reads records file by file and keeps a list of everything wrong."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.problems: list[str] = []

    def text(self, name: str) -> str | None:
        """Contents of a file; None if it cannot be read."""
        path = self.directory / name
        try:
            return path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self.problems.append(f"{name}: the file is missing; restore it from the repository")
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(f"{name}: cannot be read ({error}); save it as UTF-8 text")
        return None

    def json(self, name: str) -> Any:
        """What a JSON file holds; None if it cannot be read."""
        text = self.text(name)
        if text is None:
            return None
        try:
            return json.loads(
                text, parse_constant=_refuse_constant, object_pairs_hook=_refuse_twice
            )
        except (ValueError, RecursionError) as error:
            self.problems.append(f"{name}: is not JSON ({error}); check the line it names")
            return None

    def one(self, name: str, kind: type[Record], raw: object, label: str) -> Record | None:
        """One record of a file; None if its model refuses it."""
        try:
            return kind.model_validate_json(json.dumps(raw))
        except ValidationError as error:
            for problem in error.errors():
                where = ".".join(str(part) for part in problem["loc"]) or "record"
                self.problems.append(f"{name}: {label}: {where}: {_plain(problem)}")
            return None

    def document(self, name: str, kind: type[Record]) -> Record | None:
        """A file that is one record."""
        raw = self.json(name)
        return None if raw is None else self.one(name, kind, raw, "document")

    def raw_records(self, name: str, key: str) -> Iterator[tuple[str, object]]:
        """Label and content of each record in a list of a file."""
        document = self.json(name)
        if document is None:
            return
        rows = document.get(key) if isinstance(document, dict) else None
        if not isinstance(rows, list):
            self.problems.append(f"{name}: '{key}' is not a list; see data/README.md")
            return
        for index, row in enumerate(rows):
            record = _from_feature(row) if key == "features" else row
            label = record.get("id") if isinstance(record, dict) else None
            yield (label if isinstance(label, str) else f"record {index + 1}"), record

    def records(self, name: str, key: str, kind: type[Record]) -> tuple[Record, ...]:
        """Every record in a list of a file."""
        read = (self.one(name, kind, raw, label) for label, raw in self.raw_records(name, key))
        return tuple(record for record in read if record is not None)

    def by_id(self, name: str, key: str, kind: type[Record]) -> dict[str, Record]:
        """Every record in a list of a file, by an id that may stand once."""
        raws = list(self.raw_records(name, key))
        for label, times in Counter(label for label, _ in raws).items():
            if times > 1:
                self.problems.append(
                    f"{name}: {label}: id: stands {times} times; give each record its own"
                )
        read = ((label, self.one(name, kind, raw, label)) for label, raw in raws)
        return {label: record for label, record in read if record is not None}

    def table(self, name: str, kind: type[Record]) -> tuple[Record, ...]:
        """Every row of a CSV file as a record."""
        text = self.text(name)
        if text is None:
            return ()
        rows = []
        for line, row in enumerate(csv.DictReader(text.splitlines()), start=2):
            if None in row:
                self.problems.append(
                    f"{name}: line {line}: has more cells than the header; quote its commas"
                )
                continue
            typed: dict[str, Any] = {key: value or None for key, value in row.items()}
            for key, read in (
                *((key, int) for key in ("geonameid", "people", "year", "un_code")),
                *((key, float) for key in ("lon", "lat")),
            ):
                # what cannot be read stays as it is, for the model to refuse by name
                with suppress(KeyError, TypeError, ValueError):
                    typed[key] = read(typed[key])
            if typed.get("capital") in {"true", "false"}:
                typed["capital"] = typed["capital"] == "true"
            record = self.one(name, kind, typed, f"line {line}")
            if record is not None:
                rows.append(record)
        if not rows:
            self.problems.append(f"{name}: holds no record; restore it from the repository")
        return tuple(rows)

    def scenes(self) -> Iterator[Scene]:
        """Every scene, one file each, named as its id."""
        folder = self.directory / "scenes"
        if not folder.is_dir():
            self.problems.append("scenes: the folder is missing; restore it from the repository")
        for path in sorted(folder.glob("*.json")):
            name = f"scenes/{path.name}"
            scene = self.document(name, Scene)
            if scene is None:
                continue
            if scene.id != path.stem:
                self.problems.append(f"{name}: {scene.id}: id: is not the file's name; rename one")
            yield scene


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object, but not of keys given twice, of which JSON would keep the last."""
    for key, times in Counter(key for key, _ in pairs).items():
        if times > 1:
            msg = f"'{key}' stands {times} times in one record"
            raise ValueError(msg)
    return dict(pairs)


def _refuse_constant(name: str) -> object:
    msg = f"{name} is not a number that JSON knows"
    raise ValueError(msg)


def _from_feature(feature: object) -> object:
    """Turn a GeoJSON feature into one flat record."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return feature
    if feature.get("type") != "Feature":
        return {**feature["properties"], "type": feature.get("type")}  # refused by name
    return {**feature["properties"], "geometry": feature.get("geometry")}


def _plain(problem: Any) -> str:
    """Say what pydantic found, for people who are not programmers."""
    value = f"{problem.get('input')!r:.60}"
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "missing":
        return "is missing; add it"
    if kind == "extra_forbidden":
        return "is not a field of this record; see data/README.md for its spelling"
    if kind == "value_error":
        return str(context.get("error", problem["msg"]))
    if kind == "literal_error":
        return f"{value} is not one of {context['expected']}"
    return f"{value}: {problem['msg'][0].lower()}{problem['msg'][1:]}"
