"""The page a picture stands on: formats, and where headline, map, legend and small print go.

Job: `lay_out` measures every line in the font itself and gives each its place, in points. Ban: no
drawing, no words but those that say what was left out; nothing is cut in silence.

Where much is to be said, small print gets smaller, caveats move from the legend to the notes, and
at last lists end in how many more there are; the whole text is in the file's metadata.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from geo.errors import ScenarioError
from geo.legend import Entry
from geo.paragraph import balanced, first, wrapped

__all__ = ["FORMATS", "Content", "Format", "Line", "Page", "Swatch", "format_of", "lay_out"]

POINTS_PER_INCH = 72.0


@dataclass(frozen=True)
class Format:
    """A size and shape of page."""

    id: str
    label: str
    width_in: float
    height_in: float
    """Of a page that grows, the ratio of the map's height to its width decides instead."""
    unit_pt: float
    """Size of names on the map; all other sizes follow."""
    dpi: int
    """Pixels an inch at single size."""
    key_beside: bool = False
    """Whether the legend stands beside the map, or below it."""
    key_columns: int = 2
    foot_columns: int = 2
    map_share: float = 0.42
    """Least share of the page's height for the map."""
    grows: bool = False
    """Whether the page grows with its text."""


FORMATS: Mapping[str, Format] = {
    one.id: one
    for one in (
        Format(
            "16:9", "16:9 slide", 40 / 3, 7.5, 15.0, 96, key_beside=True, key_columns=1,
            foot_columns=3, map_share=0.5,
        ),
        Format("1:1", "1:1 square", 7.5, 7.5, 10.5, 144),
        Format("4:5", "4:5 portrait", 7.5, 9.375, 10.5, 144),
        Format(
            "column", "Newspaper column", 3.5, 3.5, 7.4, 144, key_columns=1, foot_columns=1,
            grows=True,
        ),
        Format("a4", "A4 page", 8.268, 11.693, 10.5, 96),
    )
}  # fmt: skip

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
class Page:
    """What stands where, in points."""

    format: Format
    width: float
    height: float
    lines: tuple[Line, ...]
    swatches: tuple[Swatch, ...]
    map_box: tuple[float, float, float, float]
    """Left, bottom, width and height."""


def format_of(name: str) -> Format:
    """Find a format by its id, such as ``16:9``.

    Raises
    ------
    ScenarioError
        If there is none of that name.
    """
    found = FORMATS.get(name.strip().lower())
    if found is None:
        msg = f"format '{name}' is unknown; choose one of {', '.join(FORMATS)}"
        raise ScenarioError(msg)
    return found


@dataclass(frozen=True)
class _Squeeze:
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


_SQUEEZES = (
    _Squeeze(),
    _Squeeze(0.92, 0.92),
    _Squeeze(0.88, 0.85, map=0.9),
    _Squeeze(0.88, 0.8, caveats=False, map=0.9),
    _Squeeze(0.82, 0.75, caveats=False, map=0.85),
    _Squeeze(0.82, 0.75, caveats=False, map=0.85, sources=9, notes=6),
    _Squeeze(0.82, 0.75, caveats=False, map=0.8, sources=6, notes=4, headline_lines=3),
    _Squeeze(0.8, 0.72, False, 0.75, 10, 5, 3, 3, 5),
    _Squeeze(0.75, 0.7, False, 0.75, 7, 4, 3, 3, 4),
    _Squeeze(0.75, 0.7, False, 0.7, 5, 3, 2, 2, 3),
    _Squeeze(0.75, 0.7, False, 0.5, 3, 1, 1, 2, 2),
)


def lay_out(form: Format, content: Content) -> Page:
    """Give every line its place; the least squeeze that leaves the map its share."""
    page = _page(form, content, _SQUEEZES[0])
    for squeeze in _SQUEEZES[1:]:
        if page is not None:
            return page
        page = _page(form, content, squeeze)
    if page is None:  # nothing helps but a smaller map
        page = _page(replace(form, map_share=0.0), content, _SQUEEZES[-1])
    assert page is not None  # noqa: S101 - the last squeeze bounds every list
    return page


@dataclass
class _Flow:
    """Lines set one under another, from the top of the page down."""

    lines: list[Line]
    top: float

    def set(self, texts: Iterable[str], x: float, size: float, part: Part, **style: Any) -> None:
        """Set lines and move down."""
        for text in texts:
            self.top += size * LEADING
            self.lines.append(Line(text, x, self.top - size * 0.32, size, part, **style))


def _page(form: Format, content: Content, squeeze: _Squeeze) -> Page | None:
    """Lay out with one squeeze; None if the map gets too little room."""
    unit = form.unit_pt
    width = form.width_in * POINTS_PER_INCH
    margin, gap = unit * 1.25, unit * 0.8
    inner = width - 2 * margin
    flow = _Flow([], margin * 0.8)
    for scale in (1.0, 0.87, 0.76):
        size = unit * HEADLINE * scale
        titles = wrapped(content.headline, inner, size, bold=True)
        if len(titles) <= (1 if form.key_beside else 2):
            break
    titles = balanced(content.headline, titles, inner, size)
    flow.set(first(titles, squeeze.headline_lines), margin, size, "headline", bold=True)
    flow.top += unit * 0.25
    size = unit * SUBHEAD * (0.85 if len(content.subhead) > 280 else 1)
    texts = first(wrapped(content.subhead, inner, size), squeeze.subhead_lines)
    flow.set(texts, margin, size, "subhead")
    if content.question:
        flow.top += unit * 0.3
        asked = wrapped(content.question, inner, unit * SUBHEAD, bold=True)
        flow.set(first(asked, 4), margin, unit * SUBHEAD, "question", bold=True)
    flow.top += gap * 0.7
    foot = _foot(form, content, squeeze, inner)
    height = form.height_in * POINTS_PER_INCH
    key_width = inner * 0.28 if form.key_beside else inner
    key = _key(form, content, squeeze, key_width - (gap if form.key_beside else 0))
    below = foot.top + margin * 0.7 + (0 if form.key_beside else key.top + gap)
    if form.grows:
        map_height = inner * form.height_in / form.width_in
        height = flow.top + map_height + below + gap * 0.6
    else:
        map_height = height - flow.top - below - gap * 0.6
    map_width = inner - key_width if form.key_beside else inner
    if map_height < max(form.map_share * squeeze.map * height, 40) and not form.grows:
        return None
    if form.key_beside and key.top > map_height:
        return None
    key_x = margin + map_width + gap if form.key_beside else margin
    key_y = flow.top if form.key_beside else flow.top + map_height + gap * 0.6
    foot_y = height - margin * 0.7 - foot.top
    lines = [*flow.lines]
    lines += [replace(line, x=line.x + key_x, y=line.y + key_y) for line in key.lines]
    lines += [replace(line, x=line.x + margin, y=line.y + foot_y) for line in foot.lines]
    return Page(
        form,
        width,
        height,
        tuple(replace(line, y=height - line.y) for line in lines),
        tuple(replace(s, x=s.x + key_x, y=height - s.y - key_y) for s in key.swatches),
        (margin, height - flow.top - map_height, map_width, map_height),
    )


@dataclass
class _Key(_Flow):
    """Legend lines with their marks."""

    swatches: list[Swatch]


def _key(form: Format, content: Content, squeeze: _Squeeze, width: float) -> _Key:
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
        more = _Key([], 0, [])
        words = f"and {left} more: see the list that goes with the picture"
        more.set(wrapped(words, column, size), 0, size, "key", quiet=True)
        blocks.append(more)
    key = _Key([], 0, [])
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


def _entry(entry: Entry, width: float, unit: float, squeeze: _Squeeze) -> _Key:
    """Set one legend line: mark, label and small print."""
    block = _Key([], 0, [])
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


def _foot(form: Format, content: Content, squeeze: _Squeeze, width: float) -> _Flow:
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
    flow = _Flow([], 0)
    heights = [size * (LEADING if row is not None else 0.45) for row in rows]
    for index, run in enumerate(_columns(heights, form.foot_columns)):
        part = _Flow([], 0)
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
