"""What stands around the map: headline, notes, scenes, link; its key is in `key`."""

from __future__ import annotations

import html
from dataclasses import replace

import streamlit as st

from geo.caption import Caption
from geo.catalogue import Catalogue
from geo.laydown import Laydown
from geo.scenario import Scenario
from ui import address, markup, terms
from ui.drawing import Drawing, scene_scenarios

#: Back to the first screen, whatever is on this one.
AGAIN = '<a href="?" target="_self">Start again</a>'


def headline(caption: Caption) -> None:
    """Name what is drawn."""
    st.html(
        '<p style="margin:0 0 .2rem;font-size:13px;line-height:1.3;opacity:.85">EPAA Atlas: NATO’s '
        "European Phased Adaptive Approach and stated missile ranges. New here? Open Scenes. "
        f"{AGAIN}."
        '<span class="atlas-narrow"> What is drawn is chosen behind » above.</span></p>'
        '<h1 style="margin:0;padding:0;font-size:22px;line-height:1.25;font-weight:650">'
        f"{html.escape(markup.unbroken(caption.title))}</h1>"
    )
    if caption.flat:
        st.html(f'<p style="margin:0;line-height:1.4">{html.escape(caption.flat)}</p>')


def problems(warnings: tuple[str, ...], laydown: Laydown) -> None:
    """What the link or the choices ask for that cannot be had."""
    if warnings:
        st.warning(markup.lines(warnings))
    if laydown.missing:
        st.info(markup.lines(laydown.missing))


def small_print(caption: Caption) -> None:
    """Notes, sources, projection and borders, under the map."""
    lines = (
        " ".join([*caption.general_notes, caption.origin_note]),
        caption.sources,
        caption.projection,
        caption.borders,
        caption.credit,
    )
    paragraphs = "".join(f"<p>{terms.marked(line)}</p>" for line in lines if line)
    st.html(f'<div class="atlas"><div class="quiet">{paragraphs}</div></div>')


@st.dialog("Scenes", width="large")
def scenes(catalogue: Catalogue, scenario: Scenario, drawing: Drawing) -> None:
    """Ready-made scenarios, each with two sentences to read out; choosing one closes the list."""
    from ui import present  # noqa: PLC0415 - only when the list is opened

    of_the_atlas, yours = st.tabs(["Scenes of the atlas", "Your own scenes"])
    with yours:
        present.own(catalogue, scenario, drawing)
    with of_the_atlas:
        _offered(catalogue, scenario)


def _offered(catalogue: Catalogue, scenario: Scenario) -> None:
    for scene in catalogue.scenes:
        st.markdown(f"**{markup.plain(scene.title)}**  \n{markup.plain(scene.narration)}")
        chosen = st.button(
            "Show this scene",
            key=f"scene-{scene.id}",
            on_click=address.put,
            args=(catalogue, scene_scenarios()[scene.id]),
            disabled=scenario == scene_scenarios()[scene.id],
        )
        if chosen:
            st.rerun()


def present(catalogue: Catalogue, scenario: Scenario) -> None:
    """Show the map as it is in large type, with nothing beside it."""
    address.put(catalogue, replace(scenario, view="present", dossier=None))


def narration(catalogue: Catalogue, scenario: Scenario) -> None:
    """Return the lecturer's words, while the map shows exactly a scene."""
    for scene in catalogue.scenes:
        if address.drawing(scene_scenarios()[scene.id]) == address.drawing(scenario):
            title, said = markup.plain(scene.title), markup.plain(scene.narration)
            question = f"  \n*For the class: {markup.plain(scene.question or '')}*"
            st.success(
                f"**{title}.** {said}{question if scene.question else ''}",
                icon=":material/school:",
            )


def copy_link(catalogue: Catalogue, scenario: Scenario) -> None:
    """Return the address that restores everything; made when opened."""
    menu = st.popover("Link", icon=":material/link:", on_change="rerun")
    if menu.open:
        menu.markdown("This address restores what you see in any browser that can reach this page.")
        menu.code(address.link(catalogue, scenario), language=None, wrap_lines=True)
