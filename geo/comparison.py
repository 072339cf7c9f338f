"""Two scenarios side by side: what stands only in one, and whose part within reach differs.

Job: rows for the tables of differences. Ban: no drawing, no opinion on what a difference means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo import legend
from geo.coverage import Coverage, Covered
from geo.laydown import Laydown, Mark
from geo.model import Site
from geo.ring import Ring

__all__ = ["CountryDifference", "RingDifference", "SiteDifference", "countries", "rings", "sites"]


@dataclass(frozen=True)
class SiteDifference:
    """A site that stands otherwise, or only in one of two laydowns."""

    site: Site
    one: Mark | None
    """How it stands in the first; none if it is absent."""
    two: Mark | None
    """How it stands in the second."""


@dataclass(frozen=True)
class RingDifference:
    """A stated distance that only one of two laydowns draws."""

    ring: Ring
    in_one: bool
    """True if the first draws it, false if the second does."""


@dataclass(frozen=True)
class CountryDifference:
    """A country whose part within reach differs."""

    iso3: str | None
    name: str
    nato_member: bool
    """On the as-of date of the side that reaches it; of the second if both do."""
    share_one: float
    """Share of its area within the first reach, 0 to 1."""
    share_two: float
    """Share of its area within the second."""
    capital: str | None
    capital_one: bool
    """Whether its capital lies within the first."""
    capital_two: bool
    """Whether its capital lies within the second."""

    @property
    def points(self) -> float:
        """Second share less the first, in percentage points."""
        return 100 * (self.share_two - self.share_one)


def sites(one: Laydown, two: Laydown) -> tuple[SiteDifference, ...]:
    """Sites that stand otherwise in the second, in the order of the catalogue; origins apart."""
    first, second = _marks(one), _marks(two)
    found = []
    for site_id in dict.fromkeys([*first, *second]):
        left, right = first.get(site_id), second.get(site_id)
        mark = left or right
        assert mark is not None  # noqa: S101 - for the type checker: the id is from one of them
        if not left or not right or _status(left) != _status(right):
            found.append(SiteDifference(mark.site, left, right))
    return tuple(found)


def _status(mark: Mark) -> str:
    return legend.status_words(mark.status, mark.event)


def rings(one: Laydown, two: Laydown) -> tuple[RingDifference, ...]:
    """Rings that only one of two laydowns draws, those of the first before those of the second."""
    first = {ring.id: ring for ring in one.rings}
    second = {ring.id: ring for ring in two.rings}
    return (
        *(RingDifference(ring, in_one=True) for key, ring in first.items() if key not in second),
        *(RingDifference(ring, in_one=False) for key, ring in second.items() if key not in first),
    )


def countries(one: Coverage, two: Coverage) -> tuple[CountryDifference, ...]:
    """Countries of which the two reach another share or whose capital only one of them reaches.

    Returns
    -------
    Largest difference first, then by name; land that has no code of a country, such as Bir Tawil,
    last. A share counts as another from 0.05 points on.
    """
    first, second = _rows(one), _rows(two)
    found = []
    for key in dict.fromkeys([*first, *second]):
        left, right = first.get(key), second.get(key)
        known = right or left
        assert known is not None  # noqa: S101 - for the type checker: the key is from one of them
        row = CountryDifference(
            iso3=known.iso3,
            name=known.name,
            nato_member=known.nato_member,
            share_one=left.area_share if left else 0.0,
            share_two=right.area_share if right else 0.0,
            capital=known.capital,
            capital_one=bool(left and left.capital_within),
            capital_two=bool(right and right.capital_within),
        )
        if abs(row.points) >= 0.05 or row.capital_one != row.capital_two:
            found.append(row)
    return tuple(sorted(found, key=lambda row: (row.iso3 is None, -abs(row.points), row.name)))


def _marks(laydown: Laydown) -> Mapping[str, Mark]:
    return {mark.site.id: mark for mark in laydown.marks if not mark.site.launch_area}


def _rows(coverage: Coverage) -> Mapping[tuple[str | None, str], Covered]:
    return {(row.iso3, row.name): row for row in coverage.rows}
