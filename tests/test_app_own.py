"""A reader's own rings, what is left out, what is picked; without a browser."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.opened import APP, opened, rows, sites, tables

# -- a reader's own, what is left out, and what is picked


def test_a_ring_of_a_link_is_drawn_and_marked_as_the_readers():
    page = opened(own="20.5e54.7n~600~What_if~Smith")
    assert not page.exception and not page.warning
    texts = [row["text"] for row in rows(page, "ring-labels")]
    assert "What if\n600 km (373 mi) · your data" in texts
    assert "source given: Smith" in tables(page)


def test_a_scene_sets_own_rings_aside_and_nothing_is_lost():
    page = opened(own="20.5e54.7n~600~What_if~")
    mine = page.session_state["own-rings"]
    page.query_params.clear()
    page.query_params["plan"] = "planned"
    page.run()
    assert page.session_state["own-rings"] == ()
    assert page.session_state["own-aside"] == mine


def test_own_drawings_are_kept_for_their_reader_only():
    from ui.drawing import _for_all

    before = _for_all.cache_info()
    page = opened(own="20.5e54.7n~600~Only_mine~")
    assert _for_all.cache_info().currsize == before.currsize
    assert page.session_state["own-drawings"]
    assert "own-drawings" not in opened().session_state


def test_what_is_left_out_is_gone_from_the_map_and_said():
    page = opened()
    page.multiselect(key="hidden").set_value(["kind-radar"]).run()
    assert "kurecik" not in sites(page)
    assert page.query_params["hide"] == "kind-radar"
    assert "Left out by choice: radars." in tables(page)


@pytest.mark.parametrize(
    ("layer", "item", "asked"),
    [
        ("sites", {"id": "deveselu"}, "deveselu"),
        ("site-labels", {"id": "deveselu"}, "deveselu"),
        ("areas", {"properties": {"id": "patrol-eastern-mediterranean"}}, None),
        ("places", {"name": "Riyadh", "kind": "capital"}, "108410"),
        ("places", {"name": "KAZAKHSTAN", "kind": "country"}, "KAZ"),
        ("reaches", {"properties": {"name": "a line"}}, None),
        ("places", {"name": "ATLANTIS"}, None),
        ("places", {"properties": "none"}, None),
    ],
)
def test_a_pick_asks_about_what_can_be_asked_about(catalogue, layer, item, asked):
    from ui import pick

    expected = asked
    if layer == "areas":
        expected = next(site.id for site in catalogue.sites.values() if site.kind == "patrol area")
        item = {"properties": {"id": expected}}
    assert pick._asked(catalogue, layer, item) == expected


def test_what_was_picked_is_answered_beside_and_below_the_map():
    page = opened(place="ROU")
    assert "Stated figures that reach <b>Romania</b>, whatever is drawn: Iranian " in tables(page)
    assert "Figures, not missiles" in tables(page)
    assert "What reaches Romania" in [head.value for head in page.subheader]
    page.button(key="pick-close").click().run()
    assert "What reaches Romania" not in [head.value for head in page.subheader]
    assert "place" not in page.query_params


def test_one_click_draws_every_figure_of_a_system(catalogue):
    page = opened(dossier="shahab-3")
    page.button(key="draw-shahab-3").click().run()
    drawn = set(page.multiselect(key="figures-iran").value)
    offered = {figure.id for figure in catalogue.systems["shahab-3"].figures}
    assert offered & catalogue.offer.figures <= drawn


def test_the_lists_of_figures_say_whose_each_is(catalogue):
    page = opened()
    lists = [box for box in page.multiselect if str(box.key).startswith("figures-")]
    lines = [line for box in lists for line in box.options]
    assert len(lines) == len(set(lines)) == len(catalogue.offer.figures)
    for figure_id in catalogue.offer.figures:
        _, figure = catalogue.figures[figure_id]
        assert any(figure.by in line and figure.basis in line for line in lines), figure_id


def test_a_site_a_country_and_a_city_can_be_asked_about():
    page = opened(view="place")
    options = page.selectbox(key="place-city").options
    for label in ("Romania (country)", "Aegis Ashore Deveselu (interceptor site)"):
        assert label in options


def test_terms_are_listed_for_those_who_cannot_hover():
    page = opened()
    assert any("terms on this page" in box.label for box in page.expander)
    assert "<abbr" in tables(page)


def test_compare_says_of_a_plan_what_was_due_not_what_serves():
    page = AppTest.from_file(APP, default_timeout=60)
    page.query_params |= {"view": "compare", "plan": "planned", "phases": "1.2.3.4"}
    page.query_params |= {"b-plan": "as-built", "b-phases": "1.2.3"}
    page.run()
    assert not page.exception
    [table] = [
        text
        for text in (one.proto.body for one in page.get("html"))
        if "Sites whose status differs" in text
    ]
    assert "due by then" in table


def test_play_ends_with_a_button_to_play_again():
    page = opened(date="2026-11-21")
    page.session_state["playing"] = True
    page.run()
    assert not page.exception
    assert page.button(key="clock-play").label == "Play"
    assert page.session_state["playing"] is False


def test_a_place_says_which_version_and_when_a_figure_was_stated():
    page = opened(view="place", place="683506", date="2005-01-01")
    listed = tables(page)
    assert "(after the day shown)" in listed
    assert any(
        re.search(r"Of these, \d+ were stated after that day", one.value) for one in page.markdown
    )
    assert "Sejjil (hypothetical three-stage version)" in listed


def test_a_radar_reaches_nobody():
    page = opened(show="an-tpy-2-nrc-2012")
    assert rows(page, "ring-labels")
    assert any("Only what a radar sees is drawn" in one.value for one in page.caption)
