"""Everything a scenario shows, made once and kept: the same for every reader.

It stands in a module, not in ``app.py``: Streamlit runs that file anew on every click, and a cache
made there would be empty each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from geo import legend, webmap, wording
from geo.caption import Caption, compose
from geo.catalogue import load
from geo.laydown import Laydown, resolve
from geo.link import parse
from geo.scenario import Scenario

#: Width and height that the map beside its legend has on a narrow screen.
MAP_PX = (webmap.WIDTH_PX, webmap.HEIGHT_PX)
#: The same on a phone held upright.
PHONE_PX = (350, 460)


@dataclass(frozen=True)
class Drawing:
    """A scenario resolved, said and drawn."""

    laydown: Laydown
    caption: Caption
    deck: webmap.Deck


#: Width of the key of a map that is presented, height of a line, and letters that fit into one.
KEY_PX, KEY_LINE_PX, KEY_LETTERS = 375, 35, 26

#: Drawings with a reader's own data that are kept for that reader.
MOST_OWN = 4


def map_px() -> tuple[int, int]:
    """Size of the map on the screen that asks; a phone's browser says that it is one."""
    return PHONE_PX if "Mobi" in st.context.headers.get("User-Agent", "") else MAP_PX


def drawn(scenario: Scenario, size_px: tuple[int, int] = MAP_PX, *, keyed: bool = False) -> Drawing:
    """Resolve, say and draw a scenario, or give the drawing made before.

    What all readers can see is kept for all; what holds a reader's own data, for that reader only.

    Parameters
    ----------
    scenario
        What to draw.
    size_px
        Width and height that the map has.
    keyed
        Whether the lower left corner of the map is kept free for its key.
    """
    if not scenario.own:
        return _for_all(scenario, size_px, keyed)
    kept: dict[object, Drawing] = st.session_state.setdefault("own-drawings", {})
    key = (scenario, size_px, keyed)
    if key not in kept:
        while len(kept) >= MOST_OWN:
            del kept[next(iter(kept))]
        kept[key] = _draw(scenario, size_px, keyed)
    return kept[key]


@lru_cache(maxsize=256)
def _for_all(scenario: Scenario, size_px: tuple[int, int], keyed: bool) -> Drawing:
    """Frozen values in and out, and a bounded memory."""
    return _draw(scenario, size_px, keyed)


def _draw(scenario: Scenario, size_px: tuple[int, int], keyed: bool) -> Drawing:
    catalogue = load()
    laydown = resolve(catalogue, scenario)
    corner = key_px(laydown) if keyed else (0, 0)
    return Drawing(laydown, compose(catalogue, laydown), webmap.deck(laydown, size_px, corner))


def key_px(laydown: Laydown) -> tuple[int, int]:
    """Width and height of the key of a map that is presented; see `ui/style.py`."""
    lines = sum(1 + len(entry.brief) // KEY_LETTERS for entry in legend.hall(laydown))
    return KEY_PX, lines * KEY_LINE_PX


@lru_cache(maxsize=1)
def figure_titles() -> Mapping[str, str]:
    """What every figure says and who, by its id, for the lists of the page."""
    pairs = load().figures
    return distinct(
        {key: wording.figure_line(*pair) for key, pair in pairs.items()},
        lambda key: pairs[key][1].as_published,
    )


def distinct(labels: Mapping[str, str], more: Callable[[str], str]) -> dict[str, str]:
    """Labels of a list, no two alike: Streamlit takes the first of those that are.

    Parameters
    ----------
    labels
        By key.
    more
        What to add to the label of a key that another has too.
    """
    times = Counter(labels.values())
    return {
        key: f"{label}, {more(key)}" if times[label] > 1 else label for key, label in labels.items()
    }


@lru_cache(maxsize=1)
def scene_scenarios() -> Mapping[str, Scenario]:
    """Scenario of every scene by its id; its choices were checked when the catalogue was read."""
    catalogue = load()
    return {scene.id: parse(scene.choices, catalogue.offer)[0] for scene in catalogue.scenes}
