"""Published sentences, each with what the atlas finds, and the map that shows it."""

from __future__ import annotations

import streamlit as st

from geo.catalogue import Catalogue, load
from geo.claims import Finding, evaluate
from geo.link import parse
from ui import address
from ui.dossier import cite
from ui.markup import plain

SECTIONS = {
    "A": "Places and distances in two papers",
    "B": "Their dates and numbers",
    "C": "Sentences from the press",
}
VERDICTS = {
    "TRUE": "holds in every case tried, or by the source named",
    "FALSE": "holds in none, or the source named says otherwise",
    "DEPENDS": "changes with the origin or with the stated range",
    "PARTLY": "part of it holds, or part of it cannot be tested",
    "SOURCE-ONLY": "a map cannot test it",
}


@st.cache_resource(show_spinner="Checking the sentences against the map")
def findings(version: str) -> tuple[Finding, ...]:
    """Judge all claims once for an edition of the data."""
    catalogue = load()
    assert catalogue.edition.version == version  # noqa: S101 - the version is the key of the cache
    return evaluate(catalogue, catalogue.claims)


def show(catalogue: Catalogue) -> None:
    """Table of all sentences; a picked one with its numbers, sources and map."""
    found = findings(catalogue.edition.version)
    st.markdown(
        "Sentences quoted from publications and tested here. Distances are geodesic, ranges are "
        "*stated* ones, borders are the de-jure view unless the method says otherwise. Pick a line "
        "to see the numbers behind it."
    )
    st.caption(". ".join(f"**{word}**: {meaning}" for word, meaning in VERDICTS.items()) + ".")
    chosen = st.pills(
        "Which",
        list(SECTIONS),
        format_func=SECTIONS.__getitem__,
        key="claims-section",
        label_visibility="collapsed",
    )
    shown = [item for item in found if chosen in {None, item.claim.section}]
    picked = st.dataframe(
        [
            {
                "No.": item.claim.id,
                "Verdict": item.verdict,
                "Sentence": item.claim.quote,
                "From": item.claim.origin,
            }
            for item in shown
        ],
        key=f"claims-table-{chosen}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=330,
        column_config={
            "No.": st.column_config.TextColumn(width="small"),
            "Verdict": st.column_config.TextColumn(width="small"),
            "Sentence": st.column_config.TextColumn(width="large"),
        },
    )
    rows = picked.selection.rows
    if rows and rows[0] < len(shown):
        _finding(catalogue, shown[rows[0]])


def _finding(catalogue: Catalogue, item: Finding) -> None:
    """Everything about one sentence."""
    where = f", {plain(item.claim.where)}" if item.claim.where else ""
    st.markdown(f"> {plain(item.claim.quote)}\n>\n> *{plain(item.claim.origin)}{where}*")
    st.markdown(f"**{item.verdict}.** {plain(item.because)}")
    scenario, _ = parse(item.choices, catalogue.offer)
    st.button(
        "Show on the map",
        key=f"claim-{item.claim.id}",
        icon=":material/map:",
        on_click=address.put,
        args=(catalogue, scenario),
    )
    if item.numbers:
        st.table([{"What": plain(label), "Value": plain(value)} for label, value in item.numbers])
    st.caption(plain(item.method))
    for source_id in item.sources:
        st.caption(cite(catalogue.sources[source_id], confirmed=True))
