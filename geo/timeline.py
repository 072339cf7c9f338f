"""What was planned and what happened: phases and sites, and the diplomatic events.

Job: rows, history and their tables. Ban: no drawing (`timechart` has it), no rule of its own for
what a date means (`status` has it).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from geo import legend
from geo.catalogue import Catalogue
from geo.halfdate import HalfDate
from geo.laydown import resolve
from geo.model import Event, Site
from geo.scenario import PHASES, Scenario
from geo.vocabulary import EventKind

__all__ = [
    "History",
    "Row",
    "confirmed",
    "history",
    "plan_table",
    "rows",
    "steps",
    "table",
]

Group = Literal["Phases", "Sites"]

#: Sites outside the phases that belong to the story of the plan.
THIRD_SITE = "third-site"


@dataclass(frozen=True)
class Row:
    """The life of a phase or a site, planned against actual."""

    label: str
    group: Group
    planned: HalfDate | None
    """Earliest date ever planned for service."""
    announced: HalfDate | None
    """First announced or agreed."""
    construction: HalfDate | None
    in_service: HalfDate | None
    ended: HalfDate | None
    cancelled: HalfDate | None
    status: str
    """Words for how it stands on the as-of date."""


@dataclass(frozen=True)
class History:
    """One line of the diplomatic timeline."""

    id: str
    date: HalfDate
    end: HalfDate | None
    when: str
    """The date in words, at its true precision."""
    text: str
    topic: str
    sources: tuple[str, ...]
    """Publishers."""
    confirmed: bool
    note: str | None


def rows(catalogue: Catalogue, as_of: dt.date) -> tuple[Row, ...]:
    """Phases, then the sites of the third site and of the plan, with their status on a day."""
    laydown = resolve(
        catalogue,
        Scenario(as_of=as_of, phases=frozenset(PHASES), layers=frozenset({THIRD_SITE})),
    )
    phase_words = {
        state.phase.number: legend.status_words(state.status, state.event)
        for state in laydown.phases
        if state.status is not None
    }
    site_words = {mark.site.id: legend.status_label(laydown, mark) for mark in laydown.marks}
    phases = [
        _row(phase.name, "Phases", phase.events, phase_words.get(phase.number), as_of)
        for phase in sorted(catalogue.phases, key=lambda phase: phase.number)
    ]
    sites = [
        _row(site.label or site.name, "Sites", _steps_of(site), site_words.get(site.id), as_of)
        for site in sorted(catalogue.sites.values(), key=_site_order)
        if site.events and (site.phases or site.layer == THIRD_SITE)
    ]
    return (*phases, *sites)


def _steps_of(site: Site) -> tuple[Event, ...]:
    """Events of a site; where ships sail, they are named by sources, and no site enters service."""
    if site.kind != "patrol area":
        return site.events
    steps: list[Event] = []
    for event in site.events:
        sailed = event.kind == "operational"
        if event.actual is not None:
            steps.append(event.model_copy(update={"kind": "announced"}) if sailed else event)
        if event.planned is not None:
            steps.append(event.model_copy(update={"actual": None}))
    return tuple(steps)


def _site_order(site: Site) -> tuple[int, dt.date, str]:
    """Put the third site first, then phase by phase, each by its first date."""
    dates = [event.actual or event.planned for event in site.events]
    first = min((date.last for date in dates if date is not None), default=dt.date.max)
    return min(site.phases, default=0), first, site.id


def _row(
    label: str, group: Group, events: tuple[Event, ...], words: str | None, as_of: dt.date
) -> Row:
    planned = [event.planned for event in events if event.kind == "operational" and event.planned]
    ended = _first(events, "ended")
    announced = _first(events, "announced", "agreed")
    if words is None and ended is not None and ended.last <= as_of:
        words = "ended"
    elif words is None:
        words = "not announced yet" if announced else "not yet"
    return Row(
        label=label,
        group=group,
        planned=min(planned, default=None),
        announced=announced,
        construction=_first(events, "construction"),
        in_service=_first(events, "operational", "handed over"),
        ended=ended,
        cancelled=_first(events, "cancelled"),
        status=words,
    )


def _first(events: tuple[Event, ...], *kinds: EventKind) -> HalfDate | None:
    """Date of the step that counts first: of those that happened, the one certain soonest."""
    dates = [event.actual for event in events if event.kind in kinds and event.actual]
    return min(dates, key=lambda date: (date.last, date), default=None)


def history(catalogue: Catalogue) -> tuple[History, ...]:
    """Diplomatic events, first to last: 2011 before March 2011 before 7 March 2011."""
    return tuple(
        History(
            id=event.id,
            date=event.date,
            end=event.end,
            when=event.date.spoken + (f" to {event.end.spoken}" if event.end else ""),
            text=event.text,
            topic=event.topic,
            sources=tuple(
                dict.fromkeys(catalogue.sources[item].publisher for item in event.sources)
            ),
            confirmed=event.confirmed,
            note=event.note,
        )
        for event in sorted(catalogue.history, key=lambda event: event.date)
    )


def table(catalogue: Catalogue) -> list[dict[str, str]]:
    """Diplomatic events in words; the dates sort as text."""
    return [
        {
            "Date": f"{row.date} to {row.end}" if row.end else str(row.date),
            "Event": f"{row.text} ({row.note.rstrip('.')}.)" if row.note else row.text,
            "Topic": row.topic,
            "Sources": "; ".join(row.sources),
            "Confirmed": confirmed(row),
        }
        for row in history(catalogue)
    ]


def plan_table(catalogue: Catalogue, as_of: dt.date) -> list[dict[str, str]]:
    """Planned against actual in words; the dates sort as text."""
    return [
        {"Phase or site": row.label, **{name: str(date or "") for name, date in steps(row)}}
        | {"Status": row.status}
        for row in rows(catalogue, as_of)
    ]


def steps(row: Row) -> tuple[tuple[str, HalfDate | None], ...]:
    """Name and date of each step in a life, None where it was not taken."""
    return (
        ("Announced or named", row.announced),
        ("Construction", row.construction),
        ("Planned", row.planned),
        ("In service", row.in_service),
        ("Ended", row.ended),
        ("Cancelled", row.cancelled),
    )


def confirmed(row: History) -> str:
    """Say whether a source could be confirmed, as in a table."""
    return "yes" if row.confirmed else "unconfirmed"
