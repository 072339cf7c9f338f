"""Words on a picture hide little, name what matters first, and say which range starts where."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geo import furniture, gazetteer, legend
from geo.caption import compose
from geo.distances import OWN_HIDDEN
from geo.figure import Order
from geo.laydown import resolve
from geo.plane import plane
from tests.pictures import drawn, pictured, scenario_of


def on_page(axes, on, line):
    """A line in pixels, cut to the map."""
    put = shapely.transform(on.put(line), axes.transData.transform)
    return shapely.intersection(put, shapely.box(*axes.get_window_extent().extents))


@pytest.mark.parametrize("scene", ["kaliningrad", "9m729", "ghadr-origin", "declared-assessed"])
@pytest.mark.parametrize("form", ["16:9", "column"])
def test_a_label_hides_little_of_the_line_it_stands_on(scene, form):
    laydown, _, picture = drawn(scenario_of(scene), Order(form))
    axes, on = picture.figure.axes[0], plane(laydown)
    boxes = {
        " ".join(text.get_text().replace("·", " ").split()): text.get_window_extent()
        for text in picture.written.texts
    }
    met = 0
    for ring in laydown.rings:
        for distance_km, line in ring.edges:
            words = legend.ring_label(ring, distance_km, named=legend.names_needed(laydown))
            box = boxes.get(" ".join(words.replace("·", " ").split()))
            seen = on_page(axes, on, line)
            if box is None or seen.is_empty:  # told as not labelled, or named on another origin's
                continue
            met += 1
            hidden = shapely.intersection(shapely.box(*box.extents), seen).length / seen.length
            assert hidden <= OWN_HIDDEN, words
    assert met


def test_capitals_of_many_people_are_named_first(catalogue):
    ordered = gazetteer.capitals(catalogue.cities, catalogue.people)
    assert [city.name for city in ordered[:2]] == ["New Delhi", "Beijing"]
    assert all(city.capital for city in ordered) and len({city.iso3 for city in ordered}) > 190
    assert gazetteer.capitals(ordered, {}) == ordered
    europe = pictured("9m729", "16:9").text
    assert all(name in europe for name in ("London", "Paris", "Madrid", "Rome", "Warsaw"))


def test_a_dot_is_named_or_within_a_reach(catalogue):
    laydown, _, picture = drawn(scenario_of("ghadr-origin"), Order("column"))
    axes, on = picture.figure.axes[0], plane(laydown)
    (dots,) = (line for line in axes.lines if line.get_marker() == "o" and len(line.get_xdata()))
    drawn_at = set(map(tuple, np.round(np.column_stack(dots.get_data()))))
    named = {text.get_text() for text in picture.written.texts}
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()
    bare = 0
    for city in catalogue.cities:
        at = on.spots(np.array([[city.lon, city.lat]]))[0]
        if not (city.capital and west < at[0] < east and south < at[1] < north):
            continue
        point = shapely.Point(city.lon, city.lat)
        within = any(ring.reach.covers(point) for ring in laydown.rings)
        assert (tuple(np.round(at)) in drawn_at) == (within or city.name in named), city.name
        bare += not within and city.name not in named
    assert bare  # some have no room


def test_of_ranges_from_several_places_each_says_from_which(catalogue, first_screen):
    both = replace(first_screen, figures=frozenset({"ghadr-1-csis-2021", "iskander-m-tass-2017"}))
    said = compose(catalogue, resolve(catalogue, both))
    iran, russia = said.subhead.split("; ")
    assert iran.endswith("measured from anywhere in Iran") and "Ghadr-1" in iran
    assert russia.endswith("measured from anywhere in Kaliningrad Oblast.")
    assert said.origin_note.startswith("Measured: Ghadr-1 from anywhere in Iran, that is,")
    assert "Iskander-M from anywhere in Kaliningrad Oblast" in said.origin_note
    one = compose(catalogue, resolve(catalogue, first_screen))
    assert one.subhead.endswith(" Measured from anywhere in Iran.")
    assert one.origin_note.startswith("Measured from anywhere in Iran, that is")


def test_the_mark_of_an_area_without_ships_is_hollow(first_laydown):
    areas = [entry for entry in legend.entries(first_laydown) if entry.kind == "area"]
    assert [furniture.opacity(entry) for entry in areas] == [0.14, 0.0]
