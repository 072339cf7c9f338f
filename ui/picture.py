"""The picture to publish and the handout for class: format, words, preview, files, text to copy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

import streamlit as st

from geo import figure, gazetteer, handout, palette
from geo.caption import Caption
from geo.catalogue import Catalogue, load
from geo.figure import Order
from geo.formats import FORMATS
from geo.model import Scene
from geo.scenario import Scenario
from ui import address
from ui.drawing import drawn, scene_scenarios

#: What a picture can be written as; after a dash, the multiple of single size, or dots an inch.
FILES = {
    "png": "PNG, for a screen",
    "png-2": "PNG, double size",
    "png-300": "PNG, for print (300 dpi)",
    "svg": "SVG, to edit",
    "pdf": "PDF",
}
MOST_HEADLINE, MOST_SUBHEAD = 160, 500


@dataclass(frozen=True)
class Shown:
    """A picture as the dialog shows it."""

    preview: bytes
    about: tuple[tuple[str, str], ...]
    """What its metadata says, by name."""


@st.dialog("Picture", width="large")
def show(catalogue: Catalogue, scenario: Scenario) -> None:
    """Open the dialog over the page."""
    choose(catalogue, scenario)


def choose(catalogue: Catalogue, scenario: Scenario) -> None:
    """Choose, look, download: everything a publication needs is in the picture and its file."""
    scenario = address.drawing(scenario)
    laydown, caption = drawn(scenario).laydown, drawn(scenario).caption
    shape, style, kind = st.columns([1.5, 1, 1.5])
    with shape:
        form = st.selectbox(
            "Format",
            list(FORMATS),
            format_func=lambda key: FORMATS[key].label,
            key="picture-format",
        )
    with style:
        look = st.selectbox(
            "Style",
            list(palette.STYLES),
            format_func=palette.STYLES.__getitem__,
            key="picture-style",
        )
    with kind:
        file = st.selectbox("File", list(FILES), format_func=FILES.__getitem__, key="picture-file")
    headline = st.text_input(
        "Headline", caption.title, max_chars=MOST_HEADLINE, key="picture-headline"
    )
    subhead = st.text_area(
        "Line below it",
        caption.subhead,
        max_chars=max(MOST_SUBHEAD, len(caption.subhead)),
        height="content",
        key="picture-subhead",
    )
    own_words = _own(headline, caption.title), _own(subhead, caption.subhead)
    order = Order(form, look, *own_words, by_user=any(own_words))
    with st.spinner("Drawing the picture", show_time=True):
        shown = _shown(scenario, order)
    suffix = file.split("-", maxsplit=1)[0]
    left, right = st.columns(2)
    with left:
        st.download_button(
            "Download the picture",
            partial(_file, scenario, order, file),  # made when it is asked for
            file_name=figure.file_name(laydown, order, suffix),
            mime=figure.KINDS[suffix],
            type="primary",
            on_click="ignore",
            icon=":material/download:",
            width="stretch",
        )
    with right:
        scene = scene_of(catalogue, scenario)
        st.download_button(
            "Handout for class (PDF)",
            partial(handout.pdf, catalogue, laydown, caption, scene, order),
            file_name=handout.file_name(laydown),
            mime=figure.KINDS["pdf"],
            on_click="ignore",
            icon=":material/school:",
            width="stretch",
        )
    preview, words = st.tabs(["The picture", "Words to copy"])
    preview.image(shown.preview)
    with words:
        _words(caption, dict(shown.about))


def _words(caption: Caption, about: dict[str, str]) -> None:
    """Text to copy that goes with the picture; the file carries it too."""
    for label, words in (
        ("Credit line", about["Credit"]),
        ("Caption", f"{caption.told} {caption.sources}"),
        ("Border note, to print with the map", caption.borders),
        ("Alternative text, for readers who cannot see it", about["Description"]),
    ):
        st.markdown(label)
        st.code(words, language=None, wrap_lines=True)


def scene_of(catalogue: Catalogue, scenario: Scenario) -> Scene | None:
    """Find the scene that the map shows exactly."""
    for scene in catalogue.scenes:
        if address.drawing(scene_scenarios()[scene.id]) == scenario:
            return scene
    return None


def _own(words: str | None, default: str) -> str | None:
    """Give a reader's own words; None where they are the default or nothing."""
    return None if not words or words == default else words


def _draw(scenario: Scenario, order: Order) -> figure.Picture:
    drawing = drawn(scenario)
    found = load()
    capitals = gazetteer.capitals(found.cities, found.people)
    return figure.draw(drawing.laydown, drawing.caption, capitals, order)


def _shown(scenario: Scenario, order: Order) -> Shown:
    """Draw for the screen; what holds a reader's own data is drawn anew and kept for nobody."""
    return _draw_shown(scenario, order) if scenario.own else _kept(scenario, order)


@lru_cache(maxsize=32)
def _kept(scenario: Scenario, order: Order) -> Shown:
    """Bytes are kept and not the picture: many readers may share them."""
    return _draw_shown(scenario, order)


def _draw_shown(scenario: Scenario, order: Order) -> Shown:
    picture = _draw(scenario, order)
    return Shown(picture.preview(), tuple(picture.about.items()))


def _file(scenario: Scenario, order: Order, file: str) -> bytes:
    """Write the file that is downloaded."""
    kind, _, size = file.partition("-")
    dpi = {"": None, "2": 2.0 * FORMATS[order.format].dpi, "300": 300.0}[size]
    return _draw(scenario, order).file(kind, dpi)
