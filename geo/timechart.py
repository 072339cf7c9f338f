"""The timeline as an Altair chart: planned against actual, and the diplomatic events.

Job: one chart. Ban: no style of its own (`palette` has it), no rule of its own for what a date
means (`status` has it); nothing else knows Altair.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from geo import palette
from geo.catalogue import Catalogue
from geo.timeline import history, rows, steps
from geo.timerows import (
    BETWEEN,
    BREAK_YEAR,
    FIRST_YEAR,
    LAST_YEAR,
    PICKED_SIZE,
    TOP,
    Sheet,
    year_at,
)
from geo.vocabulary import Side

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

TICKS = (1972, 1980, 1990, *range(2005, 2027, 2))

FONT_PX = 12


def chart(catalogue: Catalogue, as_of: dt.date) -> alt.LayerChart:
    """Draw planned against actual, below it the diplomatic events, and the as-of date.

    The selection `PICK` gives the ISO last day of an event that is picked.
    """
    import altair as alt  # noqa: PLC0415 - costs most of a second, so only for a first chart

    sheet = Sheet()
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
    ticks = [(year_at(dt.date(year, 1, 1)), str(year)) for year in TICKS]
    x = alt.X(
        "x:Q",
        title=None,
        scale=alt.Scale(
            domain=[year_at(dt.date(FIRST_YEAR, 1, 1)), year_at(dt.date(LAST_YEAR, 1, 1))],
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
    rule_x = year_at(as_of)
    to_right = as_of.year < 2018
    words: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": FONT_PX}

    layers = [
        base([{"x": year_at(dt.date(BREAK_YEAR, 1, 1)), "y": TOP - 22, "y2": height}])
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


def _lookup(labels: list[tuple[float, str]]) -> str:
    """Vega expression that names the tick at a value."""
    values, names = ([item[part] for item in labels] for part in (0, 1))
    return f"{json.dumps(names, ensure_ascii=False)}[indexof({json.dumps(values)}, datum.value)]"
