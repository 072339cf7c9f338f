"""What can be done with the map on the screen: present it, take it, quote it, link it."""

from __future__ import annotations

import streamlit as st

from geo.catalogue import Catalogue
from geo.scenario import Scenario
from ui import address, panels
from ui.drawing import Drawing

VIEWS = {
    "map": "Map",
    "compare": "Compare",
    "place": "Place",
    "timeline": "Timeline",
    "sources": "Sources",
    "claims": "Claims",
}


def views() -> None:
    """Which view of the one page is shown."""
    st.segmented_control(
        "View",
        list(VIEWS),
        default=address.first()["view"],
        format_func=VIEWS.__getitem__,
        key="view",
        label_visibility="collapsed",
    )


def show(catalogue: Catalogue, scenario: Scenario, drawing: Drawing) -> None:
    """One row of buttons, the same in every view."""
    laydown, caption = drawing.laydown, drawing.caption
    with st.container(horizontal=True, gap="xsmall"):
        if st.button("Scenes", icon=":material/slideshow:"):
            panels.scenes(catalogue, scenario, drawing)
        st.button(
            "Present",
            icon=":material/fullscreen:",
            on_click=panels.present,
            args=(catalogue, scenario),
        )
        if st.button("Picture", icon=":material/image:"):
            from ui import picture  # noqa: PLC0415 - its libraries are loaded when one is asked for

            picture.show(catalogue, scenario)
        if st.button("Files", icon=":material/folder_open:"):
            from ui import files  # noqa: PLC0415 - its libraries are loaded when one is asked for

            files.show(catalogue, laydown, caption)
        if st.button("What may I say?", icon=":material/format_quote:"):
            from ui import quote  # noqa: PLC0415 - only when it is asked for

            quote.show(catalogue, laydown, caption)
        panels.copy_link(catalogue, scenario)
