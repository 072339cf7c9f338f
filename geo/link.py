"""A scenario as the address of the page: every choice under a key of its own, and back.

Job: the keys of a link; strict reading, nothing repaired in silence. Ban: as `scenario`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import get_args

from geo import own
from geo.errors import OwnDataError, ScenarioError
from geo.own import Own, spot
from geo.scenario import (
    EARLIEST,
    FRAMINGS,
    HIDEABLE,
    PHASES,
    BorderView,
    Offer,
    Plan,
    Projected,
    Scenario,
    View,
    default,
)

__all__ = ["TOO_LARGE", "parse", "spot_code", "to_query"]

#: A warning names so many unknown choices of one key, and counts the rest.
MOST_NAMED = 5
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: In a link, in place of own rings that are areas or too many for it, with their number after it.
TOO_LARGE = "file."
#: Keys of the second scenario of a comparison are those of the first with this before them.
AGAINST = "b-"


def spot_code(lon: float, lat: float) -> str:
    """Write a place as 46.29e38.08n, to four decimals (some ten metres), for a link.

    Raises
    ------
    ScenarioError
        For what is no position on Earth.
    """
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        msg = f"position [{lon}, {lat}] is not on Earth; give longitude, then latitude, in degrees"
        raise ScenarioError(msg)
    return own.spot_code(lon, lat)


def to_query(scenario: Scenario, offer: Offer) -> dict[str, str]:
    """Write every choice, defaults too, and the data edition as the keys of a link."""
    query = {
        "v": offer.version,
        **_drawn(scenario),
        "frame": scenario.framing,
        "projection": scenario.projection,
        "centre": scenario.centre,
        "flat": "yes" if scenario.flat else "no",
        "view": scenario.view,
    }
    if scenario.dossier is not None:
        query["dossier"] = scenario.dossier
    if scenario.place is not None:
        query["place"] = scenario.place
    if scenario.own:
        query["own"] = own.to_code(scenario.own) or f"{TOO_LARGE}{len(scenario.own)}"
    if scenario.against is not None:
        second = _drawn(scenario.against)
        query |= {f"{AGAINST}{key}": value for key, value in second.items()}
    return query


def _drawn(scenario: Scenario) -> dict[str, str]:
    """Write what is drawn, whatever the map it is drawn on."""
    return {
        "phases": _joined(str(number) for number in scenario.phases),
        "date": scenario.as_of.isoformat(),
        "plan": scenario.plan,
        "show": _joined(scenario.figures),
        "layers": _joined(scenario.layers),
        **dict(scenario.origins),
        "hide": _joined(scenario.hidden),
        "borders": scenario.borders,
    }


@dataclass
class _Reader:
    """Reads one query; collects a warning for whatever it does not understand."""

    query: Mapping[str, str | Sequence[str]]
    offer: Offer
    warnings: list[str] = field(default_factory=list)
    prefix: str = ""
    """What stands before every key."""

    def one(self, key: str) -> str | None:
        key = self.prefix + key
        held = self.query.get(key, ())
        values = (held,) if isinstance(held, str) else held
        if len(values) > 1:
            self.warnings.append(
                f"The link gives '{key}' {len(values)} times; only '{_short(values[0])}' is used."
            )
        return values[0] if values else None

    def refuse(self, key: str, value: str, instead: str) -> None:
        self.warnings.append(
            f"The link's {self.prefix}{key}={_short(value)} is not a choice of this atlas; "
            f"{instead}."
        )

    def choice(self, key: str, offered: Iterable[str], fallback: str) -> str:
        value = self.one(key)
        if value is None or value in set(offered):
            return fallback if value is None else value
        self.refuse(key, value, f"'{fallback}' is used instead")
        return fallback

    def several(self, key: str, offered: Iterable[str], fallback: frozenset[str]) -> frozenset[str]:
        value = self.one(key)
        if value is None:
            return fallback
        if value == "none":
            return frozenset()
        known, asked = set(offered), dict.fromkeys(value.split("."))
        unknown = [item for item in asked if item not in known]
        if len(unknown) == len(asked):
            self.refuse(key, value, "the first screen's choice is used instead")
            return fallback
        for item in unknown[:MOST_NAMED]:
            self.refuse(key, item, "it is left out")
        if len(unknown) > MOST_NAMED:
            more = len(unknown) - MOST_NAMED
            self.warnings.append(
                f"The link's {self.prefix}{key} has {more} more that are left out."
            )
        return frozenset(asked) & frozenset(known)

    def optional(self, key: str, offered: Iterable[str], instead: str) -> str | None:
        value = self.one(key)
        if value is None or value in set(offered):
            return value
        self.refuse(key, value, instead)
        return None

    def place(self, key: str, offered: Iterable[str], fallback: str | None) -> str | None:
        value = self.one(key)
        if value is None:
            return fallback
        where = spot(value)
        if where is not None:
            return spot_code(*where)
        if value in set(offered):
            return value
        self.refuse(key, value, f"'{fallback}' is used instead" if fallback else "none is asked")
        return fallback

    def own(self) -> tuple[Own, ...]:
        value = self.one("own")
        if not value:
            return ()
        if value.startswith(TOO_LARGE):
            self.warnings.append(
                "The map of this link also showed its maker's own data, which a link is too short "
                "for. Add them again under “Your data”."
            )
            return ()
        try:
            return own.from_code(value)
        except OwnDataError as error:
            self.warnings.append(f"The link's own data are left out. {error}")
            return ()

    def day(self) -> dt.date:
        value = self.one("date")
        if value is None:
            return self.offer.as_of
        day = None
        if _DAY.fullmatch(value):
            with suppress(ValueError):  # 2026-02-30
                day = dt.date.fromisoformat(value)
        if day is None:
            self.refuse("date", value, f"write it like {self.offer.as_of}, which is used instead")
            return self.offer.as_of
        if not EARLIEST <= day <= self.offer.as_of:
            self.warnings.append(
                f"The link's {self.prefix}date={value} is outside {EARLIEST} to "
                f"{self.offer.as_of}, the days the data covers; the nearest of them is used."
            )
            return min(max(day, EARLIEST), self.offer.as_of)
        return day


def parse(
    query: Mapping[str, str | Sequence[str]], offer: Offer
) -> tuple[Scenario, tuple[str, ...]]:
    """Read a link strictly.

    Parameters
    ----------
    query
        Every key of the address with all its values, or with the one value that a record has.
    offer
        What can be chosen.

    Returns
    -------
    The scenario, and one sentence for each part that was not understood. What was understood is
    honoured; what is missing has its default.
    """
    reader = _Reader(query, offer)
    first = default(offer)
    written = _drawn(first)
    known = {
        *to_query(first, offer),
        "dossier",
        "place",
        "own",
        *(f"{AGAINST}{key}" for key in written),
    }
    for key in query:
        if key not in known:
            reader.warnings.append(
                f"The link's key '{_short(key)}' is not a choice of this atlas; it is left out."
            )
    version = reader.one("v")
    if version is not None and version != offer.version:
        reader.warnings.append(
            f"The link was made with data edition {_short(version) or 'none'}; this is edition "
            f"{offer.version}. Figures may have been corrected since."
        )
    scenario = replace(
        _read(reader, first),
        framing=reader.choice("frame", FRAMINGS, first.framing),
        projection=reader.choice("projection", get_args(Projected), first.projection),  # type: ignore[arg-type]
        centre=reader.place("centre", offer.centres, first.centre) or first.centre,
        flat=reader.choice("flat", ("yes", "no"), "no") == "yes",
        view=reader.choice("view", get_args(View), first.view),  # type: ignore[arg-type]
        dossier=reader.optional("dossier", offer.dossiers, "none is opened"),
        place=reader.place("place", offer.places, None),
        own=reader.own(),
    )
    if any(query.get(f"{AGAINST}{key}") for key in written):
        scenario = replace(scenario, against=_read(replace(reader, prefix=AGAINST), first))
    return scenario, tuple(reader.warnings)


def _read(reader: _Reader, first: Scenario) -> Scenario:
    """Read what is drawn, whatever the map it is drawn on."""
    offer = reader.offer
    phases = reader.several("phases", map(str, PHASES), frozenset(map(str, PHASES)))
    return replace(
        first,
        as_of=reader.day(),
        phases=frozenset(map(int, phases)),
        plan=reader.choice("plan", get_args(Plan), first.plan),  # type: ignore[arg-type]
        figures=reader.several("show", offer.figures, first.figures),
        layers=reader.several("layers", offer.layers, first.layers),
        origins=tuple(
            (area, reader.choice(area, offer.origins[area], default_id))
            for area, default_id in first.origins
        ),
        hidden=reader.several("hide", HIDEABLE, first.hidden),
        borders=reader.choice("borders", get_args(BorderView), first.borders),  # type: ignore[arg-type]
    )


def _joined(items: Iterable[str]) -> str:
    """Sorted ids with full stops between; ids have none, and browsers leave them as they are."""
    return ".".join(sorted(items)) or "none"


def _short(value: str) -> str:
    """Return a value fit for a sentence: printable and short."""
    clean = "".join(char if char.isprintable() else "?" for char in value)
    return clean if len(clean) <= 40 else clean[:39] + "…"
