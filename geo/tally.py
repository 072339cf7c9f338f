"""Numbers of a coverage as they are printed and read out.

Job: shares, areas, people and capitals as words, the same on the page and on paper. Ban: no
computing.
"""

from __future__ import annotations

from geo.coverage import Covered

__all__ = ["area", "capital", "people", "percent"]


def percent(row: Covered) -> str:
    """Write a share so that only a whole country has 100 % and only nothing has 0 %."""
    if row.whole:
        return "100 %"
    if row.area_share >= 0.9995:
        return "over 99.9 %"
    if row.area_share < 0.0005:
        return "under 0.1 %"
    return f"{100 * row.area_share:.1f} %"


def area(km2: float) -> str:
    """Write an area in km²."""
    return f"{km2:,.0f}" if km2 >= 1 else "under 1"


def people(count: int | None) -> str:
    """Write a number of people as it is read out."""
    if count is None:
        return "no figure"
    if count >= 10_000_000:
        return f"{count / 1e6:,.0f} million"
    if count >= 1_000_000:
        return f"{count / 1e6:.1f} million"
    return f"{round(count, -3):,}" if count >= 10_000 else f"{count:,}"


def capital(row: Covered, range_km: float) -> str:
    """Say whether a capital is within, and by how much."""
    if row.capital is None or row.capital_km is None:
        return "none"
    margin = range_km - row.capital_km
    if row.capital_within:
        return f"{row.capital}: within, {margin:,.0f} km to spare"
    return f"{row.capital}: {-margin:,.0f} km short"
