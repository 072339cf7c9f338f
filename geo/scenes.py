"""A reader's own scenes as one file: links with a title and words to read out, saved and loaded.

Job: text in, text out. Ban: no file is opened, nothing is drawn, nothing a reader wrote is lost in
silence: what cannot be used is named.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import parse_qsl

from pydantic import ValidationError

from geo.errors import ScenarioError
from geo.link import parse, to_query
from geo.model import Scene
from geo.scenario import Offer, Scenario

__all__ = ["MOST_BYTES", "MOST_SCENES", "from_link", "read", "room", "scene", "write"]

#: A scene file is text of a few kilobytes; one longer than this is something else.
MOST_BYTES = 200_000
MOST_SCENES = 60
_KIND = "EPAA Atlas scenes"


def scene(
    scenario: Scenario, offer: Offer, title: str, narration: str, question: str, place: int
) -> Scene:
    """Make a scene of a scenario and its words.

    Raises
    ------
    ScenarioError
        If the title or the narration is empty.
    """
    for name, text in (("title", title), ("text to read out", narration)):
        if not text.strip():
            msg = f"the {name} of the scene is empty; write a line"
            raise ScenarioError(msg)
    return Scene(
        id=f"own-{place}",
        order=place,
        title=title.strip(),
        narration=narration.strip(),
        question=question.strip() or None,
        choices=to_query(scenario, offer),
    )


def room(kept: Sequence[Scene]) -> None:
    """Check that one more scene may be kept.

    Raises
    ------
    ScenarioError
        If there are `MOST_SCENES`.
    """
    if len(kept) >= MOST_SCENES:
        msg = f"at most {MOST_SCENES} scenes are kept; remove one, or save them as a file first"
        raise ScenarioError(msg)


def from_link(link: str, offer: Offer) -> tuple[Scenario, tuple[str, ...]]:
    """Read the scenario of a pasted link, whole or from its question mark on; and its warnings."""
    query: dict[str, list[str]] = {}
    # of the address itself nothing counts, be it one or not
    _, _, asked = link.strip().partition("?")
    for key, value in parse_qsl(asked.partition("#")[0], keep_blank_values=True):
        query.setdefault(key, []).append(value)
    return parse(query, offer)


def write(scenes: Iterable[Scene], offer: Offer) -> str:
    """Write scenes as a file that `read` takes back."""
    records = [
        {
            "title": one.title,
            "narration": one.narration,
            "question": one.question or "",
            "choices": dict(one.choices),
        }
        for one in scenes
    ]
    document = {"kind": _KIND, "edition": offer.version, "scenes": records}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def read(text: str | bytes, offer: Offer) -> tuple[tuple[Scene, ...], tuple[str, ...]]:
    """Read a scene file.

    Returns
    -------
    The scenes in their order, and one sentence for each thing that was not understood.

    Raises
    ------
    ScenarioError
        If the file is no scene file at all; it says what it is instead.
    """
    if len(text) > MOST_BYTES:
        msg = f"the file has {len(text):,} bytes, a scene file at most {MOST_BYTES:,}; pick another"
        raise ScenarioError(msg)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        msg = "the file is not JSON, so it is no scene file; pick one that this page has saved"
        raise ScenarioError(msg) from error
    records = document.get("scenes") if isinstance(document, dict) else None
    if not isinstance(records, list) or document.get("kind") != _KIND:
        msg = f"the file does not say it holds “{_KIND}”; pick one that this page has saved"
        raise ScenarioError(msg)
    scenes, warnings = [], []
    for place, record in enumerate(records[:MOST_SCENES], start=1):
        made, said = _record(record, place, offer)
        warnings += [f"Scene {place}: {line}" for line in said]
        if made is not None:
            scenes.append(made)
    if len(records) > MOST_SCENES:
        left = len(records) - MOST_SCENES
        warnings.append(f"{left} scenes beyond the first {MOST_SCENES} are left out.")
    return tuple(scenes), tuple(warnings)


def _record(record: Any, place: int, offer: Offer) -> tuple[Scene | None, Sequence[str]]:
    """One scene of a file, with what was not understood of it."""
    if not isinstance(record, dict):
        return None, ("is no record and is left out.",)
    try:
        made = Scene(
            id=f"own-{place}",
            order=place,
            title=record.get("title"),  # type: ignore[arg-type]  # the type judges it
            narration=record.get("narration"),  # type: ignore[arg-type]
            question=record.get("question") or None,
            choices=record.get("choices"),  # type: ignore[arg-type]
        )
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        return None, (f"{field}: {first['msg']}; the scene is left out.",)
    asked, warnings = parse(made.choices, offer)
    return made.model_copy(update={"choices": to_query(asked, offer)}), warnings
