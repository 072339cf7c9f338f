"""Planned against actual, the diplomatic events, and the chart of both."""

import datetime as dt
import json
import re
from itertools import pairwise
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from geo import palette, timechart, timeline, timerows
from geo.catalogue import DATA, Catalogue
from geo.halfdate import HalfDate
from geo.model import HistoryEvent

AS_OF = dt.date(2016, 6, 1)


@pytest.fixture(scope="module")
def lives(catalogue: Catalogue) -> dict[str, timeline.Row]:
    return {row.label: row for row in timeline.rows(catalogue, AS_OF)}


@pytest.fixture(scope="module")
def drawn(catalogue: Catalogue) -> dict:
    return timechart.chart(catalogue, AS_OF).to_dict()


def data(drawn: dict) -> list[dict]:
    inline = [layer["data"]["values"] for layer in drawn["layer"] if "values" in layer["data"]]
    named = list(drawn.get("datasets", {}).values())
    return [row for rows in (*inline, *named) for row in rows]


def scalar_strings(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in scalar_strings(value)]
    if isinstance(node, list):
        return [text for value in node for text in scalar_strings(value)]
    return [node] if isinstance(node, str) else []


def test_a_year_sorts_before_its_month_and_a_month_before_its_day(catalogue):
    dates = [HalfDate(text) for text in ("2011-03-07", "2011", "2011-03")]
    assert [str(date) for date in sorted(dates)] == ["2011", "2011-03", "2011-03-07"]
    past = timeline.history(catalogue)
    assert all(a.date <= b.date for a, b in pairwise(past))
    assert past[0].date == HalfDate("1972-05-26")
    order = [row.id for row in past]
    # "2007" comes before 1 January 2007, and February before the summit of April
    assert order.index("third-site-proposed") < order.index("eu-enlargement-2007")
    written = [row["Date"] for row in timeline.table(catalogue)]
    assert written == sorted(written), "the table's dates sort as text"


def test_every_event_is_there_with_a_source(catalogue):
    raw = json.loads((DATA / "events.json").read_text(encoding="utf-8"))["events"]
    rows = timeline.table(catalogue)
    assert len(rows) == len(raw) >= 48
    assert all(row["Sources"] for row in rows)
    assert {row["Topic"] for row in rows} <= set(timechart.TOPICS)
    doubtful = sum(not event.get("confirmed", True) for event in raw)
    assert sum(row["Confirmed"] == "unconfirmed" for row in rows) == doubtful


def test_every_topic_of_the_model_has_a_row():
    assert set(get_args(HistoryEvent.model_fields["topic"].annotation)) == set(timechart.TOPICS)


@pytest.mark.parametrize(
    ("label", "planned", "actual", "status"),
    [
        ("Deveselu", "2015", "2016-05-12", "in service"),
        ("Redzikowo", "2018", "2024-07-10", "under construction"),
        ("Phase 2", "2015", "2016-05-12", "in service"),
        ("Phase 3", "2018", "2024-07-10", "under construction"),
    ],
)
def test_planned_against_actual(lives, label, planned, actual, status):
    row = lives[label]
    assert (str(row.planned), str(row.in_service), row.status) == (planned, actual, status)
    assert row.cancelled is None


def test_phase_4_was_planned_for_2020_and_cancelled(lives):
    row = lives["Phase 4"]
    assert (str(row.planned), str(row.cancelled)) == ("2020", "2013-03-15")
    assert row.in_service is None and row.status == "cancelled"


def test_the_status_follows_the_day(catalogue):
    def status(label: str, day: dt.date) -> str:
        return {row.label: row.status for row in timeline.rows(catalogue, day)}[label]

    assert status("Phase 2", dt.date(2009, 9, 16)) == "not announced yet"
    assert status("Phase 2", dt.date(2016, 5, 12)) == "in service"
    black_sea = "Black Sea"
    assert status(black_sea, dt.date(2022, 2, 27)) == "as sources name it"
    assert status(black_sea, dt.date(2022, 2, 28)) == "ended"


def test_rows_are_the_phases_then_the_third_site_then_the_plan(lives):
    labels = list(lives)
    assert labels[:4] == ["Phase 1", "Phase 2", "Phase 3", "Phase 4"]
    assert labels[4:6] == ["Third site, radar", "Third site, GBI"]
    assert labels.index("Kürecik") < labels.index("Deveselu") < labels.index("Redzikowo")


def test_the_plan_table_says_what_the_rows_say(catalogue):
    rows = {row["Phase or site"]: row for row in timeline.plan_table(catalogue, AS_OF)}
    assert rows["Deveselu"]["Planned"] == "2015"
    assert rows["Deveselu"]["In service"] == "2016-05-12"
    assert rows["Phase 4"]["Cancelled"] == "2013-03-15"


def test_the_chart_has_the_as_of_date(drawn):
    rows = data(drawn)
    assert any(row.get("date") == "2016-06-01" and "y2" in row for row in rows)
    assert any(row.get("text") == "as of 1 June 2016" for row in rows)


def test_the_chart_can_be_picked_by_date(catalogue, drawn):
    (pick,) = drawn["params"]
    assert pick["name"] == timechart.PICK == "pick"
    assert pick["select"]["fields"] == ["date"]
    dots = [row for row in data(drawn) if "Event" in row]
    assert len(dots) == len(catalogue.history)
    assert {(row["Event"], row["date"]) for row in dots} == {
        (event.text, event.date.last.isoformat()) for event in catalogue.history
    }


def test_no_two_events_hide_each_other(drawn):
    dots = [(row["x"], row["y"]) for row in data(drawn) if "Event" in row]
    for at, (x, y) in enumerate(dots):
        assert not [1 for x2, y2 in dots[at + 1 :] if y == y2 and abs(x - x2) < timerows.APART]


def test_an_unconfirmed_event_is_hollow(drawn):
    dots = [row for row in data(drawn) if "Event" in row]
    hollow = {row["Event"] for row in dots if row["fill"] == palette.HALO}
    assert hollow == {row["Event"] for row in dots if row["Confirmed"] == "unconfirmed"}


def test_every_colour_is_the_palettes(drawn):
    house = {*palette.SIDE_COLOUR.values()} | {
        value for value in vars(palette).values() if isinstance(value, str) and value[:1] == "#"
    }
    strings = scalar_strings(drawn)
    used = {text for text in strings if re.fullmatch(r"#[0-9A-Fa-f]{3,8}", text)}
    assert used and used <= house
    assert not {"red", "black", "white", "grey", "gray", "steelblue"} & set(strings)


def test_an_event_of_the_day_stands_out(catalogue):
    day = dt.date(2016, 5, 12)
    dots = [row for row in data(timechart.chart(catalogue, day).to_dict()) if "Event" in row]
    large = {row["Event"] for row in dots if row["size"] == timerows.PICKED_SIZE}
    assert large == {row["Event"] for row in dots if row["date"] == day.isoformat()} != set()


def test_no_letter_is_smaller_than_12_px(drawn):
    sizes = [int(size) for size in re.findall(r'[fF]ontSize": (\d+)', json.dumps(drawn))]
    assert sizes and min(sizes) >= 12


def page() -> None:
    from dataclasses import replace

    import streamlit as st

    from geo.catalogue import load
    from geo.scenario import default
    from ui import timeline as room

    catalogue = load()
    st.session_state.setdefault("date", catalogue.offer.as_of)
    room.show(catalogue, replace(default(catalogue.offer), as_of=st.session_state["date"]))


def test_the_room_opens_with_chart_and_tables(catalogue):
    room = AppTest.from_function(page, default_timeout=30).run()
    assert not room.exception
    events, plan = room.dataframe
    assert len(events.value) == len(catalogue.history)
    assert len(plan.value) == len(timeline.rows(catalogue, AS_OF))
    assert len(room.get("vega_lite_chart") or room.get("arrow_vega_lite_chart")) == 1


def test_where_ships_sail_no_site_enters_service(lives):
    row = lives["Barents Sea"]
    assert row.in_service is None and str(row.announced) == "2020-05-04"
    assert str(lives["North Sea"].planned) == "2011" and lives["North Sea"].in_service is None
