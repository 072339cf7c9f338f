"""What became of a site or a phase by a day: the status that its dated events give it.

Job: one rule for planned and for actual dates. Ban: draws nothing, knows no map.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from geo.halfdate import HalfDate
from geo.model import Event
from geo.scenario import Plan

__all__ = ["Status", "dated", "status_on"]

Status = Literal["in service", "under construction", "announced", "cancelled", "reference"]

_STATUS: dict[str, Status | None] = {
    "announced": "announced",
    "agreed": "announced",
    "undecided": "announced",
    "construction": "under construction",
    "capability": "under construction",
    "operational": "in service",
    "handed over": "in service",
    "ended": None,
    "cancelled": "cancelled",
}


def status_on(
    events: tuple[Event, ...], as_of: dt.date, plan: Plan
) -> tuple[Status | None, Event | None, HalfDate | None]:
    """Status on a day, the event since which it holds, and the date of that event.

    The latest event that has certainly happened decides the status. A first capability is told
    from the building before it, and what was offered and not decided from what was announced.
    """
    past = [(date, event) for date, event in dated(events, plan) if date.last <= as_of]
    past.sort(key=lambda pair: pair[0].last)  # stable: on one day the order of the file counts
    if not past:
        return None, None, None
    since, first = past[-1]
    for date, event in reversed(past):  # back to the first event of the status that still holds
        if _told(event) != _told(first):
            break
        since, first = date, event
    return _STATUS[first.kind], first, since


def _told(event: Event) -> tuple[Status | None, str]:
    """What an event makes of a site, as it is told."""
    apart = event.kind if event.kind in {"capability", "undecided"} else ""
    return _STATUS[event.kind], apart


def dated(events: tuple[Event, ...], plan: Plan) -> list[tuple[HalfDate, Event]]:
    """Events with the dates that count.

    As planned, the earliest planned date of each step counts; what was announced or agreed counts
    as it happened, and the rest (delays, the end of phase 4) was no part of the plan.
    """
    if plan == "as-built":
        return [(event.actual, event) for event in events if event.actual is not None]
    planned = [(event.planned, event) for event in events if event.planned is not None]
    earliest = {
        event.kind: (date, event) for date, event in sorted(planned, key=lambda pair: pair[0])[::-1]
    }
    agreed = [
        (event.actual, event)
        for event in events
        if event.actual is not None and event.kind in {"announced", "agreed"}
    ]
    return [*agreed, *earliest.values()]
