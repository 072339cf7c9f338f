"""A handout for class as PDF: scene, question, map, who is within reach, sources.

Job: pages of A4 from the same Laydown, caption and coverage as everything else. Ban: no style of
its own, no figure that the page does not show.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from geo import coverage, figure, gazetteer, legend, palette, press, tally, wording
from geo.caption import Caption, source_ids
from geo.catalogue import Catalogue
from geo.coverage import Coverage
from geo.figure import Order, Picture
from geo.formats import FORMATS, POINTS_PER_INCH
from geo.laydown import Laydown
from geo.model import Scene, Source
from geo.paragraph import FONT, wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["MOST_ROWS", "file_name", "pdf"]

#: Rows of a table of countries; those after are named in a paragraph, with their share of area.
MOST_ROWS = 16
#: Distances whose countries are listed; of the others, the page has the tables.
MOST_TABLES = 4
_A4 = FORMATS["a4"]
_WIDTH, _HEIGHT = _A4.width_in * POINTS_PER_INCH, _A4.height_in * POINTS_PER_INCH
_MARGIN, _SIZE, _LEADING = 40.0, 8.5, 1.35
#: Where the columns of a table start, as shares of the line.
_COLUMNS = (0.0, 0.3, 0.42, 0.6)
_HEADS = ("Country", "Area within", "People in all of it", "Capital")


def file_name(laydown: Laydown) -> str:
    """Name for the file, with the day it shows."""
    return f"epaa-atlas-{laydown.scenario.as_of.isoformat()}-handout.pdf"


def pdf(
    catalogue: Catalogue,
    laydown: Laydown,
    caption: Caption,
    scene: Scene | None = None,
    order: Order | None = None,
) -> bytes:
    """Write a handout.

    Parameters
    ----------
    scene
        Whose title, text and question stand on it; None for a map that is no scene.
    order
        Its style, and a user's own words; of a scene they take the place of its title and text.

    Returns
    -------
    A PDF of two pages or more, its fonts embedded.
    """
    first = _first_page(catalogue, laydown, caption, scene, order or Order())
    rest = _Pages(caption.credit)
    distances = _distances(laydown)
    for figure_id, range_km in distances[:MOST_TABLES]:
        _table(rest, catalogue, laydown, figure_id, range_km)
    if len(distances) > MOST_TABLES:
        left = len(distances) - MOST_TABLES
        rest.paragraph(f"{left} more distances are drawn; the atlas has a table for each.")
    _sources(rest, [catalogue.sources[one] for one in source_ids(laydown)])
    return press.pdf([first.figure, *rest.figures], first.about)


def _first_page(
    catalogue: Catalogue, laydown: Laydown, caption: Caption, scene: Scene | None, order: Order
) -> Picture:
    """Map with everything a picture carries, under the scene's own words."""
    order = replace(order, format="a4")
    if scene is not None:
        order = replace(
            order,
            headline=order.headline or scene.title,
            subhead=order.subhead or f"{scene.narration} {caption.subhead}",
            question=f"For the class: {scene.question}" if scene.question else "",
        )
    capitals = gazetteer.capitals(catalogue.cities, catalogue.people)
    return figure.draw(laydown, caption, capitals, order)


def _distances(laydown: Laydown) -> list[tuple[str, float]]:
    """Figure and distance of every line drawn, each once, the farthest first.

    Interceptors and radars reach no country in any sense worth a table.
    """
    pairs = [
        (ring.figure.id, km)
        for ring in laydown.rings
        if ring.system.kind not in {"interceptor", "radar"}
        for km, _ in ring.edges
    ]
    return list(dict.fromkeys(pairs))


@dataclass
class _Pages:
    """Lines set one under another, on as many pages as they need."""

    credit: str
    figures: list[Figure] = field(default_factory=list)
    top: float = math.inf
    """Where the next line starts, points from the top of the page."""

    def gap(self, points: float) -> None:
        """Leave room, but not at the head of a page."""
        self.top += points

    def line(
        self,
        cells: Sequence[tuple[float, str]],
        size: float = _SIZE,
        *,
        bold: bool = False,
        quiet: bool = False,
    ) -> None:
        """Set one line: texts with their places, points from the margin."""
        if self.top + size * _LEADING > _HEIGHT - _MARGIN * 1.3:
            self._turn()
        self.top += size * _LEADING
        for x, text in cells:
            self._write(text, _MARGIN + x, self.top, size, bold=bold, quiet=quiet)

    def paragraph(self, text: str, size: float = _SIZE, *, bold: bool = False) -> None:
        """Set text over the whole width."""
        for line in wrapped(text, _WIDTH - 2 * _MARGIN, size, bold=bold):
            self.line([(0, line)], size, bold=bold)

    def rule(self) -> None:
        """Draw a thin line across."""
        from matplotlib.lines import Line2D  # noqa: PLC0415 - takes a second

        y = 1 - (self.top + 3) / _HEIGHT
        ends = [_MARGIN / _WIDTH, 1 - _MARGIN / _WIDTH]
        rule = Line2D(ends, [y, y], color=palette.LAND_EDGE, linewidth=0.6)
        self.figures[-1].add_artist(rule)
        self.top += 4

    def room_for(self, points: float) -> None:
        """Turn the page if less than this is left."""
        if self.top + points > _HEIGHT - _MARGIN * 1.3:
            self._turn()

    def _turn(self) -> None:
        self.figures.append(press.blank(_WIDTH, _HEIGHT))
        self.top = _MARGIN * 0.8
        self._write(f"{self.credit} Page {len(self.figures) + 1}.", _MARGIN, _HEIGHT - 24, 6.5)

    def _write(
        self,
        text: str,
        x: float,
        top: float,
        size: float,
        *,
        bold: bool = False,
        quiet: bool = True,
    ) -> None:
        style: dict[str, Any] = {"weight": "bold" if bold else "normal", "family": FONT}
        self.figures[-1].text(
            x / _WIDTH,
            1 - top / _HEIGHT,
            text,
            size=size,
            color=palette.QUIET_INK if quiet else palette.INK,
            parse_math=False,
            **style,
        )


def _table(
    pages: _Pages, catalogue: Catalogue, laydown: Laydown, figure_id: str, range_km: float
) -> None:
    """Countries within one distance, the largest share first, and the totals."""
    rings = [ring for ring in laydown.rings if ring.figure.id == figure_id]
    found = coverage.of_figure(catalogue, laydown, figure_id, range_km)
    names = [ring.origin.name.removeprefix("anywhere in ") for ring in rings]
    places = ", ".join(dict.fromkeys(names))
    stated = rings[0].figure
    pages.room_for((min(len(found.rows), MOST_ROWS) + 9) * _SIZE * _LEADING)
    pages.paragraph(
        f"Who is within {wording.distance_label(range_km)} of {places}", _SIZE * 1.35, bold=True
    )
    pages.paragraph(
        f"{legend.ring_name(rings[0])}, {stated.basis} by {stated.by}. {_totals(found)}"
    )
    pages.gap(4)
    wide = _WIDTH - 2 * _MARGIN
    pages.line(
        [(share * wide, head) for share, head in zip(_COLUMNS, _HEADS, strict=True)], bold=True
    )
    pages.rule()
    members_first = sorted(found.rows, key=lambda row: (not row.nato_member, -row.area_share))
    for row in members_first[:MOST_ROWS]:
        cells = (
            f"{row.name}{' · NATO' if row.nato_member else ''}",
            tally.percent(row),
            tally.people(row.people),
            tally.capital(row, range_km),
        )
        pages.line([(share * wide, cell) for share, cell in zip(_COLUMNS, cells, strict=True)])
    rest = members_first[MOST_ROWS:]
    if rest:
        shares = ", ".join(
            f"{row.name} {tally.percent(row)}".replace(" %", "\u00a0%") for row in rest
        )
        pages.gap(3)
        pages.paragraph(f"And {len(rest)} more, with the share of area within: {shares}.")
    pages.gap(10)


def _totals(found: Coverage) -> str:
    """How many countries and capitals lie within, and how their numbers are meant."""
    everyone, members = found.all, found.nato
    return (
        f"Some of {everyone.countries} countries and territories lies within ({everyone.whole} "
        f"wholly), with {everyone.capitals} capitals; of the members of NATO on the day, "
        f"{members.countries} countries and {members.capitals} capitals. People are those of the "
        "whole country (United Nations, World Population Prospects 2024). Members of NATO first, "
        "then by share of area."
    )


def _sources(pages: _Pages, sources: Sequence[Source]) -> None:
    """Every source in full: publisher, date, title, address."""
    pages.gap(8)
    pages.room_for(80)
    pages.paragraph("Sources", _SIZE * 1.35, bold=True)
    for source in sources:
        pages.gap(3)
        date = source.date.spoken if source.date else "undated"
        address = f" {source.url}" if source.url else ""
        pages.paragraph(f"{source.publisher}, {date}: {source.title}.{address}")
