"""Present, the slider in time, the files; without a browser."""

import datetime as dt
import html
import re

import pytest
from streamlit.testing.v1 import AppTest

from geo import files
from tests.opened import opened, pressed, tables
from ui.drawing import PHONE_PX

# -- present


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
        "Patrol area (sketch)",
        "Patrol area, named only (sketch)",
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


def test_on_a_phone_the_key_has_the_lines_and_their_basis(monkeypatch):
    asked = {"view": "present", "show": "ghadr-1-parade-2007.ghadr-1-aca-2016", "iran": "tabriz"}
    assert "Ghadr-1: 1,800 km" not in key_of(opened(**asked))
    monkeypatch.setattr("ui.key.map_px", lambda: PHONE_PX)
    key = key_of(opened(**asked))
    assert "Ghadr-1: 1,800 km (1,120 mi) · declared" in key
    assert "Ghadr-1: 1,600 km (994 mi) · assessed" in key


def key_of(page: AppTest) -> str:
    marked = 'class="atlas-key"'
    (key,) = [element.proto.body for element in page.get("html") if marked in element.proto.body]
    return key


def test_a_scene_is_made_of_the_map_and_the_form_or_refused_in_words():
    page = pressed(opened(phases="1"), "Scenes")
    page.text_input(key="own-title").set_value("Mine")
    page.text_area(key="own-narration").set_value("Read this.")
    pressed(page, "Add scene")
    (made,) = page.session_state["own-scenes"]
    assert (made.title, made.narration, made.question) == ("Mine", "Read this.", None)
    assert made.choices["phases"] == "1"
    page = pressed(pressed(page, "Scenes"), "Add scene")
    assert len(page.session_state["own-scenes"]) == 2  # the map's own words stand in the form
    pressed(page, "Scenes").text_input(key="own-title").set_value(" ")
    pressed(page, "Add scene")
    assert len(page.session_state["own-scenes"]) == 2
