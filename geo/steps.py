"""Days on which something on the map changes, for the slider in time.

Job: the days that a reader can step to, and what happens on each. Ban: as `laydown`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geo.catalogue import Catalogue
from geo.laydown import passes
from geo.model import Phase, Site
from geo.scenario import EARLIEST, Plan, Scenario
from geo.status import dated

__all__ = ["Step", "steps"]


@dataclass(frozen=True)
class Step:
    """A day on which something on the map changes."""

    day: dt.date
    """From when it counts: the last day that its date can mean."""
    said: tuple[str, ...]
    """What happens, a sentence each, with its date at its true precision."""


def steps(catalogue: Catalogue, scenario: Scenario) -> tuple[Step, ...]:
    """Days on which what a scenario shows changes, planned or as built, the earliest first.

    Only days that a reader can choose: none after the data's own date.
    """
    found: dict[dt.date, list[str]] = {}
    shown = [phase for phase in catalogue.phases if phase.number in scenario.phases]
    sites = [site for site in catalogue.sites.values() if passes(site, scenario)]
    things: list[Phase | Site] = [*shown, *sites]
    for thing in things:
        plan: Plan = scenario.plan
        if isinstance(thing, Site) and not thing.phases:
            plan = "as-built"
        told = {
            (date, event.source)
            for phase in shown
            if isinstance(thing, Site) and phase.number in thing.phases
            for date, event in dated(phase.events, plan)
        }
        for date, event in dated(thing.events, plan):
            if (date, event.source) in told:  # its phase says so already, of the same source
                continue
            if EARLIEST <= date.last <= catalogue.offer.as_of:
                happened = plan == "as-built" or event.planned is None
                words = event.text.rstrip(".") if happened else f"planned to be {event.kind}"
                found.setdefault(date.last, []).append(f"{date.spoken}: {thing.name}: {words}")
    return tuple(Step(day, tuple(dict.fromkeys(said))) for day, said in sorted(found.items()))
