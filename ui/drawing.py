"""Everything a scenario shows, made once and kept: the same for every reader.

It stands in a module, not in ``app.py``: Streamlit runs that file anew on every click, and a cache
made there would be empty each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from geo import legend, webmap
from geo.caption import Caption, compose
from geo.catalogue import load
from geo.laydown import Laydown, resolve
from geo.scenario import Scenario, parse

#: Width and height that the map beside its legend has on a narrow screen.
MAP_PX = (webmap.WIDTH_PX, webmap.HEIGHT_PX)


@dataclass(frozen=True)
class Drawing:
    """A scenario resolved, said and drawn."""

    laydown: Laydown
    caption: Caption
    deck: webmap.Deck


@lru_cache(maxsize=256)
def drawn(scenario: Scenario, size_px: tuple[int, int] = MAP_PX) -> Drawing:
    """Resolve, say and draw a scenario; frozen values in and out, and a bounded memory."""
    catalogue = load()
    laydown = resolve(catalogue, scenario)
    return Drawing(laydown, compose(catalogue, laydown), webmap.deck(laydown, size_px))


@lru_cache(maxsize=1)
def figure_titles() -> Mapping[str, str]:
    """Title of every figure by its id, for the lists of the page."""
    return {key: legend.figure_title(*pair) for key, pair in load().figures.items()}


@lru_cache(maxsize=1)
def scene_scenarios() -> Mapping[str, Scenario]:
    """Scenario of every scene by its id; its choices were checked when the catalogue was read."""
    catalogue = load()
    return {
        scene.id: parse({key: [value] for key, value in scene.choices.items()}, catalogue.offer)[0]
        for scene in catalogue.scenes
    }
