"""The picture for print."""

import io
from dataclasses import replace

import numpy as np
import pytest
from matplotlib import image
from PIL import Image

from geo import figure, legend
from geo.caption import compose
from geo.laydown import resolve
from geo.scenario import parse
from scripts import build_pictures


def texts(laydown, caption, capitals=()):
    """Draw, and return every text with its box in shares of the picture."""
    canvas_of = {}
    original = figure._canvas

    def remembered(dpi):
        canvas_of["it"] = original(dpi)
        return canvas_of["it"]

    figure._canvas = remembered
    try:
        figure.png(laydown, caption, capitals, dpi=60)
    finally:
        figure._canvas = original
    canvas = canvas_of["it"]
    page, renderer = canvas.figure, canvas.get_renderer()
    found = [*page.texts, *(text for axes in page.axes for text in axes.texts)]
    return [
        (text.get_text(), text.get_window_extent(renderer).transformed(page.transFigure.inverted()))
        for text in found
    ]


def test_readme_shows_what_the_code_draws():
    drawn = image.imread(io.BytesIO(build_pictures.first_screen()))
    kept = image.imread(build_pictures.FIRST_SCREEN)
    assert drawn.shape == kept.shape
    assert np.abs(drawn - kept).mean() < 0.004


def test_a_picture_carries_everything_a_publication_needs(catalogue, first_laydown):
    caption = compose(catalogue, first_laydown)
    words = " ".join(" ".join(text.split()) for text, _ in texts(first_laydown, caption))
    for part in (
        caption.title,
        caption.sentence,
        caption.sources,
        caption.borders,
        caption.projection,
        caption.credit,
        caption.origin_note,
        "up to 2,000 km (1,240 mi) · declared",
        "Interceptor site, in service",
        "Deveselu",
    ):
        assert part in words


def test_the_file_says_what_it_shows(catalogue, first_laydown):
    caption = compose(catalogue, first_laydown)
    about = Image.open(io.BytesIO(figure.png(first_laydown, caption, dpi=40))).text
    assert about["Title"] == caption.title
    assert about["Description"] == caption.alt
    assert about["Source"] == caption.sources
    assert figure.file_name(first_laydown) == "epaa-atlas-2026-11-21.png"


@pytest.mark.parametrize("scene", ["third-site", "phases-as-built", "ghadr-origin"])
def test_every_scene_keeps_its_words_on_the_page(catalogue, scene):
    choices = next(item.choices for item in catalogue.scenes if item.id == scene)
    scenario, _ = parse({key: [value] for key, value in choices.items()}, catalogue.offer)
    laydown = resolve(catalogue, scenario)
    capitals = [city for city in catalogue.cities if city.capital]
    boxes = texts(laydown, compose(catalogue, laydown), capitals)
    for text, box in boxes:
        assert box.x0 >= 0 and box.x1 <= 1 and box.y0 >= 0 and box.y1 <= 1, text
    # the paragraphs stand clear of each other and of the map
    paragraphs = [box for text, box in boxes if len(text) > 60]
    for index, one in enumerate(paragraphs):
        for other in paragraphs[index + 1 :]:
            assert not one.overlaps(other)


def test_a_phase_switched_off_is_not_in_the_picture(catalogue, first_screen):
    without = resolve(catalogue, replace(first_screen, phases=frozenset({1, 3})))
    words = [text for text, _ in texts(without, compose(catalogue, without))]
    assert "Deveselu" not in words
    assert "Redzikowo" in words


def test_lines_of_a_paragraph_keep_within_their_width():
    canvas = figure._canvas(100)
    text = "Borders: Natural Earth 1:10m v5, German point of view; nobody's official map. " * 4
    wrapped = figure._wrapped(canvas.get_renderer(), text, 300, 8)
    assert " ".join(wrapped.split()) == " ".join(text.split())
    drawn = canvas.figure.text(0, 0, wrapped, size=8, family=figure.FONT)
    assert drawn.get_window_extent(canvas.get_renderer()).width <= 301
    assert legend.LAND  # the style comes from the legend, see test_tools
