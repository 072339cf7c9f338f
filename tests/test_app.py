"""The page without a browser."""

import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.opened import APP, deck, opened, rows, sites


def test_the_first_screen_has_the_sites_one_ring_and_no_complaint():
    page = opened()
    assert not page.exception and not page.error and not page.warning
    assert sites(page) == {"deveselu", "redzikowo", "kurecik", "phase-4-sm3-iib"}
    assert [row["text"] for row in rows(page, "ring-labels")] == [
        "up to 2,000 km (1,240 mi) · declared"
    ]
    assert len(rows(page, "areas")) == 4
    assert "cancelled on 15 March 2013" in page.toggle(key="phase4").label
    labels = [button.label for button in page.button]
    assert labels[:5] == ["Scenes", "Present", "Picture", "Files", "What may I say?"]
    assert labels[5:7] == ["The dated event before", "The next dated event"]
    assert labels[7:] == ["Play", "Back to the part chosen"]


@pytest.mark.parametrize("projection", ["mercator", "true-range"])
def test_back_to_the_first_view_moves_every_value_of_it_and_nothing_to_be_seen(projection):
    page = opened(projection=projection)
    views = [deck(page)["initialViewState"]]
    for _ in range(2):
        page.button(key="clock-back").click().run()
        views.append(deck(page)["initialViewState"])
    for one, two in pairwise(views):
        assert one.keys() == two.keys()
        for key, value in one.items():
            moved = np.atleast_1d(two[key]) - np.atleast_1d(value)
            assert (moved > 0).all() and (moved < 1e-8).all(), key


def test_phase_2_off_removes_deveselu_from_the_deck():
    page = opened()
    page.toggle(key="phase2").set_value(False).run()
    assert "deveselu" not in sites(page)
    assert "redzikowo" in sites(page)
    page.toggle(key="phase2").set_value(True).run()
    assert "deveselu" in sites(page)


def test_the_map_has_an_alternative_text():
    alt = opened().get("deck_gl_json_chart")[0].proto.alt
    assert alt.startswith("Map. On 21 November 2026")
    assert "Redzikowo (in service)" in alt
    assert "Phase 4 in Poland (cancelled; sources name Poland, no place)" in alt


def test_a_toggle_writes_every_choice_to_the_address():
    page = opened()
    page.toggle(key="phase1").set_value(False).run()
    assert page.query_params["phases"] == "2.3.4"
    assert page.query_params["show"] == "iran-limit-2017"
    assert page.query_params["v"] == "2026.11"


@pytest.mark.parametrize(
    ("query", "check"),
    [
        ({"phases": "none", "show": "none"}, lambda page: not rows(page, "sites")),
        ({"date": "2012-01-01"}, lambda page: page.date_input(key="date").value.year == 2012),
        ({"plan": "planned"}, lambda page: "planned for 2015" in page.toggle(key="phase2").label),
        ({"layers": "ports-and-command"}, lambda page: "ramstein" in sites(page)),
        ({"iran": "tabriz"}, lambda page: "tabriz" in sites(page)),
        ({"show": "jta-3000"}, lambda page: "3,000 km" in rows(page, "ring-labels")[0]["text"]),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_an_address_restores(query, check):
    page = opened(**query)
    assert not page.exception
    assert not page.warning
    assert check(page)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"colour": "red"}, "'colour' is not a choice"),
        ({"show": "no-such-figure"}, "show=no-such-figure"),
        ({"date": "yesterday"}, "date=yesterday"),
        ({"date": "2035-01-01"}, "date=2035-01-01 is outside"),
        ({"plan": "dreamt"}, "plan=dreamt"),
        ({"phases": "2.9"}, "phases=9"),
        ({"iran": "paris"}, "iran=paris"),
        ({"borders": "mine"}, "borders=mine"),
        ({"frame": "moon"}, "frame=moon"),
        ({"dossier": "area-51"}, "dossier=area-51"),
        ({"layers": "secret"}, "layers=secret"),
        ({"v": "1999.1"}, "data edition 1999.1"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_bad_link_is_named_and_the_rest_honoured(query, words):
    page = opened(kaliningrad="chernyakhovsk", **query)
    assert not page.exception
    assert words in page.warning[0].value
    assert page.selectbox(key="origin-kaliningrad").value == "chernyakhovsk"


def test_the_warning_goes_once_the_reader_moves_on():
    page = opened(show="no-such-figure")
    assert page.warning
    page.toggle(key="phase1").set_value(False).run()
    assert not page.warning


def test_nothing_selected_says_what_to_do():
    page = opened(phases="none", show="none")
    assert "Switch on a phase" in page.info[0].value


def test_a_dossier_shows_dates_figures_and_sources():
    page = opened(dossier="deveselu")
    words = " ".join(block.value for block in page.markdown)
    assert "Aegis Ashore Deveselu" in words
    steps = page.table[0].value
    assert "12 May 2016" in set(steps["Actual"])
    assert "2015" in set(steps["Planned"])
    assert any("USNI" in source for source in steps["Source"])
    assert any("SM-3 Block IB" in block.value for block in page.markdown)


def test_every_site_system_and_phase_has_a_dossier(catalogue):
    assert {"deveselu", "phase-4", "ghadr-1", "euromd", "uk-bmd-radar"} <= set(catalogue.dossiers)
    page = opened()
    for site_id in catalogue.dossiers:
        page.query_params.clear()
        page.query_params["dossier"] = site_id
        page.run()
        assert not page.exception, site_id
        assert page.selectbox(key="dossier").value == site_id


def test_a_scene_sets_the_page_and_its_narration_stands_by():
    choices = json.loads(
        (Path(APP).parent / "data" / "scenes" / "third-site.json").read_text(encoding="utf-8")
    )["choices"]
    page = opened(**choices)
    assert not page.warning
    assert sites(page) == {"third-site-gbi-redzikowo", "third-site-radar-brdy"}
    assert "The third site of 2007" in page.success[0].value
    page.toggle(key="phase1").set_value(True).run()
    assert not page.success


def test_the_page_is_short():
    assert len(Path(APP).read_text(encoding="utf-8").splitlines()) < 120


@pytest.mark.parametrize("view", ["timeline", "sources", "claims"])
def test_each_view_opens_from_its_link_and_back(view):
    page = AppTest.from_file(APP, default_timeout=90)
    page.query_params["view"] = view
    page.run()
    assert not page.exception
    assert not page.get("deck_gl_json_chart")
    assert len(page.dataframe)
    page.button_group(key="view").set_value("map").run()
    assert sites(page) >= {"deveselu", "redzikowo"}


def test_a_dossier_survives_a_look_at_another_view():
    page = opened(dossier="deveselu")
    page.button_group(key="view").set_value("sources").run()
    page.button_group(key="view").set_value("map").run()
    assert page.selectbox(key="dossier").value == "deveselu"


def test_every_scene_opens_without_a_complaint(catalogue):
    assert len(catalogue.scenes) >= 10
    for scene in catalogue.scenes:
        page = opened(**scene.choices)
        assert not page.exception and not page.warning and not page.info, scene.id
        said = re.sub(r"[*\\\u2060]", "", page.success[0].value)
        assert scene.title in said
        assert scene.question in said


def test_a_phase_shows_its_definition_and_what_it_was_said_to_cover(catalogue):
    page = opened(dossier="phase-3")
    words = " ".join(block.value for block in page.markdown)
    assert "in the words of the source" in words
    (said,) = [table.value for table in page.table if "Statement" in table.value]
    assert any("all of NATO Europe" in text for text in said["Statement"])


def test_where_sources_disagree_the_dossier_shows_them_side_by_side():
    values = list(opened(dossier="soumar").table[0].value["Value"])
    assert any("700" in value for value in values)
    assert any("3,000" in value or "3000" in value for value in values)


def test_a_warm_rerun_draws_nothing_anew():
    from ui.drawing import _for_all as drawn

    page = opened()
    page.toggle(key="phase2").set_value(False).run()
    page.toggle(key="phase2").set_value(True).run()
    before = drawn.cache_info()
    page.toggle(key="phase2").set_value(False).run()
    after = drawn.cache_info()
    assert (after.hits - before.hits, after.misses - before.misses) == (1, 0)
