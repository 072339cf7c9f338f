"""The key of a map: what its marks, tints and lines mean."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from geo import legend, swatch
from geo.caption import Caption
from geo.laydown import Laydown
from ui import terms
from ui.drawing import PHONE_PX, map_px

#: A sentence of more letters comes after the key.
LONG = 460


def beside(laydown: Laydown, caption: Caption) -> None:
    """The sentence and the whole key, beside the map."""
    lines = "".join(
        _line(entry, terms.marked(entry.label) + _small(entry.small_print))
        for entry in legend.entries(laydown)
    )
    parts = [
        f'<p class="atlas sentence">{terms.marked(caption.sentence)}</p>',
        f'<div class="atlas">{lines}</div>',
    ]
    # what a line means stays beside the map, however much there is to say
    for part in parts if len(caption.sentence) <= LONG else reversed(parts):
        st.html(part)


def below(laydowns: Sequence[Laydown]) -> None:
    """One key for maps that stand side by side."""
    entries = {entry.label: entry for one in laydowns for entry in legend.entries(one)}
    lines = "".join(
        _line(entry, terms.marked(entry.label) + _small(entry.detail)) for entry in entries.values()
    )
    if lines:
        head = '<p class="atlas quiet">Key to both maps</p>'
        st.html(f'{head}<div class="atlas atlas-columns">{lines}</div>')


def on_map(laydown: Laydown) -> None:
    """What marks and tints mean, in large type on a map that is presented.

    Rings say it on the map; on a phone there may be no room, so there the key has them too.
    """
    entries = legend.entries(laydown) if map_px() == PHONE_PX else legend.hall(laydown)
    lines = "".join(_line(entry, html.escape(entry.brief)) for entry in entries)
    if lines:
        st.html(f'<div class="atlas-key">{lines}</div>')


def _line(entry: legend.Entry, words: str) -> str:
    """A mark and its words, which are HTML."""
    mark = f'<img width="34" height="20" alt="" src="{swatch.address(entry)}">'
    return f'<div class="line">{mark}<div>{words}</div></div>'


def _small(text: str) -> str:
    return f'<div class="quiet">{html.escape(text)}</div>' if text else ""
