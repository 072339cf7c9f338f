"""The page a picture stands on: where headline, map, legend and small print go.

Job: `lay_out` measures every line in the font itself and gives each its place, in points. Ban: no
drawing, no words but those that say what was left out; nothing is cut in silence.

Where much is to be said, small print gets smaller, caveats move from the legend to the notes, and
at last lists end in how many more there are; the whole text is in the file's metadata.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.formats import POINTS_PER_INCH, Format
from geo.paragraph import balanced, first, wrapped
from geo.typeset import HEADLINE, SUBHEAD, Content, Flow, Line, Squeeze, Swatch, set_foot, set_key

__all__ = ["Page", "lay_out"]


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


_SQUEEZES = (
    Squeeze(),
    Squeeze(0.92, 0.92),
    Squeeze(0.88, 0.85, map=0.9),
    Squeeze(0.88, 0.8, caveats=False, map=0.9),
    Squeeze(0.82, 0.75, caveats=False, map=0.85),
    Squeeze(0.82, 0.75, caveats=False, map=0.85, sources=9, notes=6),
    Squeeze(0.82, 0.75, caveats=False, map=0.8, sources=6, notes=4, headline_lines=3),
    Squeeze(0.8, 0.72, False, 0.75, 10, 5, 3, 3, 5),
    Squeeze(0.75, 0.7, False, 0.75, 7, 4, 3, 3, 4),
    Squeeze(0.75, 0.7, False, 0.7, 5, 3, 2, 2, 3),
    Squeeze(0.75, 0.7, False, 0.5, 3, 1, 1, 2, 2),
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


def _page(form: Format, content: Content, squeeze: Squeeze) -> Page | None:
    """Lay out with one squeeze; None if the map gets too little room."""
    unit = form.unit_pt
    width = form.width_in * POINTS_PER_INCH
    margin, gap = unit * 1.25, unit * 0.8
    inner = width - 2 * margin
    flow = Flow([], margin * 0.8)
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
    foot = set_foot(form, content, squeeze, inner)
    height = form.height_in * POINTS_PER_INCH
    key_width = inner * 0.28 if form.key_beside else inner
    key = set_key(form, content, squeeze, key_width - (gap if form.key_beside else 0))
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
