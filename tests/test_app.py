"""The page without a browser."""

import datetime as dt
import html
import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from geo import files

APP = str(Path(__file__).parent.parent / "app.py")


def opened(**query: str) -> AppTest:
    page = AppTest.from_file(APP, default_timeout=30)
    for key, value in query.items():
        page.query_params[key] = value
    return page.run()


def deck(page: AppTest) -> dict:
    return json.loads(page.get("deck_gl_json_chart")[0].proto.json)


def rows(page: AppTest, layer_id: str) -> list[dict]:
    data = next(layer["data"] for layer in deck(page)["layers"] if layer["id"] == layer_id)
    return data["features"] if isinstance(data, dict) else data


def sites(page: AppTest) -> set[str]:
    return {row["id"] for row in rows(page, "sites")}


def test_the_first_screen_has_the_sites_one_ring_and_no_complaint():
    page = opened()
    assert not page.exception and not page.error and not page.warning
    assert sites(page) == {"deveselu", "redzikowo", "kurecik", "phase-4-sm3-iib"}
    assert [row["text"] for row in rows(page, "ring-labels")] == [
        "up to 2,000 km (1,240 mi) · declared"
    ]
    assert len(rows(page, "areas")) == 3
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
    assert "Redzikowo (in service)" in alt and "Phase 4: SM-3 IIB (cancelled)" in alt


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


# -- tables beside the map


def tables(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def lines_of(page: AppTest, label: str) -> list[str]:
    found = re.search(f'aria-label="{label}".*?</table>', tables(page))
    return re.findall(r"<tr>(.*?)</tr>", found[0])[1:] if found else []


def test_the_table_of_countries_follows_every_toggle():
    page = opened()
    whole = tables(page)
    assert "<b>52</b> countries and territories (30 wholly) and <b>38</b> capitals" in whole
    assert "<b>8</b> countries (2 wholly) and <b>5</b> capitals" in whole
    shown = lines_of(page, "Countries within reach")
    assert len(shown) == 12
    assert any("Greece · NATO" in line and "95.5 %" in line for line in shown[:8])
    page.selectbox(key="origin-iran").set_value("tabriz").run()
    assert not page.exception
    shown = lines_of(page, "Countries within reach")
    assert any("Greece · NATO" in line and "33.1 %" in line for line in shown[:5])
    assert any("Sofia: 9 km short" in line for line in shown[:5])
    page.toggle(key="reach-all").set_value(True).run()
    shown = lines_of(page, "Countries within reach")
    assert len(shown) == 36
    assert [line for line in shown if "· origin" in line] == [
        line for line in shown if "Iran" in line
    ]


def test_the_table_can_be_put_in_another_order():
    page = opened(iran="tabriz")
    page.get("button_group")  # the orders
    page.session_state["reach-by"] = "people"
    page.run()
    first = lines_of(page, "Countries within reach")[0]
    assert "Pakistan" in first and "million" in first
    page.session_state["reach-by"] = "near"
    page.run()
    assert "0 km" in lines_of(page, "Countries within reach")[0]


def test_without_a_range_the_table_says_what_to_do():
    page = opened(show="none")
    assert not page.exception
    assert any("Choose a figure under" in caption.value for caption in page.caption)


def test_a_band_is_tabled_at_either_end():
    page = opened(show="soumar-csis")
    offered = page.selectbox(key="reach-of").options
    assert len(offered) == 2
    before = len(lines_of(page, "Countries within reach"))
    page.selectbox(key="reach-of").select_index(1).run()
    assert not page.exception
    assert len(lines_of(page, "Countries within reach")) <= before
    page.multiselect(key="figures-iran").set_value(["iran-limit-2017"]).run()
    assert not page.exception  # the distance picked is gone


# -- ask a place


def test_a_city_in_the_link_is_answered():
    page = opened(view="place", place="683506", iran="tabriz")
    assert not page.exception and not page.warning
    assert page.selectbox(key="place-city").value == "683506"
    assert any("figures of Iranian systems reach Bucharest" in text.value for text in page.markdown)
    shown = lines_of(page, "Figures that reach Bucharest")
    assert len(shown) > 20
    bases = [re.findall(r"<td>(\w+)</td>", line)[0] for line in shown]
    order = ["declared", "demonstrated", "assessed", "reported", "projected"]
    assert bases == sorted(bases, key=order.index)
    assert all("(unconfirmed)" in line for line in shown if "iiss-2010" in line)
    assert 'rel="noopener"' in shown[0]


def test_a_city_picked_goes_into_the_link():
    page = opened(view="place")
    assert any("Pick a city" in info.value for info in page.info)
    page.selectbox(key="place-city").set_value("2950159").run()
    assert page.query_params["place"] == "2950159"
    assert any("reach Berlin" in text.value for text in page.markdown)


def test_a_position_typed_is_answered_and_a_bad_one_named():
    page = opened(view="place", place="683506")
    page.text_input(key="place-spot").input("21.0, 52.2").run()
    assert page.query_params["place"] == "21e52.2n"
    assert page.selectbox(key="place-city").value is None
    assert any("52.2° N, 21° E" in text.value for text in page.markdown)
    for wrong in ("north", "52,1,7", "21, 152", "<b>1</b>", "nan, nan"):
        page.text_input(key="place-spot").input(wrong).run()
        assert not page.exception
        assert any("is not a position" in error.value for error in page.error), wrong
        assert page.query_params["place"] == "21e52.2n"


def test_the_answer_follows_the_date():
    now = opened(view="place", place="756135")
    then = opened(view="place", place="756135", date="2010-01-01")
    for page in (now, then):
        page.session_state["place-side"] = "NATO/US"
        page.run()
        assert not page.exception
    assert "Redzikowo" in tables(now)
    assert "Redzikowo" not in tables(then)


# -- compare


def test_two_scenarios_stand_side_by_side_with_what_differs():
    page = opened(view="compare", iran="tabriz", **{"b-iran": "iran"})
    assert not page.exception and not page.warning
    assert len(page.get("deck_gl_json_chart")) == 2
    rows = lines_of(page, "Countries whose share within reach differs")
    greece = next(line for line in rows if "Greece" in line)
    assert "33.1 %" in greece and "95.5 %" in greece and "+62.4" in greece
    heads = re.findall(r"(?:Left|Right): NATO.*?; measured from ([\w ]+)</p>", tables(page))
    assert heads == ["Tabriz", "anywhere in Iran"]
    assert len(lines_of(page, "Ranges on one side only, or from another origin")) == 2
    assert not lines_of(page, "Sites whose status differs")


def test_sides_are_set_swapped_and_taken_from_scenes():
    page = opened(view="compare", phases="1.2")
    page.button[1 if page.button[0].label == "Scenes" else 0]
    put = next(button for button in page.button if button.label == "Put left on the right")
    put.click().run()
    assert page.query_params["b-phases"] == "1.2"
    page.toggle(key="phase3").set_value(True).run()
    assert page.query_params["phases"] == "1.2.3"
    assert page.query_params["b-phases"] == "1.2"
    (row,) = lines_of(page, "Sites whose status differs")
    assert "Redzikowo" in row and "in service" in row and "not there" in row
    swap = next(button for button in page.button if button.label == "Swap sides")
    swap.click().run()
    assert page.query_params["b-phases"] == "1.2.3"
    assert page.query_params["phases"] == "1.2"
    scene = page.selectbox(key="compare-scene")
    scene.select_index(0).run()
    assert not page.exception
    assert page.query_params["b-phases"] != "1.2.3" or page.query_params["b-show"]


def test_a_comparison_without_a_second_scenario_offers_one():
    page = opened(view="compare")
    assert not page.exception
    assert len(page.get("deck_gl_json_chart")) == 2
    assert "b-iran" not in page.query_params


# -- present


def pressed(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run(timeout=90)


def test_present_shows_a_scene_in_large_type_and_nothing_else():
    page = pressed(opened(), "Present")
    assert not page.exception
    assert page.query_params["view"] == "present"
    assert [button.label for button in page.button] == ["Previous", "Next", "Close"]
    assert not page.toggle and not page.multiselect and not page.selectbox
    assert "font-size:28px" in tables(page)
    assert "font-size:34px" in tables(page)


def test_present_tells_what_marks_and_tints_mean():
    page = opened(
        view="present", layers="nato-members.eu-members", phases="1.2.3.4", date="2024-07-10"
    )
    (key,) = re.findall(r'<div class="atlas-key">.*', tables(page))
    assert re.findall(r"<div>(.*?)</div>", key) == [
        "Interceptor site",
        "Radar",
        "Proposed site, cancelled",
        "Patrol area (illustration)",
        "EU only",
        "NATO only",
        "NATO and the EU",
    ]


def test_present_says_whose_every_figure_is():
    page = opened(view="present", show="iran-limit-2017.iskander-m-reuters-2018")
    (stated,) = re.findall(r'<p class="atlas-stated">(.*?)</p>', tables(page))
    assert "up to 2,000 km (1,240 mi), declared by Iran (Ayatollah Khamenei), 2017" in stated
    assert "Iskander-M" in stated and "2018" in stated
    assert "No range is drawn" in tables(opened(view="present", show="none"))


def test_next_and_previous_walk_through_the_scenes_and_close_returns(catalogue):
    page = pressed(opened(), "Present")
    titles = []
    for _ in catalogue.scenes:
        page = pressed(page, "Next")
        assert not page.exception
        titles.append(re.findall(r"<h1[^>]*>(.*?)</h1>", tables(page))[0])
    assert titles == [html.escape(scene.title) for scene in catalogue.scenes]
    page = pressed(pressed(page, "Next"), "Previous")
    assert titles[-1] in tables(page)
    assert f"Scene {len(titles)} of {len(titles)}" in tables(page)
    before = {key: page.query_params[key] for key in ("phases", "show", "date", "layers")}
    page = pressed(page, "Close")
    assert not page.exception
    assert page.query_params["view"] == "map"
    assert {key: page.query_params[key] for key in before} == before
    assert page.toggle(key="phase1")


def test_a_link_to_present_opens_there():
    page = opened(view="present", plan="planned")
    assert not page.exception and not page.warning
    assert [button.label for button in page.button] == ["Previous", "Next", "Close"]
    page = pressed(page, "Close")
    assert page.query_params["plan"] == "planned"


# -- time


def test_the_clock_moves_the_date_and_steps_through_events():
    page = opened()
    assert page.button(key="clock-after").disabled
    days = []
    for _ in range(3):
        page.button(key="clock-before").click().run()
        assert not page.exception
        days.append(page.query_params["date"])
    assert days == sorted(set(days), reverse=True)
    assert any(line.value.startswith("Last change up to this day") for line in page.caption)
    page.button(key="clock-after").click().run()
    assert page.query_params["date"] == days[1]
    page.slider(key="clock").set_value(dt.date(2012, 1, 1)).run()
    assert page.query_params["date"] == "2012-01-01"
    assert page.date_input(key="date").value == dt.date(2012, 1, 1)


def test_play_begins_with_the_first_event_and_stops():
    page = opened()
    page.button(key="clock-play").click().run()
    assert not page.exception
    first = page.query_params["date"]
    assert first < "2010"
    assert page.button(key="clock-play").label == "Stop"
    page.button(key="clock-play").click().run()
    assert page.button(key="clock-play").label == "Play"
    assert page.query_params["date"] == first


@pytest.mark.parametrize("kind", files.FORMATS.values(), ids=lambda kind: kind.name)
def test_the_files_dialog_makes_each_format_and_says_what_it_holds(kind):
    page = opened(phases="2")
    page.session_state["file-format"] = kind.suffix
    pressed(page, "Files")
    assert not page.exception and not page.error
    offered = page.radio(key="file-format")
    assert offered.options == ["Web page", "GeoJSON", "GeoPackage", "KML", "CSV", "BibTeX"]
    (button,) = [
        one.proto for one in page.get("download_button") if one.proto.label.startswith("Download ")
    ]
    assert button.label == f"Download {kind.name}" and button.url
    snippets = [code.value for code in page.code if "<iframe" in code.value]
    assert len(snippets) == (kind.suffix == ".html")
    assert all("allow-scripts" in one and "epaa-atlas-map-" in one for one in snippets)


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
