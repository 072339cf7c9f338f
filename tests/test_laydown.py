"""What stands where on a day: phases, dates and plan, on the shipped data and by hand."""

import datetime as dt
import re
from dataclasses import replace

import pytest
import shapely

from geo import comparison, laydown, legend, timeline
from geo.caption import compose
from geo.catalogue import Catalogue
from geo.laydown import Laydown, resolve
from geo.scenario import LAYERS, Scenario


def on(catalogue: Catalogue, scenario: Scenario, date: str, **changes: object) -> Laydown:
    return resolve(catalogue, replace(scenario, as_of=dt.date.fromisoformat(date), **changes))


def status(laydown: Laydown, site_id: str) -> str | None:
    return {mark.site.id: mark.status for mark in laydown.marks}.get(site_id)


@pytest.mark.parametrize(
    ("number", "date", "before", "after"),
    [
        (1, "2012-05-20", "under construction", "in service"),
        (2, "2016-05-12", "under construction", "in service"),
        (3, "2024-07-10", "under construction", "in service"),
        (4, "2013-03-15", "announced", "cancelled"),
    ],
)
def test_a_phase_changes_on_its_day_and_not_before(
    catalogue, first_screen, number, date, before, after
):
    day = dt.date.fromisoformat(date)
    found = []
    for shift in (-1, 0, 1):
        shown = on(catalogue, first_screen, str(day + dt.timedelta(days=shift)))
        found.append(next(state.status for state in shown.phases if state.phase.number == number))
    assert found == [before, after, after]


@pytest.mark.parametrize(
    ("site_id", "date", "before", "after"),
    [
        ("deveselu", "2016-05-12", "under construction", "in service"),
        ("deveselu", "2013-10-28", "announced", "under construction"),
        ("redzikowo", "2024-07-10", "under construction", "in service"),
        ("phase-4-sm3-iib", "2013-03-15", "announced", "cancelled"),
        ("phase-4-sm3-iib", "2009-09-17", None, "announced"),
    ],
)
def test_a_site_changes_on_its_day_and_not_before(
    catalogue, first_screen, site_id, date, before, after
):
    day = dt.date.fromisoformat(date)
    the_day_before = on(catalogue, first_screen, str(day - dt.timedelta(days=1)))
    assert status(the_day_before, site_id) == before
    assert status(on(catalogue, first_screen, date), site_id) == after


def test_a_year_counts_from_its_last_day(catalogue, first_screen):
    planned = {"plan": "planned"}
    assert status(on(catalogue, first_screen, "2015-12-30", **planned), "deveselu") == "announced"
    assert status(on(catalogue, first_screen, "2015-12-31", **planned), "deveselu") == "in service"


def test_the_plan_of_2009_knows_no_delay_and_no_cancellation(catalogue, first_screen):
    planned = on(catalogue, first_screen, "2021-01-01", plan="planned")
    built = on(catalogue, first_screen, "2021-01-01")
    assert status(planned, "redzikowo") == "in service"
    assert status(built, "redzikowo") == "under construction"
    assert status(planned, "phase-4-sm3-iib") == "in service"
    assert status(built, "phase-4-sm3-iib") == "cancelled"


def test_the_black_sea_is_a_patrol_area_until_february_2022(catalogue, first_screen):
    assert status(on(catalogue, first_screen, "2022-02-27"), "patrol-black-sea") == "in service"
    assert status(on(catalogue, first_screen, "2022-02-28"), "patrol-black-sea") is None


def test_a_phase_switched_off_takes_its_sites_with_it(catalogue, first_screen):
    without = resolve(catalogue, replace(first_screen, phases=frozenset({1, 3, 4})))
    assert status(without, "deveselu") is None
    assert status(without, "redzikowo") == "in service"


def test_sites_outside_the_phases_need_their_layer(catalogue, first_screen, first_laydown):
    assert status(first_laydown, "ramstein") is None
    shown = resolve(catalogue, replace(first_screen, layers=frozenset({"ports-and-command"})))
    assert status(shown, "ramstein") == "in service"


def test_the_third_site_is_agreed_then_cancelled_whatever_the_plan(catalogue, first_screen):
    third = {"layers": frozenset({"third-site"}), "phases": frozenset(), "figures": frozenset()}
    agreed = on(catalogue, first_screen, "2009-09-16", **third)
    assert status(agreed, "third-site-radar-brdy") == "announced"
    for plan in ("as-built", "planned"):
        later = on(catalogue, first_screen, "2020-01-01", plan=plan, **third)
        assert status(later, "third-site-radar-brdy") == "cancelled"


def test_the_first_screen_has_one_ring_from_anywhere_in_iran(first_laydown):
    (ring,) = first_laydown.rings
    assert ring.figure.id == "iran-limit-2017"
    assert ring.figure.basis == "declared"
    assert ring.origin.id == "iran"
    assert ring.reach.covers(shapely.Point(23.73, 37.98))  # Athens, 1,807 km from Maku in Iran
    assert not ring.reach.covers(shapely.Point(12.5, 41.9))  # Rome


def test_another_origin_gives_another_ring(catalogue, first_screen):
    tabriz = resolve(catalogue, first_screen.with_origin("iran", "tabriz"))
    semnan = resolve(catalogue, first_screen.with_origin("iran", "semnan"))
    sofia = shapely.Point(23.32, 42.70)  # 2,009 km from Tabriz
    athens = shapely.Point(23.73, 37.98)  # 1,976 km from Tabriz
    assert not tabriz.rings[0].reach.covers(sofia)
    assert tabriz.rings[0].reach.covers(athens)
    assert not semnan.rings[0].reach.covers(athens)


def test_a_band_has_two_edges_and_leaves_out_its_middle(catalogue, first_screen):
    shown = resolve(catalogue, replace(first_screen, figures=frozenset({"s-400-ap-2012"})))
    (ring,) = shown.rings
    assert [km for km, _ in ring.edges] == [400, 120]
    inside = shapely.Point(20.51, 54.71)
    assert ring.reach.covers(inside)
    assert not ring.shape.covers(inside)


def test_rings_start_at_the_sites_that_hold_the_system(catalogue, first_screen):
    figure = frozenset({"sm-3-iia-rand-2020"})
    shown = resolve(catalogue, replace(first_screen, figures=figure))
    assert [ring.origin.id for ring in shown.rings] == ["redzikowo"]
    missing = resolve(catalogue, replace(first_screen, figures=figure, phases=frozenset({1, 2})))
    assert not missing.rings
    (why,) = missing.missing
    assert why.startswith("SM-3 Block IIA: no site that holds it is shown on 21 November 2026.")
    assert why.endswith("Switch on phase 3.")


def test_no_ring_starts_from_a_home_port(catalogue, first_screen):
    shown = resolve(
        catalogue,
        replace(
            first_screen,
            figures=frozenset({"sm-3-ib-news1-2024"}),
            layers=frozenset({"ports-and-command"}),
        ),
    )
    assert "rota" in {mark.site.id for mark in shown.marks}
    assert "rota" not in {ring.origin.id for ring in shown.rings}


def test_where_nothing_is_left_the_laydown_says_why_and_what_to_change(catalogue, first_screen):
    nothing = resolve(catalogue, replace(first_screen, phases=frozenset(), figures=frozenset()))
    assert nothing.missing == ("No phase is switched on, so no site is drawn. Switch on a phase.",)
    early = on(catalogue, first_screen, "2001-01-01", figures=frozenset())
    assert early.missing[0].startswith("On 1 January 2001 none of the chosen sites")
    assert "September 2009" in early.missing[0]


def test_a_figure_that_is_no_range_is_not_drawn(catalogue, first_screen):
    flown = catalogue.figures["ghadr-1-flown-2016"][1]
    assert flown.quantity == "flown distance"
    shown = resolve(catalogue, replace(first_screen, figures=frozenset({flown.id})))
    assert not shown.rings


def test_every_drawable_figure_gives_valid_rings_of_its_distance(catalogue, first_screen):
    tehran = first_screen.with_origin("iran", "tehran").with_origin("kaliningrad", "kaliningrad")
    day = dt.date(2012, 6, 1)  # Gabala still worked
    drawn: set[str] = set()
    for as_of in (tehran.as_of, day):
        shown = resolve(
            catalogue,
            replace(
                tehran, as_of=as_of, figures=catalogue.offer.figures, layers=catalogue.offer.layers
            ),
        )
        for ring in shown.rings:
            assert ring.shape.is_valid
            assert ring.edges[0][0] == ring.figure.reach_km
            drawn.add(ring.figure.id)
    never = catalogue.offer.figures - drawn
    # these stand on sites never in service, or that nothing public dates
    assert {catalogue.figures[item][0].id for item in never} <= {"ebr-brdy", "smart-l"}


def test_members_follow_the_day(catalogue, first_screen):
    both = {"layers": frozenset({"nato-members", "eu-members"}), "figures": frozenset()}
    tints = {tint.layer: dict(tint.countries) for tint in on(
        catalogue, first_screen, "2004-03-29", **both
    ).tints}  # fmt: skip
    assert len(tints["nato-members"]) == 26
    assert "EST" in tints["nato-members"] and "EST" not in tints["eu-members"]
    later = on(catalogue, first_screen, "2024-03-07", **both)
    counts = {tint.layer: len(tint.countries) for tint in later.tints}
    assert counts == {"nato-members": 32, "eu-members": 27}
    assert on(catalogue, first_screen, "2024-03-06", **both).tints[0].countries != (
        later.tints[0].countries
    )


def test_the_sectoral_proposal_tags_countries_as_described_and_draws_no_line(
    catalogue, first_screen
):
    shown = resolve(catalogue, replace(first_screen, layers=frozenset({"sectoral-proposal"})))
    (tint,) = shown.tints
    assert dict(tint.countries) == {
        "EST": "all of",
        "FIN": "most of",
        "LTU": "all of",
        "LVA": "all of",
        "NOR": "most of",
        "POL": "parts of",
        "SWE": "most of",
    }
    assert tint.sources == ("podvig-2012-sectoral",)
    assert len(shown.rings) == 1  # the first screen's, and nothing of the proposal


def test_what_a_missing_figure_is_told_to_change_brings_it(catalogue, first_screen):
    layers = {name: key for key, name in LAYERS.items()}
    told = 0
    for item in catalogue.offer.figures:
        alone = replace(first_screen, figures=frozenset({item}), phases=frozenset())
        shown = resolve(catalogue, alone)
        if shown.rings:
            continue
        why = shown.missing[-1]
        told += 1
        if "Choose another date" in why:
            system, _ = catalogue.figures[item]
            days = [alone.as_of.replace(year=year) for year in range(1985, 2026)]
            every = [replace(first_screen, as_of=day) for day in days]
            there = [laydown.standing(catalogue, one) for one in every]
            assert any(
                laydown.origins_of(catalogue, one, system, marks)
                for one, marks in zip(every, there, strict=True)
            ), why
            continue
        number, layer = re.search(r"phase (\d)\.$", why), re.search(r"“(.*?)”", why)
        if number:
            advised = replace(alone, phases=frozenset({int(number[1])}))
        else:
            advised = replace(alone, layers=frozenset({layers[layer[1]]}))
        assert resolve(catalogue, advised).rings, why
    assert told > 20


def test_a_system_of_ships_in_port_only_makes_no_ring_and_is_not_offered(catalogue):
    system = catalogue.systems["smart-l"]
    assert {site.kind for site in catalogue.sites_with("smart-l")} == {"home port"}
    assert not {figure.id for figure in system.figures} & catalogue.offer.figures


def test_a_first_capability_is_no_longer_construction(catalogue, first_screen):
    shown = on(catalogue, first_screen, "2016-02-01")
    (mark,) = [mark for mark in shown.marks if mark.site.id == "deveselu"]
    assert mark.status == "under construction"
    assert str(mark.since) == "2015-12-18"
    assert legend.status_label(shown, mark) == "with a first capability"
    assert "Deveselu (with a first capability)" in compose(catalogue, shown).alt
    before = on(catalogue, first_screen, "2015-12-01")
    assert "Deveselu (under construction)" in compose(catalogue, before).alt
    changed = {item.site.id for item in comparison.sites(before, shown)}
    assert changed == {"deveselu"}
    words = {row.label: row.status for row in timeline.rows(catalogue, shown.scenario.as_of)}
    assert words["Deveselu"] == "with a first capability"
    israel = on(catalogue, first_screen, "2010-01-01", layers=catalogue.offer.layers)
    assert (
        "AN/TPY-2 (Israel) and Armavir with a first capability"
        in compose(catalogue, israel).sentence
    )


def test_the_plan_names_the_north_sea_and_the_baltic_came_with_practice(catalogue, first_screen):
    planned = {
        mark.site.id for mark in on(catalogue, first_screen, "2018-06-01", plan="planned").marks
    }
    assert "patrol-north-sea" in planned and "patrol-baltic-sea" not in planned
    for day, there in (("2015-09-29", False), ("2015-09-30", True)):
        shown = {mark.site.id for mark in on(catalogue, first_screen, day).marks}
        assert ("patrol-baltic-sea" in shown) == there
