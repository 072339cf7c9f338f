"""Who is within reach, and by how much: the table that follows the map."""

from __future__ import annotations

from functools import partial

import streamlit as st

from geo import coverage, export, legend, wording
from geo.catalogue import Catalogue
from geo.coverage import Coverage, Covered
from geo.laydown import Laydown
from geo.ring import Ring
from geo.tally import area, capital, people, percent
from ui import table

#: Rows shown before a reader asks for all.
FIRST_ROWS = 12
ORDERS = {
    "nato": "NATO first",
    "share": "Share of area",
    "people": "People",
    "near": "Distance",
    "name": "Name",
}


def distances(laydown: Laydown) -> dict[str, tuple[Ring, float]]:
    """Distances the map draws, but for radars, by a key: one of its rings, and km."""
    return {
        f"{ring.figure.id}@{km:g}": (ring, km)
        for ring in laydown.rings
        if ring.system.kind != "radar"  # it sees, and reaches nobody
        for km, _ in ring.edges
    }


def pick(laydown: Laydown, key: str) -> tuple[Ring, float] | None:
    """Let the reader choose among the distances drawn; the only one is taken without asking."""
    offered = distances(laydown)
    if not offered:
        return None
    if len(offered) == 1:
        return next(iter(offered.values()))
    if st.session_state.get(key) not in offered:  # the figure was switched off
        st.session_state[key] = next(iter(offered))
    chosen = st.selectbox(
        "Distance", list(offered), format_func=lambda item: label(*offered[item], laydown), key=key
    )
    return offered[chosen]


def label(ring: Ring, range_km: float, laydown: Laydown) -> str:
    """Name a distance: how far, whose, from where."""
    figure = ring.figure
    return (
        f"{legend.ring_name(ring)}: {wording.distance_label(range_km)}, {wording.whose(figure)}, "
        f"from {origins(laydown, figure.id)}"
    )


def origins(laydown: Laydown, figure_id: str) -> str:
    """Name where a figure is measured from."""
    names = [ring.origin.name for ring in laydown.rings if ring.figure.id == figure_id]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def show(catalogue: Catalogue, laydown: Laydown) -> None:
    """Table of the countries within the distance picked, with its totals and its file."""
    st.subheader("Who is within reach", anchor=False)
    picked = pick(laydown, "reach-of")
    if picked is None:
        drawn = "Only what a radar sees is drawn." if laydown.rings else "No range is drawn."
        st.caption(f"{drawn} Choose a figure under “Whose figure” to see who it reaches.")
        return
    ring, range_km = picked
    with st.spinner("Measuring every country", show_time=False):
        found = coverage.of_figure(catalogue, laydown, ring.figure.id, range_km)
    measured_from = origins(laydown, ring.figure.id)
    open_end = (
        "" if ring.figure.high_km else " The figure says more than that: it is its lower end."
    )
    st.html(f"<p style='margin:0'>{totals(found, measured_from)}{open_end}</p>")
    left, middle, right = st.columns([2.7, 1.1, 1.1], vertical_alignment="bottom")
    with left:
        order = st.segmented_control(
            "Sort by", list(ORDERS), format_func=ORDERS.__getitem__, default="nato", key="reach-by"
        )
    with middle:
        everyone = len(found.rows) <= FIRST_ROWS or st.toggle(
            f"All {len(found.rows)} rows", key="reach-all"
        )
    with right:
        st.download_button(
            "Table as CSV",
            # made when it is asked for, not on every rerun
            partial(export.coverage_csv, catalogue, found, laydown.scenario, measured_from),
            file_name=export.file_name("coverage", catalogue, "csv"),
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
    home = {ring.origin.country, ring.origin.area_of} - {None}  # many areas have no code
    rows = ordered(found, order or "nato")
    table.show(
        "Countries within reach",
        ["Country", "Area within", "km² within", "People in all of it", "Capital", "Nearest point"],
        [
            cells(row, range_km, home=row.iso3 in home)
            for row in (rows if everyone else rows[:FIRST_ROWS])
        ],
    )
    st.caption(notes(found))


def ordered(found: Coverage, order: str) -> list[Covered]:
    """Rows in the order a reader asked for."""
    keys = {
        "nato": lambda row: (not row.nato_member, -row.area_share, row.name),
        "share": lambda row: (-row.area_share, row.name),
        "people": lambda row: (-(row.people or 0), row.name),
        "near": lambda row: (row.nearest_km, row.name),
        "name": lambda row: (row.name,),
    }
    return sorted(found.rows, key=keys[order])


def cells(row: Covered, range_km: float, *, home: bool) -> list[table.Cell]:
    """One country as the cells of a line."""
    member = " · NATO" if row.nato_member else ""
    return [
        f"{row.name}{member}{' · origin' if home else ''}",
        table.Bar(percent(row), row.area_share),
        table.Number(area(row.area_km2)),
        table.Number(people(row.people)),
        capital(row, range_km),
        table.Number(f"{row.nearest_km:,.0f} km"),
    ]


def totals(found: Coverage, measured_from: str) -> str:
    """Say how many countries and capitals lie within, all and of NATO."""

    def words(total: coverage.Total, named: tuple[str, str]) -> str:
        return (
            f"<b>{total.countries}</b> {named[total.countries == 1]} ({total.whole} wholly) and "
            f"<b>{total.capitals}</b> {('capitals', 'capital')[total.capitals == 1]}"
        )

    return (
        f"Within {wording.distance_label(found.range_km)} of {_escaped(measured_from)} lie, in "
        f"whole or in part, {words(found.all, ('countries and territories', 'country'))}. Of the "
        f"members of NATO on the day shown: {words(found.nato, ('countries', 'country'))}."
    )


def notes(found: Coverage) -> str:
    """Say what the numbers mean."""
    years = {row.people_year for row in found.rows if row.people_year}
    year = f" for {years.pop()}" if len(years) == 1 else ""
    return (
        "Areas are measured on the ellipsoid and on full 1:10m borders, overseas parts included. "
        "The totals count the country measured from, and its capital, too. "
        "People are those of the whole country (United Nations, World Population Prospects 2024, "
        f"projection{year}), whatever share of it lies within. Nothing here says that a missile "
        "would be fired, would work or would arrive."
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
