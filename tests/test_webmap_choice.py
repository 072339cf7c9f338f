"""The map chosen on the page."""

from streamlit.testing.v1 import AppTest

from tests.decks import (
    STATIC,
)


def page(**query):
    opened = AppTest.from_file(str(STATIC.parent / "app.py"), default_timeout=60)
    for key, value in query.items():
        opened.query_params[key] = value
    return opened.run()


def test_the_map_is_chosen_on_the_page_and_stands_in_the_link():
    opened = page(frame="europe", show="jta-3000")
    assert not [box for box in opened.selectbox if box.key == "centre"]
    opened.selectbox(key="projection").set_value("true-range").run()
    assert not opened.exception
    assert opened.query_params["projection"] == "true-range"
    opened.selectbox(key="centre").set_value("redzikowo").run()
    assert opened.query_params["centre"] == "redzikowo"
    opened.toggle(key="flat").set_value(True).run()
    assert opened.query_params["flat"] == "yes"
    assert opened.query_params["frame"] == "europe"
    assert opened.query_params["show"] == "jta-3000"
    # a centre that is out of sight is kept
    opened.selectbox(key="projection").set_value("globe").run()
    assert opened.query_params["centre"] == "redzikowo"
    opened.selectbox(key="projection").set_value("true-range").run()
    assert opened.selectbox(key="centre").value == "redzikowo"


def test_a_place_is_typed_as_centre_and_a_mistake_is_answered():
    opened = page(projection="true-range", centre="deveselu")
    opened.selectbox(key="centre").set_value("elsewhere").run()
    assert opened.query_params["centre"] == "24.4164e44.0773n"  # it starts where the map was
    opened.text_input(key="centre-lon").set_value("30,5").run()
    opened.text_input(key="centre-lat").set_value("-20").run()
    assert opened.query_params["centre"] == "30.5e20s"
    opened.text_input(key="centre-lat").set_value("north").run()
    assert "Latitude 'north' is not a number of degrees from -90 to 90." in opened.error[0].value
    assert opened.query_params["centre"] == "30.5e20s"
    opened.text_input(key="centre-lat").set_value("95").run()
    assert opened.error and not opened.exception
    opened.selectbox(key="projection").set_value("mercator").run()
    opened.selectbox(key="projection").set_value("true-range").run()
    assert opened.selectbox(key="centre").value == "elsewhere"
    assert opened.text_input(key="centre-lat").value == "-20"
    assert not opened.error


def test_a_link_sets_the_controls_of_the_map():
    opened = page(projection="true-range", centre="46.29e38.08n", flat="yes")
    assert not opened.exception and not opened.warning
    assert opened.selectbox(key="projection").value == "true-range"
    assert opened.text_input(key="centre-lon").value == "46.29"
    assert opened.toggle(key="flat").value


def test_a_true_range_map_starts_where_all_ranges_do():
    opened = page(show="iskander-m-tass-2017")
    opened.selectbox(key="projection").set_value("true-range").run()
    assert opened.query_params["centre"] == "kaliningrad-oblast"
    opened.selectbox(key="centre").set_value("redzikowo").run()
    for kind in ("globe", "true-range"):  # what was chosen stays
        opened.selectbox(key="projection").set_value(kind).run()
    assert opened.query_params["centre"] == "redzikowo"
    both = page(show="iskander-m-tass-2017.ghadr-1-csis-2021")
    both.selectbox(key="projection").set_value("true-range").run()
    assert both.query_params["centre"] == "iran"  # there is no one place; the first offered
