"""How a stated figure is written: distance, basis, whose it is and when; for every drawing.

Job: the words of the house style for figures and for lists, once. Ban: as `legend`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from geo.model import Figure, System
from geo.vocabulary import YOURS

__all__ = [
    "KM_PER_MILE",
    "distance_label",
    "figure_label",
    "figure_line",
    "figure_name",
    "figure_title",
    "kilometres",
    "listed",
    "two_lines",
    "when_stated",
    "whose",
]

KM_PER_MILE = 1.609344


def kilometres(value: float) -> str:
    """Write kilometres as they were stated: ``2,000 km``, ``12.5 km``."""
    return f"{value:,.10g} km"


def listed(words: Iterable[str]) -> str:
    """Words with commas and an "and", each once: ``Poland, Romania and Spain``."""
    *first, last = [*dict.fromkeys(words)] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def distance_label(range_km: float) -> str:
    """Kilometres and miles as printed, miles to three figures: ``2,000 km (1,240 mi)``.

    Two figures would say 1,200 miles, which is 69 km short of 2,000 km. Below ten miles two do.
    """
    miles = range_km / KM_PER_MILE
    step = 10 ** max(0, len(str(int(miles))) - 3)
    printed = f"{miles:.2g}" if miles < 9.95 else f"{round(miles / step) * step:,}"
    return f"{kilometres(range_km)} ({printed} mi)"


def figure_label(figure: Figure) -> str:
    """Return the stated distance as printed: exact, up to, under, more than, or a band."""
    low, high = figure.low_km, figure.high_km
    if high is None:
        return f"more than {distance_label(low or 0)}"
    if low is None:
        return f"{'under' if figure.below else 'up to'} {distance_label(high)}"
    if low == high:
        return distance_label(high)
    low_miles, high_miles = (distance_label(end).split("(")[1][:-4] for end in (low, high))
    return f"{kilometres(low)[:-3]}–{kilometres(high)} ({low_miles}–{high_miles} mi)"


def figure_title(system: System, figure: Figure) -> str:
    """Name of a figure in a list: system, variant, distance, basis, whose and when."""
    when = f", {figure.date.year}" if figure.date else ""
    doubt = ", unconfirmed" if not figure.confirmed else ""
    return f"{figure_name(system, figure)}: {figure_label(figure)}, {figure.basis}{when}{doubt}"


def figure_line(system: System, figure: Figure) -> str:
    """Whose system, how far, on what basis, by whom and when."""
    stated = f"{figure_label(figure)}, {whose(figure)}{when_stated(figure)}"
    return f"{figure_name(system, figure)}: {stated}"


def whose(figure: Figure) -> str:
    """Say on what basis a distance stands and by whom: ``declared by ...``."""
    if figure.basis == YOURS:
        return f"{YOURS}, not checked by this atlas ({figure.by})"
    words = f"{figure.basis} by {figure.by}"
    if figure.basis == "reported":
        words = f"reported: {figure.by}"
    return words if figure.confirmed else f"{words}, unconfirmed"


def figure_name(system: System, figure: Figure) -> str:
    """System and, if only one is meant, its version."""
    return f"{system.name} ({figure.variant})" if figure.variant else system.name


def when_stated(figure: Figure, as_of: dt.date | None = None) -> str:
    """Say when a distance was stated, behind a comma, and if that was after the day shown.

    Nothing if it is not known.
    """
    if figure.date is None:
        return ""
    later = as_of is not None and figure.date.first > as_of
    return f", {figure.date.spoken}{' (after the day shown)' if later else ''}"


def two_lines(name: str) -> str:
    """Break a long name near its middle."""
    words = name.split()
    if len(name) < 18 or len(words) < 2:
        return name
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(name) / 2))
    return " ".join(words[:cut]) + "\n" + " ".join(words[cut:])
