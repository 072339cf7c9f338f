"""EPAA Atlas: the page. It chooses and lays out; everything else is in `geo`."""

from functools import lru_cache

import streamlit as st

from geo import webmap
from geo.caption import Caption, compose
from geo.catalogue import load
from geo.errors import AtlasError
from geo.laydown import Laydown, resolve
from geo.scenario import Scenario
from ui import address, controls, panels

st.set_page_config("EPAA Atlas", layout="wide", initial_sidebar_state=300)


@lru_cache(maxsize=256)
def drawn(scenario: Scenario) -> tuple[Laydown, Caption, object]:
    """Everything a scenario shows; the same for every reader, so it is kept."""
    catalogue = load()
    laydown = resolve(catalogue, scenario)
    return laydown, compose(catalogue, laydown), webmap.deck(laydown)


try:
    catalogue = load()
except AtlasError as error:
    st.error(str(error))
    st.stop()

scenario, warnings = address.follow(catalogue)
laydown, caption, deck = drawn(address.without_site(scenario))

with st.sidebar:
    controls.show(catalogue, laydown)

words, buttons = st.columns([1.5, 1], vertical_alignment="center")
with words:
    panels.headline(caption)
with buttons, st.container(horizontal=True, horizontal_alignment="right"):
    panels.scenes(catalogue, scenario)
    if st.button("Picture", icon=":material/image:"):
        panels.picture(catalogue, laydown, caption)
    panels.copy_link(catalogue, scenario)

panels.problems(warnings, laydown)
panels.narration(catalogue, scenario)
picture, key = st.columns([2.5, 1])
with picture:
    st.pydeck_chart(deck, height=webmap.HEIGHT_PX, key="map", alt=caption.alt)
with key:
    panels.key(laydown, caption)
panels.dossier(catalogue, scenario)
