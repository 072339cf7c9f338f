"""Write the dictionary of the data files into ``data/README.md``, from the types that read them.

Run after changing ``geo/model.py``::

    python scripts/build_dictionary.py

A test fails while the page is stale.
"""

from __future__ import annotations

import sys
import types
import typing
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo import claim, gazetteer, model, vocabulary

PAGE = Path(__file__).resolve().parent.parent / "data" / "README.md"
START, END = "<!-- dictionary: generated, do not edit -->", "<!-- end of dictionary -->"

#: Types in reading order, and where their records stand.
RECORDS: dict[type[BaseModel], str] = {
    model.Site: "`sites.geojson`, a feature each, its geometry beside these properties",
    model.Event: "`events` of a site or a phase",
    model.System: "`systems.json`",
    model.Country: "`countries` of a system",
    model.Figure: "`figures` of a system",
    model.Attribute: "`attributes` of a system",
    model.Source: "`sources.json`",
    model.Phase: "`phases.json`",
    model.Statement: "`covers` of a phase",
    model.HistoryEvent: "`events.json`, the diplomatic timeline",
    gazetteer.Membership: "`memberships.json`",
    gazetteer.City: "`cities.csv`, a line each",
    gazetteer.People: "`people.csv`, a line each",
    claim.Claim: "`claims.json`",
    model.Scene: "`scenes/*.json`, a file each",
    model.Term: "`terms.json`",
    model.Edition: "`edition.json`",
}
WORDS = {str: "text", bool: "true or false", float: "number", int: "whole number"}


def kind(annotation: Any) -> str:  # noqa: PLR0911 - one answer a case
    """Say what a field holds, for people who are not programmers."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return kind(parts[0])
    if origin is Literal:
        return " / ".join(f"`{part}`" for part in parts if part != vocabulary.YOURS)
    if origin in {Union, types.UnionType}:
        return " or ".join(kind(part) for part in parts if part is not type(None))
    if origin is tuple:
        if parts[-1] is Ellipsis:
            return f"list of {kind(parts[0])}"
        return ", ".join(kind(part) for part in parts)
    if origin is dict:
        return "keys and values of a link"
    if annotation is model.HalfDate:
        return "date: 2011, 2011-03 or 2016-05-12"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation.__name__
    return WORDS.get(annotation, "point or polygon")


def section(record: type[BaseModel], place: str) -> str:
    """One type as a table."""
    summary = (record.__doc__ or "").strip().splitlines()[0]
    hints = typing.get_type_hints(record, include_extras=False)
    lines = [f"### {record.__name__}", "", f"{summary} In {place}.", ""]
    lines += ["| field | holds | needed | meaning |", "|---|---|---|---|"]
    for name, info in record.model_fields.items():
        needed = "yes" if info.is_required() else ""
        lines.append(f"| `{name}` | {kind(hints[name])} | {needed} | {info.description} |")
    return "\n".join(lines)


def dictionary() -> str:
    """All types, one after the other."""
    return "\n\n".join(section(record, place) for record, place in RECORDS.items())


def page(text: str) -> str:
    """Put today's dictionary into the text of the page."""
    before, rest = text.split(START)
    after = rest.split(END)[1]
    return f"{before}{START}\n\n{dictionary()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
