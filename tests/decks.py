"""Decks as the browser gets them, taken apart."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from geo import (
    webmap,
)
from geo.laydown import resolve

STATIC = Path(__file__).parent.parent / "static"


def spec(laydown) -> dict:
    return json.loads(webmap.deck(laydown).to_json())


def bytes_sent(laydown) -> int:
    """What goes to the browser with every toggle."""
    return bytes_of(webmap.deck(laydown))


def bytes_of(drawn) -> int:
    """As `bytes_sent`, of what is drawn; what stands is fetched once."""
    addresses = dict.fromkeys(drawn.standing, f"media/{'0' * 64}.json")
    return len(drawn.pointing(addresses).to_json())


def layers(laydown) -> dict:
    return {layer["id"]: layer for layer in spec(laydown)["layers"]}


THREE = frozenset({"iskander-m-reuters-2018", "s-400-ap-2012", "iran-limit-2017"})
LONG = frozenset({"inf-class", "icbm-iiss-2010", "icbm-patriotclash-2026"})
OTHERS = ("true-range", "equal-area", "globe")


def projected(catalogue, first_screen, kind, **choices):
    return resolve(catalogue, replace(first_screen, projection=kind, **choices))


def numbers(value) -> list[float]:
    """Every number within a piece of JSON."""
    if isinstance(value, dict):
        return [found for part in value.values() for found in numbers(part)]
    if isinstance(value, list):
        return [found for part in value for found in numbers(part)]
    return [float(value)] if isinstance(value, int | float) else []


def places(layer) -> np.ndarray:
    """Coordinates that a layer draws, shape (n, 2)."""
    data = layer["data"]
    if isinstance(data, dict):
        parts = data.get("features", [data])
        parts = [part.get("geometry", part) for part in parts]
        return np.array(numbers([part["coordinates"] for part in parts])).reshape(-1, 2)
    return np.array(numbers([row.get("at", row.get("polygon")) for row in data])).reshape(-1, 2)
