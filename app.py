"""EPAA Atlas: the page. It chooses and lays out; everything else is in `geo`."""

from dataclasses import replace
from functools import partial

import streamlit as st

from geo import legend
from geo.catalogue import load
from geo.errors import AtlasError
from ui import (
    actions,
    address,
    chart,
    clock,
    controls,
    coverage,
    dossier,
    key,
    markup,
    memory,
    panels,
    pick,
    poster,
    style,
    terms,
)
from ui.drawing import drawn, map_px

st.set_page_config("EPAA Atlas", layout="wide", initial_sidebar_state=300)


def page() -> None:
    """Lay out what the address and the widgets ask for."""
    catalogue = load()
    scenario, warnings = address.follow(catalogue)
    if scenario.view != "map":
        poster.gone()
    if scenario.view == "present":
        from ui import present

        present.show(catalogue, scenario)
        return

    size_px = map_px()
    drawing = drawn(address.drawing(scenario), size_px)
    laydown, caption = drawing.laydown, drawing.caption
    if scenario.view == "map":
        poster.show(drawing.deck, chart.key("map", scenario))

    with st.sidebar:
        controls.show(catalogue, replace(laydown, scenario=scenario))

    actions.views()
    actions.show(catalogue, scenario, drawing)

    with st.container():  # always there, so that what comes and goes in it does not move the map
        panels.problems(warnings, laydown)

    if scenario.view == "map":
        panels.headline(caption)
        picture, side = st.columns([2.5, 1])
        with picture:
            chart_key = chart.key("map", scenario)
            st.pydeck_chart(
                chart.light(drawing.deck).back(st.session_state.get("back", 0)),
                height=size_px[1],
                key=chart_key,
                alt=caption.alt,
                on_select=partial(pick.picked, catalogue, chart_key),
                selection_mode="single-object",
            )
            clock.show(catalogue, scenario)
            panels.narration(catalogue, scenario)
            panels.small_print(caption)
            terms.show(
                caption.sentence,
                caption.projection,
                *(entry.label for entry in legend.entries(laydown)),
                *(legend.mark_name(mark) for mark in laydown.marks),
                *caption.notes,
            )
        with side:
            pick.brief(catalogue, replace(laydown, scenario=scenario))
            key.beside(laydown, caption)
        pick.show(catalogue, replace(laydown, scenario=scenario))
        coverage.show(catalogue, laydown)
        dossier.show(catalogue, scenario)
    elif scenario.view == "compare":
        from ui import compare

        compare.show(catalogue, scenario)
    elif scenario.view == "place":
        from ui import place

        place.show(catalogue, scenario, laydown)
    elif scenario.view == "timeline":
        from ui import timeline

        timeline.show(catalogue, scenario)
    elif scenario.view == "sources":
        from ui import sources

        sources.show(catalogue)
    else:
        from ui import claims

        claims.show(catalogue)


style.show()
try:
    page()
except (
    AtlasError
) as error:  # a file of the atlas is missing or broken, and its name is in the words
    st.error(markup.lines([str(error)]))
    st.html(panels.AGAIN)
memory.settle()
