"""A link carries every choice both ways; what it does not understand, it says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.errors import ScenarioError
from geo.link import parse, spot_code, to_query
from geo.scenario import EARLIEST, FRAMINGS, PHASES, Offer, Scenario, default, spot

OFFER = Offer(
    version="2026.11",
    as_of=dt.date(2026, 11, 21),
    figures=frozenset({"iran-limit-2017", "ghadr-1-parade-2007", "kalibr-2015", "x"}),
    layers=frozenset({"third-site", "homeland"}),
    origins={"iran": ("iran", "tabriz", "semnan"), "kaliningrad": ("oblast", "town")},
    dossiers=frozenset({"deveselu", "tabriz"}),
    default_figures=frozenset({"iran-limit-2017"}),
    centres=("iran", "deveselu"),
    places=frozenset({"112931", "2950159"}),
)
FIRST = default(OFFER)

# "none" is the word for an empty selection, so no id may be called that
IDS = st.text("abcxyz019-", min_size=1, max_size=8)
KEYS = [
    *("v", "phases", "date", "plan", "show", "layers", "iran", "kaliningrad", "hide"),
    *("borders", "frame", "projection", "centre", "flat", "view"),
]


@st.composite
def offers(draw) -> Offer:
    figures = draw(st.frozensets(IDS, max_size=6))
    last = draw(st.dates(EARLIEST, dt.date(2199, 12, 31)))
    return Offer(
        version=draw(st.sampled_from(["2026.11", "2027.1", "2031.12.2"])),
        as_of=last,
        figures=figures,
        layers=draw(st.frozensets(IDS, max_size=4)),
        origins={
            area: tuple(draw(st.lists(IDS, min_size=1, max_size=3, unique=True)))
            for area in draw(st.sets(st.sampled_from(["iran", "kaliningrad"])))
        },
        dossiers=draw(st.frozensets(IDS, max_size=4)),
        default_figures=draw(some_of(figures)),
        centres=tuple(draw(st.lists(IDS, min_size=1, max_size=3, unique=True))),
        places=draw(st.frozensets(st.integers(1, 10**7).map(str), max_size=3)),
    )


def some_of(items: frozenset) -> st.SearchStrategy[frozenset]:
    return st.frozensets(st.sampled_from(sorted(items))) if items else st.just(frozenset())


SPOTS = st.builds(spot_code, st.floats(-180, 180), st.floats(-90, 90))


def drawn(draw, offer: Offer) -> Scenario:
    return Scenario(
        as_of=draw(st.dates(EARLIEST, offer.as_of)),
        centre=offer.centres[0],
        phases=draw(some_of(frozenset(PHASES))),
        plan=draw(st.sampled_from(["as-built", "planned"])),
        figures=draw(some_of(offer.figures)),
        layers=draw(some_of(offer.layers)),
        origins=tuple(
            (area, draw(st.sampled_from(ids))) for area, ids in sorted(offer.origins.items())
        ),
        borders=draw(st.sampled_from(["de-jure", "de-facto"])),
    )


@st.composite
def asked(draw) -> tuple[Offer, Scenario]:
    """An offer, and any scenario that it admits."""
    offer = draw(offers())
    scenario = replace(
        drawn(draw, offer),
        framing=draw(st.sampled_from(sorted(FRAMINGS))),
        dossier=draw(st.sampled_from([None, *sorted(offer.dossiers)])),
        projection=draw(st.sampled_from(["mercator", "true-range", "equal-area", "globe"])),
        centre=draw(st.one_of(SPOTS, st.sampled_from(offer.centres))),
        flat=draw(st.booleans()),
        place=draw(st.one_of(SPOTS, st.sampled_from([None, *sorted(offer.places)]))),
        view=draw(st.sampled_from(["map", "compare", "place", "claims"])),
        against=drawn(draw, offer) if draw(st.booleans()) else None,
    )
    return offer, scenario


def read(offer: Offer = OFFER, /, **query: str) -> tuple[Scenario, tuple[str, ...]]:
    return parse({key: [value] for key, value in query.items()}, offer)


@settings(max_examples=150, deadline=None)
@given(asked())
@example((OFFER, FIRST))
@example((OFFER, Scenario(EARLIEST, frozenset(), "planned", origins=FIRST.origins)))
def test_a_scenario_survives_its_link(offer_and_scenario):
    offer, scenario = offer_and_scenario
    query = to_query(scenario, offer)
    assert read(offer, **query) == (scenario, ())


@settings(max_examples=50, deadline=None)
@given(asked())
def test_a_link_needs_no_escaping_but_for_its_separators(offer_and_scenario):
    offer, scenario = offer_and_scenario
    for value in to_query(scenario, offer).values():
        assert value
        assert set(value) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")


def test_a_link_names_every_choice_and_the_edition():
    assert to_query(FIRST, OFFER) == {
        "v": "2026.11",
        "phases": "1.2.3.4",
        "date": "2026-11-21",
        "plan": "as-built",
        "show": "iran-limit-2017",
        "layers": "none",
        "iran": "iran",
        "kaliningrad": "oblast",
        "hide": "none",
        "borders": "de-jure",
        "frame": "europe-middle-east",
        "projection": "mercator",
        "centre": "iran",
        "flat": "no",
        "view": "map",
    }
    assert list(to_query(replace(FIRST, dossier="deveselu"), OFFER)) == [*KEYS, "dossier"]


def test_no_link_is_the_first_screen():
    assert parse({}, OFFER) == (FIRST, ())
    assert parse({key: [] for key in KEYS}, OFFER) == (FIRST, ())


def test_an_empty_selection_survives():
    nothing = replace(FIRST, phases=frozenset(), figures=frozenset(), layers=frozenset())
    query = to_query(nothing, OFFER)
    assert query["phases"] == query["show"] == query["layers"] == "none"
    assert read(**query) == (nothing, ())


# The query, words of its one warning, and the scenario it leaves.
BAD = {
    "unknown key": (
        {"colour": ["red"]},
        "key 'colour' is not a choice of this atlas; it is left out",
        FIRST,
    ),
    "repeated key": (
        {"plan": ["planned", "as-built"]},
        "gives 'plan' 2 times; only 'planned' is used",
        replace(FIRST, plan="planned"),
    ),
    "no date": ({"date": ["yesterday"]}, "date=yesterday is not a choice", FIRST),
    "a day that never was": ({"date": ["2011-02-30"]}, "date=2011-02-30 is not a choice", FIRST),
    "a compact date": ({"date": ["20110228"]}, "write it like 2026-11-21", FIRST),
    "a half date": ({"date": ["2011"]}, "write it like 2026-11-21", FIRST),
    "a date too early": (
        {"date": ["1971-12-31"]},
        "outside 1972-01-01 to 2026-11-21",
        replace(FIRST, as_of=EARLIEST),
    ),
    "a date after the data": ({"date": ["2026-11-22"]}, "the nearest of them is used", FIRST),
    "unknown figure": (
        {"show": ["kalibr-2015.shahab-9"]},
        "show=shahab-9 is not a choice of this atlas; it is left out",
        replace(FIRST, figures=frozenset({"kalibr-2015"})),
    ),
    "unknown phase": (
        {"phases": ["1.9"]},
        "phases=9 is not a choice of this atlas; it is left out",
        replace(FIRST, phases=frozenset({1})),
    ),
    "phase in words": (
        {"phases": ["two"]},
        "phases=two is not",
        FIRST,
    ),
    "none among others": (
        {"phases": ["none.3"]},
        "phases=none is not",
        replace(FIRST, phases=frozenset({3})),
    ),
    "unknown layer": (
        {"layers": ["homeland.moon"]},
        "layers=moon is not",
        replace(FIRST, layers=frozenset({"homeland"})),
    ),
    "plan": ({"plan": ["dreamt"]}, "plan=dreamt is not a choice of this atlas; 'as-built'", FIRST),
    "origin": ({"iran": ["berlin"]}, "iran=berlin is not a choice of this atlas; 'iran'", FIRST),
    "origin of the other": ({"kaliningrad": ["tabriz"]}, "kaliningrad=tabriz is not", FIRST),
    "framing": ({"frame": ["mars"]}, "frame=mars is not a choice", FIRST),
    "borders": ({"borders": ["mine"]}, "borders=mine is not a choice", FIRST),
    "dossier": ({"dossier": ["area-51"]}, "dossier=area-51 is not a choice", FIRST),
    "old edition": (
        {"v": ["2020.1"]},
        "made with data edition 2020.1; this is edition 2026.11",
        FIRST,
    ),
    "empty value": ({"frame": [""]}, "frame= is not a choice", FIRST),
    "huge value": ({"frame": ["9" * 100_000]}, "frame=" + "9" * 39 + "… is not", FIRST),
    "huge key": ({"k" * 100_000: ["1"]}, "key '" + "k" * 39 + "…' is not", FIRST),
    "huge edition": ({"v": ["9" * 100_000]}, "edition " + "9" * 39 + "…;", FIRST),
    "unprintable characters": (
        {"plan": ["as\x00-\x1b[31m\u202ebuilt\n"]},
        "plan=as?-?[31m?built? is not",
        FIRST,
    ),
}


@pytest.mark.parametrize(("query", "words", "left"), BAD.values(), ids=BAD)
def test_what_a_link_gets_wrong_is_named_and_left_out(query, words, left):
    scenario, warnings = parse(query, OFFER)
    assert scenario == left
    assert len(warnings) == 1
    assert words in warnings[0]
    assert warnings[0].isprintable()
    assert len(warnings[0]) < 250


@pytest.mark.parametrize("name", BAD)
def test_the_rest_of_a_bad_link_is_honoured(name):
    query, words, _ = BAD[name]
    asked_for = Scenario(
        as_of=dt.date(2016, 5, 12),
        phases=frozenset({2, 3}),
        plan="planned",
        figures=frozenset({"x"}),
        layers=frozenset({"third-site"}),
        origins=(("iran", "semnan"), ("kaliningrad", "town")),
        borders="de-facto",
        framing="baltic",
        dossier="deveselu",
    )
    written = {key: [value] for key, value in to_query(asked_for, OFFER).items()}
    scenario, warnings = parse(written | query, OFFER)
    assert len(warnings) == 1
    assert words in warnings[0]
    kept = {key: value for key, value in to_query(scenario, OFFER).items() if key not in query}
    assert kept == {key: value[0] for key, value in written.items() if key not in query}


def test_every_mistake_of_a_link_is_named():
    warnings = read(plan="dreamt", frame="mars", show="a.b.x", phases="9", moon="full")[1]
    assert len(warnings) == 6
    for word in ("dreamt", "mars", "show=a", "show=b", "phases=9", "moon"):
        assert sum(word in warning for warning in warnings) == 1


TEXT = st.one_of(
    st.text(max_size=30),
    st.binary(max_size=30).map(lambda raw: raw.decode("utf-8", "surrogateescape")),
    st.sampled_from(["none", "1.2", "planned", "2011-03-07", "0000-00-00", "iran", "..", "-1"]),
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.one_of(st.sampled_from([*KEYS, "dossier"]), TEXT), st.lists(TEXT)))
@example({"date": ["９９９９-12-31"]})
@example({"phases": ["²"]})
@example({"date": ["-999-01-01"]})
def test_no_link_breaks_the_page(query):
    scenario, warnings = parse(query, OFFER)
    assert scenario.figures <= OFFER.figures
    assert scenario.layers <= OFFER.layers
    assert EARLIEST <= scenario.as_of <= OFFER.as_of
    assert all(warning.isprintable() for warning in warnings)
    # what was understood can be linked to again
    assert read(**to_query(scenario, OFFER)) == (scenario, ())
    known = {*KEYS, "dossier", "place", *(f"b-{key}" for key in KEYS[1:9])}
    strangers = [key for key in query if key not in known]
    assert sum("key '" in warning for warning in warnings) >= len(strangers)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"phases": frozenset({2, 9})}, "phase 9 is not one of (1, 2, 3, 4); choose among them"),
        ({"plan": "dreamt"}, "plan 'dreamt' is unknown; choose one of ('as-built', 'planned')"),
        ({"framing": "mars"}, "framing 'mars' is unknown; choose one of"),
        ({"projection": "cube"}, "projection 'cube' is unknown; choose one of"),
        ({"borders": "mine"}, "border view 'mine' is unknown; choose one of"),
    ],
)
def test_a_scenario_that_the_atlas_does_not_offer_cannot_be_made(changes, words):
    with pytest.raises(ScenarioError) as caught:
        replace(FIRST, **changes)
    assert words in str(caught.value)


def test_a_scenario_is_a_value():
    assert hash(replace(FIRST, plan="planned")) == hash(replace(FIRST, plan="planned"))
    with pytest.raises(AttributeError):
        FIRST.plan = "planned"


def test_another_origin_leaves_the_rest():
    moved = FIRST.with_origin("iran", "semnan")
    assert moved.origin("iran") == "semnan"
    assert moved.origin("kaliningrad") == FIRST.origin("kaliningrad")
    assert FIRST.origin("iran") == "iran"
    assert replace(moved, origins=FIRST.origins) == FIRST


@pytest.mark.parametrize("name", FRAMINGS)
def test_a_framing_is_a_part_of_the_world(name):
    framing = FRAMINGS[name]
    assert -180 <= framing.west < framing.east <= 180
    assert -90 < framing.south < framing.north < 90
    assert framing.name


def test_every_view_has_its_place_in_the_link():
    for view in ("map", "compare", "place", "timeline", "sources", "claims"):
        scenario, warnings = parse({"view": [view]}, OFFER)
        assert (scenario.view, warnings) == (view, ())
    assert "view=globe" in parse({"view": ["globe"]}, OFFER)[1][0]


def test_the_second_scenario_of_a_comparison_is_framed_and_projected_as_the_first():
    second = replace(FIRST, plan="planned", framing="baltic", view="claims", dossier="deveselu")
    both = replace(FIRST, view="compare", projection="globe", against=second)
    assert both.against == replace(FIRST, plan="planned", projection="globe")
    moved = replace(both, framing="middle-east")
    assert moved.against.framing == "middle-east"


def test_mistakes_in_the_second_scenario_are_named_with_their_key():
    scenario, warnings = read(**{"b-plan": "dreamt", "b-show": "none"})
    assert scenario.against == replace(FIRST, figures=frozenset())
    assert len(warnings) == 1
    assert "b-plan=dreamt" in warnings[0]


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [(46.2919, 38.08, "46.2919e38.08n"), (-145.7, 63.9, "145.7w63.9n"), (0, -0.00001, "0e0n")],
)
def test_a_place_is_written_so_that_it_can_be_read(lon, lat, code):
    assert spot_code(lon, lat) == code
    assert spot(code) == pytest.approx((lon, lat), abs=5e-5)


@pytest.mark.parametrize("code", ["46.29,38.08", "181e10n", "10e91n", "1e2", "46e38", "", "e5n"])
def test_what_is_no_place_is_none(code):
    assert spot(code) is None


def test_a_place_off_the_earth_has_no_code():
    with pytest.raises(ScenarioError, match="give longitude, then latitude"):
        spot_code(44.0, 244.0)
