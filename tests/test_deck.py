"""A deck drawn larger, and sent back to its first view."""

import json
import math
from dataclasses import replace

import pytest

from geo import webmap
from geo.laydown import resolve


def drawn(deck):
    found = json.loads(deck.to_json())
    return found["initialViewState"], {layer["id"]: layer for layer in found["layers"]}


@pytest.mark.parametrize("projection", ["mercator", "true-range"])
def test_a_larger_deck_shows_the_same_with_all_its_pixels_more(catalogue, first_screen, projection):
    laydown = resolve(catalogue, replace(first_screen, projection=projection, flat=True))
    deck = webmap.deck(laydown, (1100, 325))
    (view, layers), (near, large) = drawn(deck), drawn(deck.larger(1.5))
    for key in {"zoom", "zoomX", "zoomY"} & set(view):
        assert near[key] == pytest.approx(view[key] + math.log2(1.5))
    assert {key: near[key] for key in near if "oom" not in key} == {
        key: view[key] for key in view if "oom" not in key
    }
    for key in ("site-labels", "ring-labels", "places", "site-room", "sites"):
        assert large[key]["sizeScale"] == 1.5, key
    assert large["reaches"]["lineWidthScale"] == large["areas"]["lineWidthScale"] == 1.5
    assert large["places"]["collisionTestProps"] == {"sizeScale": 2.25, "alphaCutoff": 0}
    assert large["ring-labels"]["backgroundPadding"] == [6, 3]
    for one, other in zip(layers["sites"]["data"], large["sites"]["data"], strict=True):
        assert other["shift"] == [px * 1.5 for px in one["shift"]]
        assert other["at"] == one["at"]
    assert drawn(deck) == (view, layers)  # the deck itself is as it was
    assert drawn(deck.larger(1.0))[1]["sites"]["data"] == layers["sites"]["data"]


def test_what_stands_still_is_the_same_for_the_larger_deck(catalogue, first_screen):
    laydown = resolve(catalogue, replace(first_screen, projection="true-range", centre="20e45n"))
    deck = webmap.deck(laydown)
    assert deck.standing
    assert deck.larger(1.5).standing.keys() == deck.standing.keys()
    assert deck.back(0) is deck
