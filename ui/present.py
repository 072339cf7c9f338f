"""Present: scenes full width, in type for the back row, and nothing else in sight.

The scenes are those of the atlas, or a reader's own: made on the spot, or loaded from a file.
"""

from __future__ import annotations

import html
from dataclasses import replace
from functools import partial

import streamlit as st

from geo import legend, scenes
from geo.catalogue import Catalogue
from geo.errors import AtlasError
from geo.link import parse
from geo.model import Scene
from geo.scenario import Scenario
from ui import address, chart, given, key, markup
from ui.drawing import Drawing, drawn, scene_scenarios
from ui.given import Said

#: Size of the map, so that title and words stand with it on a screen of 1280 by 720.
WIDTH_PX, HEIGHT_PX = 1100, 325
#: On a screen of 1920 by 1080, be it full or with a browser's bars, all is so much larger. The
#: server does not know the screen: both are there, and the browser hides one; see `ui/style.py`.
LARGER = {"present": 1.0, "present-large": 1.5}
#: Boxes of the form that makes a scene.
OWN_WORDS = ("title", "narration", "question")


def shown(catalogue: Catalogue) -> list[Scene]:
    """Return the reader's own scenes if there are any, else those of the atlas."""
    own: list[Scene] = st.session_state.setdefault("own-scenes", [])
    return own or list(catalogue.scenes)


def scenario_of(catalogue: Catalogue, scene: Scene) -> Scenario:
    """Return what a scene shows."""
    kept = scene_scenarios().get(scene.id)
    if kept is not None:
        return kept
    return parse(scene.choices, catalogue.offer)[0]


def _place(catalogue: Catalogue, scenario: Scenario) -> int | None:
    """Return which scene a scenario is; none if it is another map."""
    drawing = address.drawing(scenario)
    for place, scene in enumerate(shown(catalogue)):
        if address.drawing(scenario_of(catalogue, scene)) == drawing:
            return place
    return None


def show(catalogue: Catalogue, scenario: Scenario) -> None:
    """Draw the scene a link names, or the map as it is, with its words."""
    drawing = drawn(address.drawing(scenario), (WIDTH_PX, HEIGHT_PX), keyed=True)
    listed, place = shown(catalogue), _place(catalogue, scenario)
    title, words, question = drawing.caption.title, drawing.caption.sentence, None
    if place is not None:
        scene = listed[place]
        title, words, question = scene.title, scene.narration, scene.question
    st.html(f'<h1 class="atlas-present">{html.escape(markup.unbroken(title))}</h1>')
    with st.container(key="present-maps"):
        for name, times in LARGER.items():
            with st.container(key=f"{name}-map"):
                deck = drawing.deck.larger(times)
                chart.show(deck, scenario, round(HEIGHT_PX * times), drawing.caption.alt)
        key.on_map(drawing.laydown)
    asked = f'<p class="atlas-present"><em>{html.escape(question)}</em></p>' if question else ""
    st.html(f'<p class="atlas-present">{html.escape(words)}</p>{asked}')
    _buttons(catalogue, len(listed), place, legend.stated(drawing.laydown))


def _buttons(catalogue: Catalogue, count: int, place: int | None, stated: tuple[str, ...]) -> None:
    """Whose figures are drawn; back, on and out: two small buttons and a third, with their keys."""
    left, right = st.columns([7, 3], vertical_alignment="center")
    with left:
        here = (
            f"Scene {place + 1} of {count}"
            if place is not None
            else f"{count} scene{'s follow' if count != 1 else ' follows'}"
        )
        figures = f"Drawn: {'; '.join(stated)}." if stated else "No range is drawn."
        st.html(f'<p class="atlas-stated">{here}. {html.escape(figures)}</p>')
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        for label, icon, shortcut, step in (
            ("Previous", ":material/arrow_back:", "Left", -1),
            ("Next", ":material/arrow_forward:", "Right", 1),
        ):
            st.button(
                label,
                icon=icon,
                shortcut=shortcut,
                on_click=_go,
                args=(catalogue, step, place),
                key=f"present-{label.lower()}",
            )
        st.button(
            "Close", icon=":material/close:", shortcut="Esc", on_click=_close, args=(catalogue,)
        )


def _go(catalogue: Catalogue, step: int, place: int | None) -> None:
    """Show the scene before or after; from the last, the first follows."""
    listed = shown(catalogue)
    start = (-1 if step > 0 else 0) if place is None else place
    asked = scenario_of(catalogue, listed[(start + step) % len(listed)])
    address.put(catalogue, replace(asked, view="present"))


def _close(catalogue: Catalogue) -> None:
    address.put(catalogue, replace(st.session_state["last"], view="map"))


def own(catalogue: Catalogue, scenario: Scenario, drawing: Drawing) -> None:
    """Make scenes on the spot, save them as a file, load one again."""
    above, below = st.container(), st.container()
    with below:  # read first, so that what stands above is what it brought
        given.file("Load a scene file", ["json"], "own-file", partial(_read, catalogue))
    with above:
        _made(catalogue, scenario, drawing)


def _made(catalogue: Catalogue, scenario: Scenario, drawing: Drawing) -> None:
    kept: list[Scene] = st.session_state.setdefault("own-scenes", [])
    st.markdown(
        "**Your own scenes** are kept for this visit; save them as a file to use them again."
    )
    with st.container():  # always there, so that a longer list does not close what is open below
        for place, scene in enumerate(kept):
            line, button = st.columns([5, 1], vertical_alignment="center")
            line.text(f"{place + 1}. {scene.title}")
            button.button("Remove", key=f"own-remove-{place}", on_click=_remove, args=(place,))
    with st.expander("Add maps from links"):
        pasted = st.text_area("Links, one a line", key="own-links", height=100)
        if st.button("Add these", key="own-links-add"):
            odd = _from_links(catalogue, kept, pasted)
            if odd:
                st.warning(markup.lines(odd))
    with st.expander("Add the map as it is now"), st.form("own-scene", border=False):
        st.text_input("Title", drawing.caption.title, max_chars=120, key="own-title")
        st.text_area("To read out", drawing.caption.sentence, max_chars=700, key="own-narration")
        st.text_input("Question for the class (may be empty)", max_chars=240, key="own-question")
        st.form_submit_button("Add scene", on_click=_add, args=(catalogue, scenario))
        said: Said = st.session_state.pop("own-scene-said", Said())
        if said.refused:
            st.error(markup.lines([said.refused]))
        if said.done:
            st.success(markup.plain(said.done))
    if kept:
        st.download_button(
            "Save as a scene file",
            scenes.write(kept, catalogue.offer),
            file_name="epaa-atlas-scenes.json",
            mime="application/json",
            on_click="ignore",
            icon=":material/download:",
        )


def _add(catalogue: Catalogue, scenario: Scenario) -> None:
    """Keep the map as it is as a scene, with the words of the form; say what became of it."""
    state = st.session_state
    kept: list[Scene] = state["own-scenes"]
    title, narration, question = (state[f"own-{key}"] for key in OWN_WORDS)
    plain = replace(scenario, view="map", dossier=None)
    try:
        scenes.room(kept)
        made = scenes.scene(plain, catalogue.offer, title, narration, question, len(kept) + 1)
    except AtlasError as error:
        state["own-scene-said"] = Said(refused=str(error))
    else:
        kept.append(made)
        said = f"“{made.title}” is scene {len(kept)} of your own, and listed above."
        state["own-scene-said"] = Said(said)


def _read(catalogue: Catalogue, name: str, data: bytes) -> Said:
    try:
        found, odd = scenes.read(data, catalogue.offer)
    except AtlasError as error:
        return Said(refused=f"{name}: {error}")
    st.session_state["own-scenes"] = list(found)
    count = f"{len(found)} scene{'s' if len(found) > 1 else ''}"
    return Said(f"{count} of {name} loaded. Close this and press Present.", tuple(odd))


def _from_links(catalogue: Catalogue, kept: list[Scene], pasted: str) -> list[str]:
    """Make a scene of every pasted link, its title and words those of its map; say what was odd."""
    said = []
    for line in filter(None, (text.strip() for text in pasted.splitlines())):
        if len(kept) >= scenes.MOST_SCENES:
            said.append(
                f"At most {scenes.MOST_SCENES} scenes are kept; the links after are left out."
            )
            break
        if "?" not in line:
            said.append(f"“{line[:60]}” holds no choice of this atlas after a question mark.")
            continue
        scenario, warnings = scenes.from_link(line, catalogue.offer)
        said += warnings
        plain = replace(scenario, view="map", dossier=None)
        caption = drawn(address.drawing(plain)).caption
        place = len(kept) + 1
        kept.append(
            scenes.scene(plain, catalogue.offer, caption.title, caption.sentence, "", place)
        )
    return said


def _remove(place: int) -> None:
    del st.session_state["own-scenes"][place]
