"""The timeline as an Altair chart: planned against actual, and the diplomatic events.

Job: one chart. Ban: no style of its own (`legend` has it), no rule of its own for what a date means
(`laydown` has it); nothing else knows Altair.

A date known only to the year or the month stands at its last day, as everywhere in the atlas, with
a line over the days it can mean. Altair is imported when a first chart is asked for: it costs most
of a second.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from geo import palette
from geo.catalogue import Catalogue
from geo.halfdate import HalfDate
from geo.model import Side
from geo.timeline import History, Row, confirmed, history, rows, steps

if TYPE_CHECKING:
    import altair as alt

__all__ = ["PICK", "TOPICS", "chart"]

#: Name of the chart's selection; its field ``date`` is the ISO last day of the event picked.
PICK = "pick"

#: Rows of the diplomatic events, top down, and the side whose colour they have.
TOPICS: dict[str, Side] = {
    "treaty": "other",
    "third site": "NATO/US",
    "EPAA": "NATO/US",
    "NATO": "NATO/US",
    "Russia": "Russia",
    "Iran": "Iran",
    "diplomacy": "other",
}

# The years before 2005 hold few events and no plan; they are drawn closer together.
FIRST_YEAR, BREAK_YEAR, LAST_YEAR = 1972, 2005, 2027
SQUEEZE = 5.5
TICKS = (1972, 1980, 1990, *range(2005, 2027, 2))
#: Events closer than this, in years after the break, stand above each other.
APART = 0.45

# Heights in pixels.
TOP, HEADING, BAR_ROW, LANE, BETWEEN = 48, 34, 25, 14, 12
FONT_PX = 12
#: Area in square pixels of an event, and of one on the as-of date.
SIZE, PICKED_SIZE = 70, 170

# Outlines of the marks on the bars, as SVG paths in a square of -1 to 1.
DIAMOND = "M0,-1L1,0L0,1L-1,0Z"
CROSS = "M-0.8,-0.8L0.8,0.8M-0.8,0.8L0.8,-0.8"
TICK = "M0,-0.7L0,0.7"
BAR_END = "M0,-1.8L0,1.8"


def chart(catalogue: Catalogue, as_of: dt.date) -> alt.LayerChart:
    """Draw planned against actual, below it the diplomatic events, and the as-of date.

    The selection `PICK` gives the ISO last day of an event that is picked.
    """
    import altair as alt  # noqa: PLC0415 - costs most of a second, so only for a first chart

    sheet = _Sheet()
    sheet.heading("Phases and sites, planned and actual")
    lives = rows(catalogue, as_of)
    for index, row in enumerate(lives):
        if index and row.group != lives[index - 1].group:
            sheet.y += BETWEEN
        sheet.life(row, catalogue.edition.as_of.last)
    sheet.heading("Diplomatic events")
    past = history(catalogue)
    for topic, side in TOPICS.items():
        sheet.events(
            topic, palette.SIDE_COLOUR[side], [row for row in past if row.topic == topic], as_of
        )
    height = sheet.y + BETWEEN

    y = alt.Y(
        "y:Q",
        title=None,
        scale=alt.Scale(domain=[height, 0], nice=False, zero=False),
        axis=alt.Axis(
            values=[at for at, _ in sheet.labels],
            labelExpr=_lookup(sheet.labels),
            labelLimit=240,
            labelOverlap=False,
            grid=False,
            ticks=False,
            domain=False,
            labelColor=palette.INK,
            labelFontSize=FONT_PX,
            labelPadding=8,
        ),
    )
    ticks = [(_at(dt.date(year, 1, 1)), str(year)) for year in TICKS]
    x = alt.X(
        "x:Q",
        title=None,
        scale=alt.Scale(
            domain=[_at(dt.date(FIRST_YEAR, 1, 1)), _at(dt.date(LAST_YEAR, 1, 1))],
            nice=False,
            zero=False,
        ),
        axis=alt.Axis(
            values=[at for at, _ in ticks],
            labelExpr=_lookup(ticks),
            labelOverlap="greedy",
            labelFlush=False,
            gridColor=palette.LAND_EDGE,
            gridOpacity=0.5,
            tickColor=palette.LAND_EDGE,
            domainColor=palette.LAND_EDGE,
            labelColor=palette.QUIET_INK,
            labelFontSize=FONT_PX,
        ),
    )

    def base(values: Iterable[dict[str, Any]]) -> alt.Chart:
        return alt.Chart(alt.InlineData(values=list(values)))

    def own(field: str) -> Any:
        """Encode a value as it stands in the row, without a scale."""
        return {"field": field, "type": "nominal", "scale": None, "legend": None}

    tips = [alt.Tooltip("tip:N", title="Phase or site")] + [
        alt.Tooltip(f"{name}:N") for name in (*(name for name, _ in steps(lives[0])), "Status")
    ]
    event_tips = [
        alt.Tooltip(f"{name}:N") for name in ("Date", "Event", "Topic", "Sources", "Confirmed")
    ]
    pick = alt.selection_point(name=PICK, fields=["date"], on="click", toggle=False, empty=False)
    rule_x = _at(as_of)
    to_right = as_of.year < 2018
    words: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": FONT_PX}

    layers = [
        base([{"x": _at(dt.date(BREAK_YEAR, 1, 1)), "y": TOP - 22, "y2": height}])
        .mark_rule(color=palette.FAINT_INK, strokeWidth=1, strokeDash=[1, 3])
        .encode(x=x, y=y, y2="y2:Q"),
        base(sheet.headings)
        .mark_text(**words, fontWeight=600, color=palette.INK)
        .encode(x=alt.value(0), y=y, text="text:N"),
        base({"x": at, "y": TOP - 12, "text": text} for at, text in ticks)
        .mark_text(fontSize=FONT_PX, baseline="middle", color=palette.QUIET_INK)
        .encode(x=x, y=y, text="text:N"),
        base(sheet.status)
        .mark_text(**words, color=palette.QUIET_INK)
        .encode(x=alt.value(2), y=y, text="text:N", tooltip=tips),
        base(sheet.light)
        .mark_bar(height=11, strokeWidth=1, fillOpacity=0.16)
        .encode(x=x, x2="x2:Q", y=y, color=own("colour"), stroke=own("colour"), tooltip=tips),
        base(sheet.solid)
        .mark_bar(height=12)
        .encode(x=x, x2="x2:Q", y=y, color=own("colour"), tooltip=tips),
        base(sheet.spans).mark_rule(strokeWidth=2).encode(x=x, x2="x2:Q", y=y, color=own("colour")),
        base([{"x": rule_x, "y": TOP - 22, "y2": height, "date": as_of.isoformat()}])
        .mark_rule(color=palette.INK, strokeWidth=1.5, strokeDash=[6, 3])
        .encode(x=x, y=y, y2="y2:Q"),
        base([{"x": rule_x, "y": TOP - 32, "text": f"as of {as_of:%-d %B %Y}"}])
        .mark_text(
            **{**words, "align": "left" if to_right else "right"},
            dx=-2 if to_right else 2,
            fontWeight=600,
            color=palette.INK,
        )
        .encode(x=x, y=y, text="text:N"),
        base(sheet.points)
        .mark_point(filled=True, size=90, strokeWidth=1.5, opacity=1)
        .encode(
            x=x,
            y=y,
            shape=own("shape"),
            fill=own("fill"),
            stroke=own("stroke"),
            tooltip=tips,
        ),
        base(sheet.dots)
        .mark_point(filled=True, shape="circle", strokeWidth=1.8, opacity=1, cursor="pointer")
        .encode(
            x=x,
            y=y,
            fill=own("fill"),
            stroke=alt.condition(pick, alt.value(palette.INK), own("stroke")),
            size=alt.condition(
                pick, alt.value(PICKED_SIZE), own("size") | {"type": "quantitative"}
            ),
            tooltip=event_tips,
        )
        .add_params(pick),
    ]
    layered: alt.LayerChart = (
        alt.layer(*layers)
        .properties(
            height=height,
            description=(
                "Planned and actual dates of the four phases and their sites, and diplomatic "
                f"events since 1972; as of {as_of:%-d %B %Y}. The tables below say the same."
            ),
        )
        .configure(font='"Source Sans", sans-serif', background=palette.HALO, padding=10)
        .configure_view(stroke=None)
    )
    return layered


def _at(day: dt.date) -> float:
    """Place of a day on the axis: years from the break, those before it closer together."""
    start = dt.date(day.year, 1, 1)
    length = (dt.date(day.year + 1, 1, 1) - start).days
    years = day.year + (day - start).days / length - BREAK_YEAR
    return round(years if years >= 0 else years / SQUEEZE, 4)


def _lookup(labels: list[tuple[float, str]]) -> str:
    """Vega expression that names the tick at a value."""
    values, names = ([item[part] for item in labels] for part in (0, 1))
    return f"{json.dumps(names, ensure_ascii=False)}[indexof({json.dumps(values)}, datum.value)]"


class _Sheet:
    """Collects what is drawn, row by row, top down."""

    def __init__(self) -> None:
        self.y: float = TOP
        self.labels: list[tuple[float, str]] = []
        self.headings: list[dict[str, Any]] = []
        self.status: list[dict[str, Any]] = []
        self.light: list[dict[str, Any]] = []
        self.solid: list[dict[str, Any]] = []
        self.spans: list[dict[str, Any]] = []
        self.points: list[dict[str, Any]] = []
        self.dots: list[dict[str, Any]] = []

    def heading(self, text: str) -> None:
        self.headings.append({"y": self.y + HEADING / 2, "text": text})
        self.y += HEADING

    def life(self, row: Row, today: dt.date) -> None:
        """Add a row: bars between its dates, a mark at each."""
        y = self.y + BAR_ROW / 2
        self.y += BAR_ROW
        self.labels.append((y, row.label))
        tip = {
            "y": y,
            "tip": row.label,
            **{name: date.spoken if date else "–" for name, date in steps(row)},
            "Status": row.status,
        }
        self.status.append({**tip, "text": row.status})
        colour = palette.SIDE_COLOUR["NATO/US"]
        over = [date.last for date in (row.cancelled, row.ended) if date]
        end = min(over, default=today)
        service = row.in_service.last if row.in_service else None
        if row.announced:
            begun, until = row.announced.last, min(service or end, end)
            self.light.append({**tip, "x": _at(begun), "x2": _at(until), "colour": colour})
        if service:
            self.solid.append({**tip, "x": _at(service), "x2": _at(end), "colour": colour})
        marks = (
            (row.construction, TICK, palette.INK, palette.INK),
            (row.planned, DIAMOND, palette.HALO, palette.INK),
            (row.in_service, DIAMOND, palette.INK, palette.HALO),
            (row.ended, BAR_END, palette.INK, palette.INK),
            (row.cancelled, CROSS, palette.INK, palette.INK),
        )
        for date, shape, fill, stroke in marks:
            if date:
                self.span(date, y, palette.INK)
                self.points.append(
                    {**tip, "x": _at(date.last), "shape": shape, "fill": fill, "stroke": stroke}
                )

    def span(self, date: HalfDate, y: float, colour: str) -> None:
        """Add a line over the days a coarse date can mean."""
        if date.first != date.last:
            self.spans.append(
                {"x": _at(date.first), "x2": _at(date.last), "y": y, "colour": colour}
            )

    def events(self, topic: str, colour: str, past: list[History], as_of: dt.date) -> None:
        """Add a topic: its events, those close together above each other; larger on the day."""
        free: list[float] = []
        placed = []
        for row in past:
            start, x = _at(row.date.first), _at(row.date.last)
            lane = next((at for at, since in enumerate(free) if since <= start), len(free))
            free[lane : lane + 1] = [x + APART]
            placed.append((row, x, lane))
        for row, x, lane in placed:
            y = self.y + (lane + 0.5) * LANE
            self.span(row.date, y, colour)
            self.dots.append(
                {
                    "x": x,
                    "y": y,
                    "date": row.date.last.isoformat(),
                    "fill": colour if row.confirmed else palette.HALO,
                    "stroke": palette.INK if row.date.last == as_of else colour,
                    "size": PICKED_SIZE if row.date.last == as_of else SIZE,
                    "Date": row.when,
                    "Event": row.text,
                    "Topic": row.topic,
                    "Sources": "; ".join(row.sources),
                    "Confirmed": confirmed(row),
                }
            )
        depth = max(len(free), 1) * LANE
        self.labels.append((self.y + depth / 2, topic))
        self.y += depth + BETWEEN
