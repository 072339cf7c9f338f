"""What differs between two scenarios."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from geo import comparison, coverage
from geo.laydown import resolve
from geo.scenario import Scenario


def tables(catalogue, *scenarios: Scenario):
    laydowns = [resolve(catalogue, scenario) for scenario in scenarios]
    return [
        coverage.of_figure(catalogue, laydown, laydown.rings[0].figure.id, 2000)
        for laydown in laydowns
    ]


def test_tabriz_against_anywhere_in_iran(catalogue, first_screen):
    from_tabriz = first_screen.with_origin("iran", "tabriz")
    one, two = tables(catalogue, from_tabriz, first_screen)
    found = {row.iso3: row for row in comparison.countries(one, two)}
    greece = found["GRC"]
    assert greece.share_one == pytest.approx(0.331, abs=1e-3)
    assert greece.share_two == pytest.approx(0.955, abs=1e-3)
    assert greece.points == pytest.approx(62.4, abs=0.2)
    assert (greece.capital, greece.capital_one, greece.capital_two) == ("Athens", True, True)
    bulgaria = found["BGR"]
    assert (bulgaria.capital_one, bulgaria.capital_two) == (False, True)
    assert bulgaria.nato_member
    assert found["IND"].share_one == 0
    assert "IRQ" not in found  # wholly within both
    rows = comparison.countries(one, two)
    coded = [row.iso3 is not None for row in rows]
    assert "Bir Tawil" in [row.name for row in rows[coded.index(False) :]]
    assert coded == sorted(coded, reverse=True)
    points = [abs(row.points) for row in rows if row.iso3]
    assert points == sorted(points, reverse=True)
    # the other way round
    back = {row.iso3: row for row in comparison.countries(two, one)}
    assert back["GRC"].points == pytest.approx(-greece.points)
    assert back.keys() == found.keys()


def test_a_scenario_does_not_differ_from_itself(catalogue, first_screen):
    (one,) = tables(catalogue, first_screen)
    laydown = resolve(catalogue, first_screen)
    assert comparison.countries(one, one) == ()
    assert comparison.sites(laydown, laydown) == ()
    assert comparison.rings(laydown, laydown) == ()


def test_phase_2_against_phase_3(catalogue, first_screen):
    two, three = (
        resolve(catalogue, replace(first_screen, phases=frozenset(phases)))
        for phases in ({1, 2}, {1, 2, 3})
    )
    found = {row.site.id: row for row in comparison.sites(two, three)}
    assert found["redzikowo"].one is None
    assert found["redzikowo"].two.status == "in service"
    assert "deveselu" not in found
    assert comparison.rings(two, three) == ()


def test_two_days_show_what_was_built_between_them(catalogue, first_screen):
    then, now = (
        resolve(catalogue, replace(first_screen, as_of=day))
        for day in (dt.date(2014, 1, 1), first_screen.as_of)
    )
    found = {row.site.id: row for row in comparison.sites(then, now)}
    assert found["deveselu"].one.status == "under construction"
    assert found["deveselu"].two.status == "in service"
    assert not any(row.site.launch_area for row in found.values())


def test_a_range_that_one_side_draws_is_named_with_its_side(catalogue, first_screen):
    one = resolve(catalogue, first_screen)
    two = resolve(catalogue, first_screen.with_origin("iran", "tabriz"))
    found = comparison.rings(one, two)
    assert [(row.ring.origin.id, row.in_one) for row in found] == [
        ("iran", True),
        ("tabriz", False),
    ]


def test_a_share_counts_as_another_from_a_twentieth_of_a_point_on(catalogue, first_screen):
    (table,) = tables(catalogue, first_screen)
    bulgaria = next(row for row in table.rows if row.iso3 == "BGR")
    for points, found in ((0.04, []), (0.06, ["BGR"])):
        moved = replace(bulgaria, area_share=bulgaria.area_share - points / 100)
        other = replace(table, rows=tuple(moved if r is bulgaria else r for r in table.rows))
        assert [row.iso3 for row in comparison.countries(table, other)] == found
