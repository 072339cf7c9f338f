"""Tables as CSV that any program reads and no spreadsheet runs.

Job: values to cells, and what every row ends in: day, borders, edition, licence, credit. Ban: no
file is written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from geo.catalogue import Catalogue
from geo.provenance import LICENCE
from geo.scenario import Scenario

__all__ = ["PEOPLE_CREDIT", "Value", "cell", "credit", "rounded", "table"]

Value = str | float | bool | None
#: What goes with every number of people.
PEOPLE_CREDIT = (
    "people: United Nations, World Population Prospects 2024, projection for 2025, CC BY 3.0 IGO"
)
#: A cell that begins with one of these is a formula to some spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(
    rows: Iterable[Mapping[str, Value]],
    columns: Sequence[str],
    catalogue: Catalogue,
    scenario: Scenario,
) -> str:
    """CSV of rows, each ending in the day, the border view, the edition, licence and credit."""
    out = io.StringIO()
    written = csv.writer(out)
    written.writerow([*columns, "as_of", "borders", "edition", "licence", "credit"])
    for row in rows:
        cells = [cell(row[column]) for column in columns]
        day, view = scenario.as_of.isoformat(), scenario.borders
        by = f"{credit(catalogue)}; {PEOPLE_CREDIT}" if "people" in columns else credit(catalogue)
        written.writerow([*cells, day, view, catalogue.edition.version, LICENCE, by])
    return out.getvalue()


def rounded(km: float | None) -> float | None:
    """Kilometres to a tenth, as tables print them."""
    return None if km is None else round(km, 1)


def credit(catalogue: Catalogue) -> str:
    """Name the atlas and its edition."""
    return f"EPAA Atlas, data edition {catalogue.edition.version}"


def cell(value: Value) -> str:
    """Return a value as CSV text; see `export.figures_csv` for the apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.10g}"
    risky = value.startswith(_FORMULA) or value.lstrip().startswith(_FORMULA)
    return f"'{value}" if risky else value
