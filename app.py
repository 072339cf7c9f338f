"""EPAA Atlas: the page. It chooses and lays out; everything else is in `geo`."""

import streamlit as st

from geo import webmap
from geo.catalogue import load
from geo.errors import AtlasError
from ui import address, clock, controls, coverage, dossier, panels
from ui.drawing import drawn

st.set_page_config("EPAA Atlas", layout="wide", initial_sidebar_state=300)

VIEWS = {
    "map": "Map",
    "compare": "Compare",
    "place": "Place",
    "timeline": "Timeline",
    "sources": "Sources",
    "claims": "Claims",
}


try:
    catalogue = load()
except AtlasError as error:
    st.error(str(error))
    st.stop()

scenario, warnings = address.follow(catalogue)
if scenario.view == "present":
    from ui import present

    present.show(catalogue, scenario)
    st.stop()

drawing = drawn(address.drawing(scenario))
laydown, caption = drawing.laydown, drawing.caption

with st.sidebar:
    controls.show(catalogue, laydown)

views, buttons = st.columns([1.12, 1], vertical_alignment="center")
with views:
    st.segmented_control(
        "View", list(VIEWS), format_func=VIEWS.__getitem__, key="view", label_visibility="collapsed"
    )
# words alone: with icons five buttons take two lines on a laptop
with buttons, st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
    if st.button("Scenes"):
        panels.scenes(catalogue, scenario, drawing)
    st.button(
        "Present",
        on_click=panels.present,
        args=(catalogue, scenario),
    )
    if st.button("Picture"):
        panels.picture(catalogue, laydown, caption)
    if st.button("Files"):
        from ui import files

        files.show(catalogue, laydown, caption)
    panels.copy_link(catalogue, scenario)

with st.container():  # always there, so that what comes and goes in it does not move the map
    panels.problems(warnings, laydown)

if scenario.view == "map":
    panels.headline(caption)
    picture, key = st.columns([2.5, 1])
    with picture:
        st.pydeck_chart(drawing.deck, height=webmap.HEIGHT_PX, key="map", alt=caption.alt)
        clock.show(catalogue, scenario)
        panels.narration(catalogue, scenario)
        panels.small_print(laydown, caption)
    with key:
        panels.key(laydown, caption)
    coverage.show(catalogue, laydown)
    dossier.show(catalogue, scenario)
elif scenario.view == "compare":
    from ui import compare

    compare.show(catalogue, scenario)
elif scenario.view == "place":
    from ui import place

    place.show(catalogue, scenario, laydown)
elif scenario.view == "timeline":
    from ui import timeline  # a view's libraries are loaded when it is first looked at

    timeline.show(catalogue, scenario)
elif scenario.view == "sources":
    from ui import sources

    sources.show(catalogue)
else:
    from ui import claims

    claims.show(catalogue)
