"""The timeline: planned against actual, and the diplomatic events; picking one sets the date."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from geo import timechart, timeline
from geo.catalogue import Catalogue
from geo.scenario import EARLIEST, Scenario

#: The day picked last, while it holds; and how many picks have been dropped.
PICKED, TURN = "timeline-picked", "timeline-turn"


def show(catalogue: Catalogue, scenario: Scenario) -> None:
    """Draw the timeline of the scenario's day, with its tables."""
    st.html(
        '<p style="margin:0">Click an event to set the date of the map to it; the tables below say '
        'the same.<span class="atlas-narrow"> Move the chart sideways for later years.</span></p>'
    )
    state = st.session_state
    if state.get(PICKED, scenario.as_of) != scenario.as_of:
        # the date was changed elsewhere; a pick left over would make its event deaf to a click
        del state[PICKED]
        state[TURN] = state.get(TURN, 0) + 1
    key = f"timeline-{state.get(TURN, 0)}"
    with st.container(key="timeline"):
        st.altair_chart(
            timechart.chart(catalogue, scenario.as_of),
            on_select=lambda: _picked(catalogue, key),
            selection_mode=timechart.PICK,
            key=key,
            width="stretch",
            theme=None,
        )
    st.caption(
        "Light bar: announced or agreed; of a sea, named by sources. Solid bar: in service. "
        "◇ planned for service, ◆ in service, × cancelled, short line inside a bar: construction "
        "began, long line: ended. ○ unconfirmed event. A date known only to the year or the month "
        "stands at its last day, with a line over the days it can mean. Years before 2005 are "
        "drawn closer together."
    )
    if scenario.plan == "planned":
        st.caption("The map shows the plan of 2009; this page says beside it what became of it.")
    st.markdown("**Diplomatic events**")
    st.dataframe(
        timeline.table(catalogue),
        hide_index=True,
        column_config={
            "Date": st.column_config.TextColumn(width=90),
            "Event": st.column_config.TextColumn(width=380),
            "Topic": st.column_config.TextColumn(width=80),
            "Sources": st.column_config.TextColumn(width=150),
            "Confirmed": st.column_config.TextColumn(width=90),
        },
    )
    st.markdown("**Phases and sites, planned and actual**")
    st.dataframe(timeline.plan_table(catalogue, scenario.as_of), hide_index=True)


def _picked(catalogue: Catalogue, key: str) -> None:
    """Set the date to the last day of the event picked; the address follows by itself."""
    points = st.session_state[key]["selection"].get(timechart.PICK) or []
    if points:
        day = dt.date.fromisoformat(points[0]["date"])
        st.session_state["date"] = st.session_state[PICKED] = min(
            max(day, EARLIEST), catalogue.offer.as_of
        )
