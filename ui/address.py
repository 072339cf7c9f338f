"""The address of the page and the widgets, kept the same.

The address holds every choice, defaults too, so that the address bar is itself the link. Widgets
lead: what a reader moves is written to the address. When no widget moved but the address differs
from what was written (a shared link, the back button, an edit by hand), the address leads.

Streamlit's own ``bind="query-params"`` is not used: with it a link carries labels instead of ids,
leaves out defaults, and needs one widget per figure, of which there will be a hundred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from geo.catalogue import Catalogue, load
from geo.link import TOO_LARGE, parse, spot_code, to_query
from geo.model import System
from geo.scenario import HIDEABLE, PHASES, Scenario, default, spot
from geo.vocabulary import LaunchArea

_UNSET = object()
GROUPS = ("iran", "kaliningrad", "sites")
#: Choice of a centre that is none of the catalogue's.
ELSEWHERE = "elsewhere"


def group_of(system: System) -> str:
    """Name the list that a system's figures stand in."""
    area: LaunchArea | None = system.launch_area
    return area or "sites"


def widgets(catalogue: Catalogue, scenario: Scenario) -> dict[str, Any]:
    """Give the value of every widget of the sidebar, and of the view, by its key."""
    return {
        **{f"phase{number}": number in scenario.phases for number in PHASES},
        "date": scenario.as_of,
        "plan": scenario.plan,
        "layers": sorted(scenario.layers),
        **{
            f"figures-{group}": [
                figure.id
                for system, figure in catalogue.figures.values()
                if figure.id in scenario.figures and group_of(system) == group
            ]
            for group in GROUPS
        },
        **{f"origin-{area}": site_id for area, site_id in scenario.origins},
        "hidden": [code for code in HIDEABLE if code in scenario.hidden],
        "borders": scenario.borders,
        "frame": scenario.framing,
        "projection": scenario.projection,
        "flat": scenario.flat,
        "view": scenario.view,
    }


@lru_cache(maxsize=1)
def first() -> Mapping[str, Any]:
    """Give what the widgets show on the first screen, which they are made with.

    A widget whose state was set is sent anew with the next change, choices and all: a page with
    none set sends 12 KB less.
    """
    catalogue = load()
    return widgets(catalogue, default(catalogue.offer))


def put(catalogue: Catalogue, scenario: Scenario) -> None:
    """Set every widget to a scenario; call it before the widgets are made, or from a callback."""
    state = st.session_state
    last: Scenario | None = state.get("last")
    # Present has no widgets: theirs go, older values come back, and a browser that makes them
    # afterwards knows those of the first screen unless it is told
    present = "present" in {scenario.view, last.view if last else None}
    for key, value in widgets(catalogue, scenario).items():
        known = state.get(key, _UNSET) if "last" in state else first()[key]
        if present or known != value:
            state[key] = value
    if state.get("own-rings") and not scenario.own:
        state["own-aside"] = state["own-rings"]  # nothing a reader made is lost
    state["own-rings"] = scenario.own
    # not always on the page: a key that no widget takes up in the same run would come back later
    state["centre-now"] = scenario.centre
    state["centre-chosen"] = scenario.projection == "true-range"
    for key in ("centre", "centre-lon", "centre-lat"):
        state.pop(key, None)
    state["dossier"] = scenario.dossier
    state["place"] = scenario.place
    state["against"] = scenario.against


def put_centre(scenario: Scenario) -> None:
    """Set the widgets of the true-range map's centre; call it just before they are made."""
    state = st.session_state
    where = spot(scenario.centre)
    state["centre"] = scenario.centre if where is None else ELSEWHERE
    if where is not None:
        state["centre-lon"], state["centre-lat"] = (f"{degrees:g}" for degrees in where)


def typed_centre() -> tuple[str | None, str]:
    """Read longitude and latitude as typed.

    Returns
    -------
    The place as a link writes it, or None and what is wrong.
    """
    state = st.session_state
    numbers = []
    for name, key, most in (("Longitude", "centre-lon", 180), ("Latitude", "centre-lat", 90)):
        text = str(state.get(key, "")).strip().replace(",", ".").replace("\u2212", "-")
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not abs(number) <= most:
            shown = f"'{text}' is not" if text else "is missing: give"
            return None, f"{name} {shown} a number of degrees from {-most} to {most}."
        numbers.append(number)
    return spot_code(*numbers), ""


def _centre() -> str:
    """Return the chosen centre; the last one where it is not on the page, or not a place."""
    state = st.session_state
    chosen = state.get("centre")
    if chosen == ELSEWHERE:
        chosen, _ = typed_centre()
    state["centre-now"] = chosen or state["centre-now"]
    return str(state["centre-now"])


def read() -> Scenario:
    """Return the scenario the widgets show; the last one where there are none, as in Present."""
    state = st.session_state
    last: Scenario = state["last"]
    if "phase1" not in state:
        return last
    date = state["date"]
    return replace(
        last,
        as_of=date if isinstance(date, dt.date) else last.as_of,
        phases=frozenset(number for number in PHASES if state[f"phase{number}"]),
        plan=state["plan"] or last.plan,
        hidden=frozenset(state["hidden"]),
        own=state["own-rings"],
        figures=frozenset(item for group in GROUPS for item in state[f"figures-{group}"]),
        layers=frozenset(state["layers"]),
        origins=tuple(sorted((area, state[f"origin-{area}"]) for area in ("iran", "kaliningrad"))),
        borders=state["borders"] or last.borders,
        framing=state["frame"],
        projection=state["projection"],
        centre=_centre(),
        flat=state["flat"],
        view=state["view"] or last.view,
        place=state["place"],
        against=state["against"],
        # a widget that is not on this view has no state; its choice is kept
        **{key: state[key] for key in ("dossier",) if key in state},
    )


def follow(catalogue: Catalogue) -> tuple[Scenario, tuple[str, ...]]:
    """Bring widgets and address together; call it before the widgets are made.

    Returns
    -------
    The scenario of this run, and what was not understood in the address it came from.
    """
    state = st.session_state
    if "jump" in state:  # asked for after the widgets of the last run were made
        state["date"] = state.pop("jump")
    address = {key: st.query_params.get_all(key) for key in st.query_params}
    if "last" in state and read() != state["last"]:  # a widget moved: the address follows
        scenario, state["warnings"] = read(), ()
        wanted = to_query(scenario, catalogue.offer)
        st.query_params.from_dict(wanted)
        address = {key: [value] for key, value in wanted.items()}
    elif "last" not in state or address != state["address"]:  # a link, or the back button
        scenario, state["warnings"] = _parsed(catalogue, address)
        put(catalogue, scenario)
    else:
        scenario = state["last"]
    state["last"], state["address"] = scenario, address
    return scenario, state["warnings"]


def _parsed(
    catalogue: Catalogue, address: dict[str, list[str]]
) -> tuple[Scenario, tuple[str, ...]]:
    """Read an address; own data too large for it are those of this visit, if still here."""
    for rings in (st.session_state.get(key, ()) for key in ("own-rings", "own-aside")):
        if rings and address.get("own") == [f"{TOO_LARGE}{len(rings)}"]:
            rest = {key: values for key, values in address.items() if key != "own"}
            scenario, warnings = parse(rest, catalogue.offer)
            return replace(scenario, own=rings), warnings
    return parse(address, catalogue.offer)


def link(catalogue: Catalogue, scenario: Scenario) -> str:
    """Return the address that restores a scenario in any browser."""
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{urlencode(to_query(scenario, catalogue.offer))}"


def drawing(scenario: Scenario) -> Scenario:
    """Return what the drawing depends on: nothing open, asked or compared, the map in view."""
    return replace(scenario, dossier=None, view="map", place=None, against=None)
