"""Pictures drawn once for many tests: every word of a scene in a format, with its box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from geo import figure, gazetteer, press
from geo.board import Written
from geo.caption import Caption, compose
from geo.catalogue import load
from geo.figure import Order
from geo.laydown import Laydown, resolve
from geo.link import parse
from geo.scenario import Scenario, default

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Pictured:
    """What a picture says and where, without the picture."""

    laydown: Laydown
    caption: Caption
    words: tuple[tuple[str, Box], ...]
    """Every text with its box, pixels from bottom left."""
    map_words: tuple[tuple[str, Box], ...]
    map_box: Box
    size: tuple[float, float]
    written: Written
    about: Mapping[str, str]

    @property
    def text(self) -> str:
        return " ".join(" ".join(text.split()) for text, _ in (*self.words, *self.map_words))


def scenario_of(scene: str) -> Scenario:
    catalogue = load()
    if scene == "":
        return default(catalogue.offer)
    choices = next(one.choices for one in catalogue.scenes if one.id == scene)
    return parse({key: [value] for key, value in choices.items()}, catalogue.offer)[0]


def drawn(scenario: Scenario, order: Order) -> tuple[Laydown, Caption, figure.Picture]:
    catalogue = load()
    laydown = resolve(catalogue, scenario)
    caption = compose(catalogue, laydown)
    capitals = gazetteer.capitals(catalogue.cities, catalogue.people)
    return laydown, caption, figure.draw(laydown, caption, capitals, order)


def looked_at(scenario: Scenario, order: Order) -> Pictured:
    laydown, caption, picture = drawn(scenario, order)
    page = picture.figure
    renderer = page.canvas.get_renderer()
    axes = page.axes[0]

    def boxed(texts):
        found = []
        for text in texts:
            box = text.get_window_extent(renderer)
            found.append((text.get_text(), (box.x0, box.y0, box.x1, box.y1)))
        return tuple(found)

    with press.settings():
        frame = axes.get_window_extent(renderer)
        return Pictured(
            laydown,
            caption,
            boxed(page.texts),
            boxed(picture.written.texts),
            (frame.x0, frame.y0, frame.x1, frame.y1),
            (page.bbox.width, page.bbox.height),
            picture.written,
            picture.about,
        )


@lru_cache(maxsize=128)
def pictured(scene: str, form: str, projection: str = "mercator") -> Pictured:
    """Look at a scene, or the first screen, in a format, on a map."""
    scenario = replace(scenario_of(scene), projection=projection)
    return looked_at(scenario, Order(form))


def overlaps(boxes: tuple[tuple[str, Box], ...]) -> list[tuple[str, str]]:
    """Pairs of texts that share more than a pixel's edge."""
    return [
        (one, other)
        for index, (one, a) in enumerate(boxes)
        for other, b in boxes[index + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
    ]
