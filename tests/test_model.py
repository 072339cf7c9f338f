"""The vocabulary of the data files: what it admits, and how it refuses the rest."""

from __future__ import annotations

import datetime as dt
import json
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from geo import model
from geo.gazetteer import City, Membership
from geo.halfdate import HalfDate
from geo.model import Edition, Event, Figure, Phase, Site, Source

FIGURE = {
    "id": "ghadr-1-2007",
    "quantity": "range",
    "high_km": 1800,
    "as_published": "1,800 km",
    "basis": "declared",
    "by": "Iran",
    "source": "parade-2007",
    "confirmed": True,
}
SITE = {
    "id": "deveselu",
    "name": "Aegis Ashore Deveselu",
    "side": "NATO/US",
    "kind": "interceptor site",
    "geometry": {"type": "Point", "coordinates": [24.4164, 44.0773]},
    "sources": ["ourairports-deveselu"],
}
SOURCE = {"id": "parade-2007", "title": "Parade", "publisher": "IRNA"}
EVENT = {"kind": "operational", "actual": "2016-05-12", "text": "Works.", "source": "usni-2016"}


def read(kind: type[BaseModel], record: dict, **changes: object) -> BaseModel:
    return kind.model_validate_json(json.dumps(record | changes))


def refusal(kind: type[BaseModel], record: dict, **changes: object) -> str:
    with pytest.raises(ValidationError) as caught:
        read(kind, record, **changes)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "first", "last", "spoken"),
    [
        ("2011", (2011, 1, 1), (2011, 12, 31), "2011"),
        ("2011-03", (2011, 3, 1), (2011, 3, 31), "March 2011"),
        ("2012-02", (2012, 2, 1), (2012, 2, 29), "February 2012"),
        ("2016-05-12", (2016, 5, 12), (2016, 5, 12), "12 May 2016"),
        ("2009-09-07", (2009, 9, 7), (2009, 9, 7), "7 September 2009"),
    ],
)
def test_a_date_means_no_more_than_it_says(text, first, last, spoken):
    date = HalfDate(text)
    assert (date.first, date.last) == (dt.date(*first), dt.date(*last))
    assert date.spoken == spoken
    assert str(date) == text


def test_a_date_knows_its_precision():
    year, month, day = HalfDate("2011"), HalfDate("2011-03"), HalfDate("2011-03-07")
    assert (year.month, year.day) == (None, None)
    assert (month.month, month.day) == (3, None)
    assert (day.year, day.month, day.day) == (2011, 3, 7)


def test_dates_sort_by_their_first_day_the_coarser_first():
    ordered = ["2010-12-31", "2011", "2011-01", "2011-01-01", "2011-03", "2011-03-07", "2011-04"]
    dates = [HalfDate(text) for text in ordered]
    mixed = random.Random(3).sample(dates, len(dates))
    assert sorted(mixed) == dates
    assert HalfDate("2011") < HalfDate("2011-03") < HalfDate("2011-03-07")
    assert HalfDate("2011-03-07") >= HalfDate("2011-03")


def test_equal_dates_are_one_key():
    assert {HalfDate("2011-03"): 1}[HalfDate("2011-03")] == 1
    assert HalfDate("2011") != HalfDate("2011-01-01")
    assert HalfDate("2011") != "2011"


@given(st.dates(min_value=dt.date(1000, 1, 1)), st.sampled_from([4, 7, 10]))
@example(dt.date(2012, 2, 29), 10)
def test_a_date_reads_back_as_written(day, length):
    date = HalfDate(day.isoformat()[:length])
    assert HalfDate(str(date)) == date
    assert date.first <= day <= date.last


@pytest.mark.parametrize(
    "text",
    ["early 2007", "11-2-3", "2011-3", "2011/03", "12 May 2016", "2011-03-07T00:00", "", " 2011"],
)
def test_what_is_not_written_as_a_date_is_refused_with_the_way_to_write_it(text):
    with pytest.raises(ValueError, match="is not a date; write 2011, 2011-03 or 2016-05-12") as it:
        HalfDate(text)
    assert f"'{text}'" in str(it.value)


@pytest.mark.parametrize("text", ["2011-13", "2011-02-30", "2011-04-31", "0000"])
def test_a_day_that_never_was_is_refused(text):
    with pytest.raises(ValueError, match=r"(month|day|year).*(must be in|out of range)"):
        HalfDate(text)


def test_a_date_in_a_record_stands_in_quotes():
    assert "write 2011, 2011-03 or 2016-05-12 in quotes" in refusal(Figure, FIGURE, date=2011)
    assert read(Figure, FIGURE, date="2007-09").date == HalfDate("2007-09")
    assert json.loads(read(Figure, FIGURE, date="2007-09").model_dump_json())["date"] == "2007-09"


def test_low_above_high_is_refused():
    assert "low_km 2500 exceeds high_km 1800; swap them" in refusal(Figure, FIGURE, low_km=2500)


def test_a_figure_without_a_distance_is_refused():
    said = refusal(Figure, FIGURE, high_km=None)
    assert "low_km and high_km are both missing; give at least one" in said


@pytest.mark.parametrize(
    ("low", "high", "band", "reach"),
    [
        (None, 1800, False, 1800),
        (5500, None, False, 5500),
        (800, 1000, True, 1000),
        (900, 900, False, 900),
    ],
)
def test_a_figure_is_a_band_only_between_two_different_ends(low, high, band, reach):
    figure = read(Figure, FIGURE, low_km=low, high_km=high)
    assert figure.is_band is band
    assert figure.reach_km == reach


@pytest.mark.parametrize("km", [0, -5, 20_005, 1e12])
def test_a_distance_that_the_earth_does_not_have_is_refused(km):
    assert "high_km" in refusal(Figure, FIGURE, high_km=km)


def test_a_quote_from_a_source_nobody_read_is_refused():
    said = refusal(Figure, FIGURE, confirmed=False, quote="up to 1,800 km")
    assert "drop it or read the source" in said


def test_an_event_without_any_date_is_refused():
    assert "planned and actual are both missing" in refusal(Event, EVENT, actual=None)


@pytest.mark.parametrize(
    ("coordinates", "named"),
    [([244, 44.0773], "[244, 44.0773]"), ([24.4, 91], "[24.4, 91]"), ([-180.5, 0], "[-180.5, 0]")],
)
def test_a_position_off_the_earth_is_refused_by_name(coordinates, named):
    said = refusal(Site, SITE, geometry={"type": "Point", "coordinates": coordinates})
    assert f"position {named} is not on Earth; lon is -180..180, lat -90..90" in said


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        ({"type": "Point", "coordinates": []}, "draw it again"),
        ({"type": "Point", "coordinates": ["24 E", 44]}, "write [lon, lat] pairs of numbers"),
        ({"type": "Point"}, "write [lon, lat] pairs of numbers"),
        ({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, "is not a GeoJSON Point"),
        ([24, 44], "is not a GeoJSON Point"),
        (
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]},
            "Self-intersection",
        ),
    ],
    ids=["empty", "words", "no coordinates", "a line", "bare pair", "bow tie"],
)
def test_a_geometry_that_cannot_be_drawn_is_refused(geometry, said):
    assert said in refusal(Site, SITE, geometry=geometry)


@pytest.mark.parametrize(
    ("kind", "record", "changes"),
    [
        (Source, SOURCE, {"author": "nobody"}),
        (Figure, FIGURE, {"range_km": 5}),
        (Event, EVENT, {"date": "2016"}),
        (Site, SITE, {"lat": 44}),
        (Edition, {"version": "2026.11", "as_of": "2026"}, {"today": "2026"}),
    ],
)
def test_an_unknown_field_is_refused_by_name(kind, record, changes):
    read(kind, record)
    said = refusal(kind, record, **changes)
    assert next(iter(changes)) in said
    assert "Extra inputs are not permitted" in said


@pytest.mark.parametrize(
    ("kind", "record", "changes", "said"),
    [
        (Figure, FIGURE, {"confirmed": "yes"}, "valid boolean"),
        (Figure, FIGURE, {"confirmed": 1}, "valid boolean"),
        (Figure, FIGURE, {"high_km": "1800"}, "valid number"),
        (Figure, FIGURE, {"by": 7}, "valid string"),
        (Site, SITE, {"phases": ["2"]}, "1, 2, 3 or 4"),
        (Site, SITE, {"phases": 2}, "valid array"),
        (Site, SITE, {"position_precision_km": "two"}, "valid number"),
        (Edition, {"version": "2026.11", "as_of": "2026"}, {"version": 2026.11}, "valid string"),
    ],
)
def test_nothing_is_turned_into_another_type(kind, record, changes, said):
    message = refusal(kind, record, **changes)
    assert next(iter(changes)) in message
    assert said in message


@pytest.mark.parametrize(
    ("kind", "record", "changes"),
    [
        (Source, SOURCE, {"id": "Parade 2007"}),
        (Source, SOURCE, {"id": "parade.2007"}),
        (Source, SOURCE, {"url": "www.irna.ir"}),
        (Source, SOURCE, {"url": "https://www.irna.ir/…"}),
        (Source, SOURCE, {"language": "English"}),
        (Source, SOURCE, {"title": ""}),
        (Site, SITE, {"country": "Romania"}),
        (Site, SITE, {"sources": []}),
        (Site, SITE, {"phases": [5]}),
        (Edition, {"version": "2026.11", "as_of": "2026"}, {"version": "November"}),
    ],
)
def test_a_value_outside_its_list_or_pattern_is_refused_by_field(kind, record, changes):
    assert next(iter(changes)) in refusal(kind, record, **changes)


def test_a_record_cannot_be_changed():
    source = read(Source, SOURCE)
    with pytest.raises(ValidationError, match="frozen"):
        source.title = "Another"


@pytest.mark.parametrize("name", [name for name in model.__all__ if name != "HalfDate"])
def test_every_field_of_a_record_has_its_help(name):
    kind = getattr(model, name)
    for field, info in getattr(kind, "model_fields", {}).items():
        assert info.description, f"{name}.{field}"


def test_cities_and_memberships_and_phases_refuse_what_is_missing():
    for kind, field in ((City, "capital"), (Membership, "joined"), (Phase, "events")):
        assert field in refusal(kind, {})
