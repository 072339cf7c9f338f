"""Legend and small print of a page, set in columns: every line measured in the font itself.

Job: lines and marks from the top left of their own block, in points; `page` puts the blocks
together. Ban: as `page`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from geo.formats import Format
from geo.legend import Entry
from geo.paragraph import wrapped

__all__ = [
    "FOOT",
    "HEADLINE",
    "KEY",
    "KEY_DETAIL",
    "LEADING",
    "LEAST_PT",
    "SUBHEAD",
    "Content",
    "Flow",
    "Key",
    "Line",
    "Part",
    "Squeeze",
    "Swatch",
    "set_foot",
    "set_key",
]

#: Sizes of text, in units of the format.
HEADLINE, SUBHEAD, KEY, KEY_DETAIL, FOOT = 1.7, 0.95, 0.86, 0.66, 0.56
#: Smallest type, points.
LEAST_PT = 4.9
LEADING = 1.32


@dataclass(frozen=True)
class Content:
    """Everything that is said on the page beside what is written on the map."""

    headline: str
    subhead: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]
    """All of them."""
    general_notes: tuple[str, ...]
    """Those that no legend line carries."""
    origin: str
    sources: tuple[str, ...]
    closing: tuple[str, ...]
    """Projection, borders, credit: never shortened."""
    question: str = ""
    """For a class; stands under the subhead."""


Part = Literal["headline", "subhead", "question", "key", "foot"]


@dataclass(frozen=True)
class Line:
    """One line of text; its place is the left end of its baseline, points from bottom left."""

    text: str
    x: float
    y: float
    size: float
    part: Part
    bold: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Swatch:
    """The mark of a legend line; its place is the middle of its left edge."""

    entry: Entry
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Squeeze:
    """How far a page gives way where there is much to say."""

    small: float = 1.0
    """Share of the size of small print."""
    key: float = 1.0
    """Share of the size of the legend."""
    caveats: bool = True
    """Whether legend lines carry their caveats; else the notes do."""
    map: float = 1.0
    """Share of the map's least height."""
    entries: int = 10_000
    sources: int = 10_000
    notes: int = 10_000
    headline_lines: int = 4
    subhead_lines: int = 7


@dataclass
class Flow:
    """Lines set one under another, from the top of the page down."""

    lines: list[Line]
    top: float

    def set(self, texts: Iterable[str], x: float, size: float, part: Part, **style: Any) -> None:
        """Set lines and move down."""
        for text in texts:
            self.top += size * LEADING
            self.lines.append(Line(text, x, self.top - size * 0.32, size, part, **style))


@dataclass
class Key(Flow):
    """Legend lines with their marks."""

    swatches: list[Swatch]


def set_key(form: Format, content: Content, squeeze: Squeeze, width: float) -> Key:
    """Set the legend in its columns; from its own top left."""
    unit = form.unit_pt
    gap = unit * 1.2
    columns = form.key_columns
    column = (width - gap * (columns - 1)) / columns
    shown = _foremost(content.entries, squeeze.entries)
    unit *= squeeze.key
    blocks = [_entry(entry, column, unit, squeeze) for entry in shown]
    left = len(content.entries) - len(shown)
    if left:
        size = unit * KEY_DETAIL
        more = Key([], 0, [])
        words = f"and {left} more: see the list that goes with the picture"
        more.set(wrapped(words, column, size), 0, size, "key", quiet=True)
        blocks.append(more)
    key = Key([], 0, [])
    heights = [block.top + unit * 0.42 for block in blocks]
    for index, run in enumerate(_columns(heights, columns)):
        x, top = index * (column + gap), 0.0
        for number in run:
            block = blocks[number]
            key.lines += [replace(line, x=line.x + x, y=line.y + top) for line in block.lines]
            key.swatches += [replace(s, x=s.x + x, y=s.y + top) for s in block.swatches]
            top += heights[number]
        key.top = max(key.top, top)
    return key


def _entry(entry: Entry, width: float, unit: float, squeeze: Squeeze) -> Key:
    """Set one legend line: mark, label and small print."""
    block = Key([], 0, [])
    size, mark = unit * KEY, unit * 2.0
    x = mark + unit * 0.55
    block.set(wrapped(entry.label, width - x, size), x, size, "key")
    middle = size * (LEADING - 0.32 - 0.36)
    block.swatches.append(Swatch(entry, 0, middle, mark, unit * 0.86))
    small = entry.small_print if squeeze.caveats else entry.detail
    if small:
        size = max(unit * KEY_DETAIL, LEAST_PT)
        block.set(wrapped(small, width - x, size), x, size, "key", quiet=True)
    return block


def _foremost(entries: Sequence[Entry], most: int) -> list[Entry]:
    """The entries that count most, in their order: ranges before all else."""
    ranked = sorted(
        range(len(entries)), key=lambda index: entries[index].kind not in {"ring", "line"}
    )
    kept = sorted(ranked[:most])
    return [entries[index] for index in kept]


def _columns(heights: Sequence[float], columns: int) -> list[list[int]]:
    """Share blocks out over columns, in order, so that the tallest column is low."""
    low, high = max(heights, default=0.0), sum(heights)
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_packed(heights, middle)) <= columns else (middle, high)
    best = high
    return _packed(heights, best)


def _packed(heights: Sequence[float], limit: float) -> list[list[int]]:
    runs: list[list[int]] = []
    used = math.inf
    for number, height in enumerate(heights):
        if used + height > limit + 1e-6:
            runs.append([])
            used = 0.0
        runs[-1].append(number)
        used += height
    return runs


def set_foot(form: Format, content: Content, squeeze: Squeeze, width: float) -> Flow:
    """Set the small print in its columns; from its own top left."""
    unit = form.unit_pt
    size = max(unit * FOOT * squeeze.small, LEAST_PT)
    gap = unit * 1.2
    column = (width - gap * (form.foot_columns - 1)) / form.foot_columns
    notes = content.general_notes if squeeze.caveats else content.notes
    paragraphs = [
        " ".join(part for part in (_some(notes, squeeze.notes, " "), content.origin) if part),
        f"Sources: {_some(content.sources, squeeze.sources, '; ')}" if content.sources else "",
        *content.closing,
    ]
    rows: list[str | None] = []
    for text in paragraphs:
        if text:
            rows += [*([None] if rows else []), *wrapped(text, column, size)]
    flow = Flow([], 0)
    heights = [size * (LEADING if row is not None else 0.45) for row in rows]
    for index, run in enumerate(_columns(heights, form.foot_columns)):
        part = Flow([], 0)
        for number in run:
            row = rows[number]
            if row is not None:
                part.set([row], index * (column + gap), size, "foot", quiet=True)
            elif part.top:
                part.top += heights[number]
        flow.lines += part.lines
        flow.top = max(flow.top, part.top)
    return flow


def _some(items: Sequence[str], most: int, between: str) -> str:
    """The first items of a list, and how many more there are."""
    end = "." if between == "; " else ""
    left = len(items) - most
    if left <= 0:
        return between.join(items) + end
    told = between.join(items[:most])
    return f"{told}{between}and {left} more: see the list that goes with the picture."
