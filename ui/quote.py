"""What may I say? Words to copy, and published sentences about what the map draws, judged."""

from __future__ import annotations

import streamlit as st

from geo import legend, wording
from geo.caption import Caption
from geo.catalogue import Catalogue
from geo.claims import Finding, touching
from geo.laydown import Laydown
from ui import claims, table
from ui.markup import plain

#: Sentences shown before a reader goes to the whole list.
MOST_SHOWN = 12


@st.dialog("What may I say?", width="large")
def show(catalogue: Catalogue, laydown: Laydown, caption: Caption) -> None:
    """Words that hold, what goes with them, and what others have said of the same."""
    st.markdown("**Holds, with its source.** Copy it whole: the words say whose figure it is.")
    st.code(f"{caption.told} {caption.sources}", language=None, wrap_lines=True)
    st.markdown("**Credit line**")
    st.code(caption.credit, language=None, wrap_lines=True)
    st.markdown("**Keep with it**")
    st.markdown("\n".join(f"- {plain(line)}" for line in keep(laydown, caption)))
    with st.spinner("Checking published sentences against the map", show_time=True):
        found = about(catalogue, laydown)
    if not found:
        st.caption("None of the published sentences in the catalogue is about what is drawn.")
        return
    st.markdown(
        f"**{len(found)} published sentences about what is drawn**, the closest first, with the "
        "verdict of this atlas"
    )
    table.show(
        "Published sentences about what is drawn",
        ["Sentence", "Verdict", "Why", "From"],
        [
            [f"“{item.claim.quote}”", item.verdict, item.because, item.claim.origin]
            for item in found[:MOST_SHOWN]
        ],
    )
    if len(found) > MOST_SHOWN:
        st.caption(f"{len(found) - MOST_SHOWN} more are in the view Claims.")
    st.caption(". ".join(f"**{word}**: {said}" for word, said in claims.VERDICTS.items()) + ".")


def keep(laydown: Laydown, caption: Caption) -> list[str]:
    """What has to stand beside a quotation of this map."""
    lines = ["A stated range is what somebody says, not what will happen: name who says it."]
    rings = list({ring.figure.id: ring for ring in laydown.rings}.values())
    lines += [
        f"{legend.ring_name(one)}, {wording.figure_label(one.figure)}: {wording.whose(one.figure)}."
        for one in rings
    ]
    lines += [*caption.notes, caption.origin_note, caption.projection, caption.borders]
    return [line for line in dict.fromkeys(lines) if line]


def about(catalogue: Catalogue, laydown: Laydown) -> tuple[Finding, ...]:
    """Findings on the claims about what is drawn, the closest first."""
    judged = {item.claim.id: item for item in claims.findings(catalogue.edition.version)}
    return tuple(judged[claim.id] for claim in touching(catalogue, laydown))
