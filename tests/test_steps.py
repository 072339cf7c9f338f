"""Days on which the map changes."""

import datetime as dt
import itertools
from dataclasses import replace

from geo.laydown import resolve
from geo.steps import steps

# -- steps in time


def test_steps_are_the_days_on_which_the_map_changes(catalogue, first_screen):
    found = steps(catalogue, first_screen)
    days = [step.day for step in found]
    assert days == sorted(set(days))
    assert dt.date(2016, 5, 12) in days
    assert all(step.said for step in found)
    # between two steps nothing on the map changes
    for before, after in itertools.pairwise(days):
        shown = [
            {(mark.site.id, mark.status) for mark in resolve(catalogue, at).marks}
            for at in (
                replace(first_screen, as_of=before),
                replace(first_screen, as_of=after - dt.timedelta(days=1)),
            )
        ]
        assert shown[0] == shown[1], (before, after)


def test_the_plan_has_steps_of_its_own_and_switches_count(catalogue, first_screen):
    planned = steps(catalogue, replace(first_screen, plan="planned"))
    built = steps(catalogue, first_screen)
    assert {step.day for step in planned} != {step.day for step in built}
    assert steps(catalogue, replace(first_screen, phases=frozenset())) == ()
    more = steps(catalogue, replace(first_screen, layers=frozenset({"third-site"})))
    assert len(more) > len(built)


def test_a_step_says_what_happened_on_its_day_and_of_a_plan_what_was_to_happen(
    catalogue, first_screen
):
    said = {step.day: " ".join(step.said) for step in steps(catalogue, first_screen)}
    assert "Romania's Supreme Council of National Defence approves" in said[dt.date(2010, 2, 4)]
    assert "The agreement is initialled in Washington" in said[dt.date(2011, 6, 6)]
    planned = replace(first_screen, plan="planned")
    last = steps(catalogue, planned)[-1]
    assert last.said[0] == "2020: Phase 4: planned to be operational"


def test_a_day_tells_one_event_of_one_source_once(catalogue, first_screen):
    said = {step.day: step.said for step in steps(catalogue, first_screen)}
    able = [words for words in said[dt.date(2015, 12, 18)] if "echnical capability" in words]
    assert len(able) == 1
