"""Words and marks of the deck beside one another, and in the key."""

import json
from dataclasses import replace

import pytest

from geo import (
    canvas,
    legend,
    palette,
    room,
    webmap,
)
from geo.caption import compose
from geo.laydown import resolve
from geo.link import parse
from tests.decks import (
    OTHERS,
    layers,
    projected,
)
from ui import drawing


def test_the_flat_circle_has_its_line_in_the_legend(first_laydown):
    flat = replace(first_laydown, scenario=replace(first_laydown.scenario, flat=True))
    (entry,) = [entry for entry in legend.entries(flat) if entry.kind == "line"]
    assert entry.label == "Flat-map circle (wrong)"
    assert entry.colour == palette.FLAT
    assert not [entry for entry in legend.entries(first_laydown) if entry.kind == "line"]
    without = replace(flat, rings=())
    assert not [entry for entry in legend.entries(without) if entry.kind == "line"]


@pytest.mark.parametrize("kind", ["mercator", *OTHERS])
def test_the_label_of_the_first_ring_is_whole_on_a_phone(catalogue, first_screen, kind):
    shown = projected(catalogue, first_screen, kind)
    on = canvas.canvas(shown)
    (row,) = layers(shown)["ring-labels"]["data"]
    left, _, right, _ = room.words_box(row["text"], on.pixel(row["at"]))
    assert left >= -room.PHONE_PX / 2 and right <= room.PHONE_PX / 2


@pytest.mark.parametrize("kind", ["mercator", *OTHERS])
@pytest.mark.parametrize("size", [(400, 430), (1100, 325)], ids=["compare", "present"])
def test_on_a_map_of_another_size_the_framing_fits_and_words_keep_off_symbols(
    catalogue, first_screen, kind, size
):
    shown = projected(catalogue, first_screen, kind)
    on = canvas.canvas(shown, size)
    found = {
        layer["id"]: layer for layer in json.loads(webmap.deck(shown, size).to_json())["layers"]
    }
    symbols = []
    for row in found["sites"]["data"]:
        x, y = on.pixel(row["at"])
        right, down = row["shift"]
        half = room.SYMBOL_PX
        symbols.append((x + right - half, y - down - half, x + right + half, y - down + half))
        assert abs(x) < size[0] / 2 and abs(y) < size[1] / 2
    for row in found["site-labels"]["data"]:
        box = room.words_box(row["text"], on.pixel(row["at"]), row["anchor"], row["shift"])
        assert room.crowding(box, symbols) < 250, row["text"]  # half a symbol, where all is full
        if abs(on.pixel(row["at"])[1]) < size[1] / 2 - 40:  # what it names is well inside
            assert room.cut_off(box, size) == 0, row["text"]


def test_words_keep_out_of_the_corner_that_a_key_takes(catalogue):
    met = 0
    for scene in catalogue.scenes:
        choices = {key: [value] for key, value in scene.choices.items()}
        laydown = resolve(catalogue, parse(choices, catalogue.offer)[0])
        size, corner = (1100, 325), drawing.key_px(laydown)
        assert corner[1] <= size[1]
        on = canvas.canvas(laydown, size)
        for kept in (corner, (0, 0)):
            text = webmap.deck(laydown, size, kept).to_json()
            found = {layer["id"]: layer for layer in json.loads(text)["layers"]}
            taken = [(-550.0, -162.5, corner[0] - 550.0, corner[1] - 162.5)]
            boxes = [
                room.words_box(row["text"], on.pixel(row["at"]))
                for row in found["ring-labels"]["data"]
            ]
            crowded = sum(room.crowding(box, taken) > 0 for box in boxes)
            if kept == corner:
                assert not crowded, scene.id
            met += crowded
    assert met  # somewhere the key would hide words, were it not for the room it is given


def test_dashes_are_as_long_on_the_map_as_in_the_key(catalogue, first_screen):
    """deck.gl counts them in halves of a line's width, the key and the pictures in widths."""
    asked = replace(first_screen, figures=frozenset({"sejjil-iiss-2014", "jta-3000"}))
    shown = resolve(catalogue, asked)
    for feature, ring in zip(
        layers(shown)["reaches"]["data"]["features"], shown.rings, strict=True
    ):
        stated = palette.BASIS[ring.figure.basis].dash
        assert feature["properties"]["dash"] == [2 * part for part in stated]


def test_a_part_of_a_country_that_a_range_starts_from_is_named(catalogue, first_screen):
    asked = replace(
        first_screen,
        figures=frozenset({"iskander-m-tass-2017"}),
        phases=frozenset(),
        framing="baltic",
    )
    names = [row["text"] for row in layers(resolve(catalogue, asked))["site-labels"]["data"]]
    assert "Kaliningrad\nOblast" in names
    iran = layers(resolve(catalogue, first_screen))["site-labels"]["data"]
    assert "Iran" not in [row["text"] for row in iran]


def test_two_sides_with_one_kind_of_site_are_told_apart_in_the_key(catalogue, first_screen):
    both = resolve(catalogue, replace(first_screen, layers=frozenset({"russian-sites"})))
    labels = [entry.label for entry in legend.entries(both)]
    assert len(labels) == len(set(labels))
    assert {"Radar, in service (Russia)", "Radar, in service (NATO/US)"} <= set(labels)
    assert {"Radar (Russia)", "Radar (NATO/US)"} <= {entry.brief for entry in legend.entries(both)}
    alone = [entry.label for entry in legend.entries(resolve(catalogue, first_screen))]
    assert "Radar, in service" in alone


def test_every_symbol_on_the_map_has_a_line_in_the_key(catalogue, first_screen):
    asked = replace(first_screen.with_origin("iran", "tabriz"), layers=catalogue.offer.layers)
    shown = resolve(catalogue, asked)
    keyed = {(one.shape, one.colour, one.status) for one in legend.entries(shown)}
    for mark in shown.marks:
        if mark.shape.geom_type == "Point":
            colour = palette.SIDE_COLOUR[mark.site.side]
            assert (palette.KIND_SHAPE[mark.site.kind], colour, mark.status) in keyed, mark.site.id


def mark_of(laydown, site_id):
    return next(mark for mark in laydown.marks if mark.site.id == site_id)


@pytest.mark.parametrize("phases", [{1, 2, 3, 4}, {1, 2, 4}, {1, 2, 3}, {1}])
def test_no_symbol_lies_on_another(catalogue, first_screen, phases):
    asked = replace(
        first_screen, phases=frozenset(phases), layers=frozenset({"third-site", "russian-sites"})
    )
    laydown = resolve(catalogue, asked)
    rows = layers(laydown)["sites"]["data"]
    places = [(*row["at"], *row["shift"]) for row in rows]
    assert len(set(places)) == len(places)
    aside = [row["id"] for row in rows if row["shift"] != [0, 0]]
    note = " ".join(compose(catalogue, laydown).drawn_notes)
    placed = [one for one in aside if mark_of(laydown, one).unplaced is None]
    assert ("beside" in note) == bool(placed)
    assert ("stands for it" in note) == (4 in phases)
    if phases == {1}:  # alone, each stands at its place
        assert not aside


def test_two_figures_alike_have_one_label(catalogue, first_screen):
    asked = replace(first_screen, figures=frozenset({"iran-limit-2017", "iran-limit-irgc-2017"}))
    shown = layers(resolve(catalogue, asked))
    assert len(shown["ring-labels"]["data"]) == 1
    assert len(shown["reaches"]["data"]["features"]) == 2
