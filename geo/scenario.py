"""What the reader asked for: one frozen value, which `link` writes and reads.

Job: every choice and its default. Ban: no files, no catalogue (what can be chosen is handed in as
an `Offer`), no clock.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from geo.errors import ScenarioError
from geo.own import Own, spot
from geo.vocabulary import YOURS, Basis, Side, SiteKind

__all__ = [
    "FRAMINGS",
    "HIDEABLE",
    "LAYERS",
    "PHASES",
    "BorderView",
    "Framing",
    "Offer",
    "Plan",
    "Projected",
    "Scenario",
    "View",
    "default",
    "spot",
]

Plan = Literal["as-built", "planned"]
View = Literal["map", "present", "compare", "place", "timeline", "sources", "claims"]
Projected = Literal["mercator", "true-range", "equal-area", "globe"]
BorderView = Literal["de-jure", "de-facto"]
PHASES = (1, 2, 3, 4)
#: First day a reader can ask for: the year of the ABM Treaty.
EARLIEST = dt.date(1972, 1, 1)


def _hideable() -> dict[str, tuple[str, str]]:
    groups = {"side": get_args(Side), "kind": get_args(SiteKind), "basis": get_args(Basis)}
    return {
        f"{group}-{re.sub('[^a-z]+', '-', value.lower())}": (group, value)
        for group, values in groups.items()
        for value in values
        if value != YOURS
    }


#: Groups of sites and countries outside the four phases, as the page calls their switches.
LAYERS: Mapping[str, str] = {
    "third-site": "Third site, 2007–2009",
    "ports-and-command": "Ports and command",
    "national-contributions": "Dutch and Danish frigates",
    "early-warning": "Early-warning radars",
    "homeland": "US interceptors",
    "russian-sites": "Russian sites",
    "nato-members": "NATO members",
    "eu-members": "EU members",
    "sectoral-proposal": "Sectoral proposal, 2010",
}

#: What can be left out of a drawing: code in a link to side, kind or basis and its value.
HIDEABLE: Mapping[str, tuple[str, str]] = _hideable()


@dataclass(frozen=True)
class Framing:
    """A part of the world that a map shows; degrees."""

    name: str
    """As printed."""
    west: float
    south: float
    east: float
    north: float


FRAMINGS: Mapping[str, Framing] = {
    "europe-middle-east": Framing("Europe and Middle East", -11, 3, 88, 60),
    "europe": Framing("Europe", -14, 34, 46, 64),
    "baltic": Framing("Baltic", 8, 50, 34, 62),
    "eastern-mediterranean": Framing("Eastern Mediterranean", 12, 28, 50, 47),
    "middle-east": Framing("Middle East", 24, 10, 74, 44),
    "northern-hemisphere": Framing("Northern hemisphere", -180, 0, 180, 82),
    # its box follows the Laydown (`framing.framed`); this one stands where nothing is shown
    "shown": Framing("Fit to what is shown", -11, 3, 88, 60),
}


@dataclass(frozen=True)
class Offer:
    """What the catalogue has to choose from."""

    version: str
    """Edition of the data, e.g. ``2026.11``."""
    as_of: dt.date
    """The data's own date: default of the as-of date, and the last day to choose."""
    figures: frozenset[str]
    """Ids of the figures that can be drawn."""
    layers: frozenset[str]
    """Switches of the sites outside the four phases."""
    origins: Mapping[str, tuple[str, ...]]
    """Launch area to the ids of its origins, the default first."""
    dossiers: frozenset[str]
    """Ids of the sites, systems and phases that have a dossier."""
    default_figures: frozenset[str]
    """Figures drawn on the first screen."""
    centres: tuple[str, ...] = ("deveselu",)
    """Ids of the sites that a true-range map can be centred on, the default first."""
    places: frozenset[str] = frozenset()
    """Cities and sites by id, and countries by ISO code, that can be asked about."""


@dataclass(frozen=True)
class Scenario:
    """Everything a drawing depends on."""

    as_of: dt.date
    """Day the map shows."""
    phases: frozenset[int] = frozenset(PHASES)
    """EPAA phases that are switched on, of 1 to 4."""
    plan: Plan = "as-built"
    """Dates as built, or as planned in September 2009."""
    figures: frozenset[str] = frozenset()
    """Ids of the stated figures drawn as rings."""
    layers: frozenset[str] = frozenset()
    """Sites outside the phases that are switched on."""
    origins: tuple[tuple[str, str], ...] = ()
    """Launch area and id of the chosen origin, sorted by area."""
    hidden: frozenset[str] = frozenset()
    """Sides, kinds and bases that are left out, keys of `HIDEABLE`."""
    borders: BorderView = "de-jure"
    """Border view."""
    framing: str = "europe-middle-east"
    """Part of the world shown, a key of `FRAMINGS`."""
    view: View = "map"
    """What the page shows: the map, or one of the tables behind it."""
    dossier: str | None = None
    """Site, system or phase whose dossier is open."""
    projection: Projected = "mercator"
    """How the Earth is laid flat, or that it is not."""
    centre: str = "deveselu"
    """Site, or place as `spot_code` writes it, that a true-range map is centred on."""
    flat: bool = False
    """Whether the ring that a flat-map tool would draw stands beside the true one."""
    place: str | None = None
    """City or site by its id, country by its ISO code, or place as `spot_code` writes it, that is
    asked about."""
    own: tuple[Own, ...] = ()
    """Rings of the reader's own."""
    against: Scenario | None = None
    """The second scenario of a comparison; it is framed and projected as the first."""

    def __post_init__(self) -> None:
        if self.against is not None:
            alike = replace(
                self.against,
                framing=self.framing,
                projection=self.projection,
                centre=self.centre,
                flat=self.flat,
                own=self.own,
                view="map",
                dossier=None,
                place=None,
                against=None,
            )
            object.__setattr__(self, "against", alike)
        if self.projection not in get_args(Projected):
            msg = f"projection '{self.projection}' is unknown; choose one of {get_args(Projected)}"
            raise ScenarioError(msg)
        wrong = sorted(set(self.phases) - set(PHASES))
        if wrong:
            msg = f"phase {wrong[0]} is not one of {PHASES}; choose among them"
            raise ScenarioError(msg)
        if self.plan not in get_args(Plan):
            msg = f"plan '{self.plan}' is unknown; choose one of {get_args(Plan)}"
            raise ScenarioError(msg)
        if self.borders not in get_args(BorderView):
            msg = f"border view '{self.borders}' is unknown; choose one of {get_args(BorderView)}"
            raise ScenarioError(msg)
        if self.view not in get_args(View):
            msg = f"view '{self.view}' is unknown; choose one of {get_args(View)}"
            raise ScenarioError(msg)
        if self.framing not in FRAMINGS:
            msg = f"framing '{self.framing}' is unknown; choose one of {tuple(FRAMINGS)}"
            raise ScenarioError(msg)

    def origin(self, launch_area: str) -> str:
        """Id of the chosen origin of a launch area."""
        return dict(self.origins)[launch_area]

    def with_origin(self, launch_area: str, site_id: str) -> Scenario:
        """Return the same scenario with another origin."""
        chosen = dict(self.origins) | {launch_area: site_id}
        return replace(self, origins=tuple(sorted(chosen.items())))


def default(offer: Offer) -> Scenario:
    """Return the first screen."""
    return Scenario(
        as_of=offer.as_of,
        figures=offer.default_figures,
        origins=tuple(sorted((area, ids[0]) for area, ids in offer.origins.items())),
        centre=offer.centres[0],
    )
