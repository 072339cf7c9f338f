"""Time under the map: a slider, a step to the dated event before or after, and play."""

from __future__ import annotations

import time

import streamlit as st

from geo.catalogue import Catalogue
from geo.scenario import EARLIEST, Scenario
from geo.steps import Step, steps
from ui import markup

#: Seconds that a step stays on the screen while playing.
PAUSE_S = 2.5
MOST_SAID = 3


def show(catalogue: Catalogue, scenario: Scenario) -> None:
    """Move the as-of date; the camera of the map stays where it is."""
    state = st.session_state
    found = steps(catalogue, scenario)
    state["clock"] = scenario.as_of
    row = st.container(
        key="clock-row", horizontal=True, vertical_alignment="bottom", gap="xsmall", wrap=False
    )
    earlier = [step for step in found if step.day < scenario.as_of]
    later = [step for step in found if step.day > scenario.as_of]
    row.button(
        "The dated event before",
        icon=":material/skip_previous:",
        help="The dated event before",
        on_click=_jump,
        args=(earlier[-1] if earlier else None,),
        disabled=not earlier,
        key="clock-before",
    )
    row.slider(
        "As of",
        EARLIEST,
        catalogue.offer.as_of,
        key="clock",
        format="D MMM YYYY",
        on_change=_slide,
    )
    row.button(
        "The next dated event",
        icon=":material/skip_next:",
        help="The next dated event",
        on_click=_jump,
        args=(later[0] if later else None,),
        disabled=not later,
        key="clock-after",
    )
    playing = state["playing"] = bool(state.get("playing")) and bool(later)
    row.button(
        "Stop" if playing else "Play",
        icon=":material/stop:" if playing else ":material/play_arrow:",
        on_click=_play,
        args=(found,),
        disabled=not found,
        key="clock-play",
    )
    row.button(
        "Back to the part chosen",
        icon=":material/center_focus_strong:",
        help="Back to the part of the world chosen; what is drawn stays",
        on_click=_back,
        key="clock-back",
    )
    _said(found, scenario)
    if playing:
        _tick(later[0])


def _said(found: tuple[Step, ...], scenario: Scenario) -> None:
    """Name what happened last up to the day shown."""
    past = [step for step in found if step.day <= scenario.as_of]
    if past:
        more = len(past[-1].said) - MOST_SAID
        words = "; ".join(past[-1].said[:MOST_SAID]) + (f"; and {more} more" if more > 0 else "")
        st.caption(markup.plain(f"Last change up to this day: {words}"))


def _back() -> None:
    """Leave a view that a reader has moved or zoomed to; see `Deck.back`."""
    st.session_state["back"] = st.session_state.get("back", 0) + 1


def _slide() -> None:
    state = st.session_state
    state["date"] = state["clock"]
    state["playing"] = False


def _jump(step: Step | None) -> None:
    if step is not None:
        st.session_state["date"] = step.day


def _play(found: tuple[Step, ...]) -> None:
    """Start, from the first event if the last is on the screen; or stop."""
    state = st.session_state
    state["playing"] = not state.get("playing")
    state["played-at"] = time.monotonic()
    if state["playing"] and state["date"] >= found[-1].day:
        state["date"] = found[0].day


@st.fragment(run_every=PAUSE_S)
def _tick(step: Step) -> None:
    """Move on to the next event once this one has been on the screen for its time."""
    state = st.session_state
    if time.monotonic() - state["played-at"] < PAUSE_S * 0.8:
        return
    state["played-at"] = time.monotonic()
    state["jump"] = step.day
    st.rerun()
