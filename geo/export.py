"""The catalogue's facts as CSV: stated figures, who lies within a reach, what reaches a place.

Job: text that others can read on without the atlas. Ban: no file is written, nothing is drawn.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields

from geo.catalogue import Catalogue
from geo.cells import Value, cell, credit, rounded, table
from geo.comparison import CountryDifference
from geo.coverage import Coverage, Covered, of_figure
from geo.laydown import Laydown
from geo.legend import caveats
from geo.provenance import LICENCE, Provenance
from geo.question import Cover
from geo.scenario import Scenario
from geo.vocabulary import Basis, Quantity, Side

__all__ = [
    "COVERAGE_COLUMNS",
    "LICENCE",
    "FigureRow",
    "coverage_csv",
    "covers_csv",
    "differences_csv",
    "figure_rows",
    "figures_csv",
    "file_name",
    "reaches_csv",
]


@dataclass(frozen=True)
class FigureRow:
    """One stated figure with everything that is known of it; dates as text at their precision."""

    id: str
    system: str
    side: Side
    operator: str
    variant: str
    quantity: Quantity
    as_published: str
    low_km: float | None
    """Lower end; alone it means 'more than'."""
    high_km: float | None
    """Upper end; alone it means 'up to'."""
    basis: Basis
    by: str
    date: str
    source: str
    """Id of the source: its key in the bibliography."""
    source_title: str
    publisher: str
    source_date: str
    url: str
    """Address of the source; where there is none, ``source_note`` says why."""
    language: str
    """Of the source, as ISO 639-1 code."""
    source_note: str
    quote: str
    note: str
    confirmed: bool
    """True if the source was read."""
    on_map: bool
    """False for a slip or an outlier, which stays off the map."""


def figure_rows(catalogue: Catalogue) -> tuple[FigureRow, ...]:
    """Every stated figure with its source, in the order of the catalogue."""
    rows = []
    for system, figure in catalogue.figures.values():
        source = catalogue.sources[figure.source]
        rows.append(
            FigureRow(
                id=figure.id,
                system=system.name,
                side=system.side,
                operator=system.operator,
                variant=figure.variant or "",
                quantity=figure.quantity,
                as_published=figure.as_published,
                low_km=figure.low_km,
                high_km=figure.high_km,
                basis=figure.basis,
                by=figure.by,
                date=str(figure.date or ""),
                source=source.id,
                source_title=source.title,
                publisher=source.publisher,
                source_date=str(source.date or ""),
                url=source.url or "",
                language=source.language,
                source_note=source.note or "",
                quote=figure.quote or "",
                note=figure.note or "",
                confirmed=figure.confirmed,
                on_map=figure.on_map,
            )
        )
    return tuple(rows)


def figures_csv(catalogue: Catalogue) -> str:
    """Every stated figure as CSV: a header, then one row a figure.

    The first line is the header and no line is a comment, so that any program reads the table;
    ``edition``, ``licence`` and ``credit`` are its last columns. Distances are plain numbers of
    kilometres, empty where the source gives no such end; truth is ``yes`` or ``no``.

    A text that a spreadsheet would run as a formula (it begins with ``=``, ``+``, ``-``, ``@``,
    their full-width forms, a tab or a line break, spaces aside) has an apostrophe put before it:
    take the apostrophe off to have the text as it stands in the catalogue.
    """
    edition = catalogue.edition.version
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow([*(column.name for column in fields(FigureRow)), "edition", "licence", "credit"])
    for row in figure_rows(catalogue):
        cells = [cell(value) for value in asdict(row).values()]
        table.writerow([*cells, edition, LICENCE, credit(catalogue)])
    return out.getvalue()


def coverage_csv(
    catalogue: Catalogue, found: Coverage, scenario: Scenario, measured_from: str
) -> str:
    """Countries within a reach as CSV, one row each, largest share first.

    ``area_share`` runs from 0 to 1 and counts all of a country's area on full 1:10m borders,
    overseas parts included; ``area_km2`` is the area within reach; ``people`` are the whole
    country's (United Nations, World Population Prospects) and never multiplied by the share;
    ``capital_km`` and ``nearest_km`` are distances from the origin; ``capital_margin_km`` below
    zero says by how much the distance falls short of the capital. Cells as in `figures_csv`.
    """
    return table(
        (_covered(row, found, measured_from) for row in found.rows),
        COVERAGE_COLUMNS,
        catalogue,
        scenario,
    )


def _covered(row: Covered, found: Coverage, measured_from: str) -> dict[str, Value]:
    """One country within a reach, by `COVERAGE_COLUMNS`."""
    return {
        "iso3": row.iso3,
        "name": row.name,
        "area_share": round(row.area_share, 6),
        "area_km2": round(row.area_km2, 1),
        "people": row.people,
        "people_year": row.people_year,
        "capital": row.capital,
        "capital_within": row.capital_within,
        "capital_km": rounded(row.capital_km),
        "nearest_km": rounded(row.nearest_km),
        "nato_member": row.nato_member,
        "country_area_km2": round(row.country_area_km2, 1),
        "capital_margin_km": rounded(
            None if row.capital_km is None else found.range_km - row.capital_km
        ),
        "people_note": row.people_note,
        "measured_from": measured_from,
        "range_km": found.range_km,
    }


#: Columns of `coverage_csv`, those of `table` after them.
COVERAGE_COLUMNS = (
    *("iso3", "name", "area_share", "area_km2", "people", "people_year", "capital"),
    *("capital_within", "capital_km", "nearest_km", "nato_member", "country_area_km2"),
    *("capital_margin_km", "people_note", "measured_from", "range_km"),
)


def reaches_csv(
    catalogue: Catalogue,
    laydown: Laydown,
    made: Provenance,
    progress: Callable[[str], None] = lambda _: None,
) -> str:
    """Countries within every distance drawn as CSV: a block of rows for each, as `coverage_csv`.

    Every row names the figure whose distance it is, its source and caveats, and the map with its
    link. A distance that reaches no country has a row without one, and so has a map without rings.

    Parameters
    ----------
    catalogue, laydown
        What is drawn.
    made
        Where it comes from.
    progress
        Called with the words of each distance before it is measured.
    """
    said = ("system", "figure", "as_published", "basis", "by", "date", "confirmed", "note")
    cited_by = ("source", "publisher", "source_title", "source_url")
    columns = (*COVERAGE_COLUMNS, *said, *cited_by, "map", "link")
    blank: dict[str, Value] = dict.fromkeys(columns)
    drawn: dict[str, Value] = {"map": made.caption.title, "link": made.link}
    wanted = dict.fromkeys((ring.figure.id, km) for ring in laydown.rings for km, _ in ring.edges)
    rows: list[dict[str, Value]] = []
    for figure_id, range_km in wanted:
        rings = [ring for ring in laydown.rings if ring.figure.id == figure_id]
        system, figure = rings[0].system, rings[0].figure
        progress(f"measuring {system.name}, {range_km:,.0f} km")
        source = catalogue.sources.get(figure.source)  # a reader's own ring has none
        cited = (source.id, source.publisher, source.title, source.url) if source else ("",) * 4
        origins = [ring.origin.name for ring in rings]
        values = (
            *(system.name, figure.id, figure.as_published, figure.basis, figure.by),
            *(str(figure.date or ""), figure.source_read, " ".join(caveats(rings[0])), *cited),
        )
        whose: dict[str, Value] = dict(zip((*said, *cited_by), values, strict=True))
        found = of_figure(catalogue, laydown, figure_id, range_km)
        start = " or ".join(origins)
        nobody = blank | {"measured_from": start, "range_km": range_km}
        reached = [_covered(row, found, start) for row in found.rows] or [nobody]
        rows += [row | whose | drawn for row in reached]
    return table(rows or [blank | drawn], columns, catalogue, laydown.scenario)


def covers_csv(catalogue: Catalogue, found: Iterable[Cover], scenario: Scenario, place: str) -> str:
    """Stated figures against a place as CSV, largest margin first; cells as in `figures_csv`."""
    columns = (
        *("place", "system", "side", "figure", "basis", "by", "date", "confirmed"),
        *("low_km", "reach_km", "measured_from", "measured_from_note", "distance_km"),
        *("margin_km", "within", "upper_end_only", "source", "source_title", "url", "note"),
    )
    rows = []
    for cover in found:
        figure, source = cover.figure, catalogue.sources.get(cover.figure.source)
        cited = (source.id, source.title, source.url or "") if source else ("", figure.by, "")
        values = (
            *(place, cover.system.name, cover.system.side, figure.as_published, figure.basis),
            *(
                figure.by,
                str(figure.date or ""),
                figure.source_read,
                figure.low_km,
                figure.reach_km,
            ),
            *(cover.origin.name, cover.doubt, rounded(cover.distance_km), rounded(cover.margin_km)),
            *(cover.within, cover.upper_only, *cited, figure.note or ""),
        )
        rows.append(dict(zip(columns, values, strict=True)))
    return table(rows, columns, catalogue, scenario)


def differences_csv(
    catalogue: Catalogue,
    found: Iterable[CountryDifference],
    scenario: Scenario,
    sides: tuple[str, str],
) -> str:
    """Countries whose part within reach differs, as CSV; `sides` say what is compared."""
    columns = (
        *("iso3", "name", "nato_member", "share_one", "share_two", "points", "capital"),
        *("capital_within_one", "capital_within_two", "one", "two"),
    )
    rows = (
        dict(
            zip(
                columns,
                (
                    *(row.iso3, row.name, row.nato_member, round(row.share_one, 6)),
                    *(round(row.share_two, 6), round(row.points, 3), row.capital),
                    *(row.capital_one, row.capital_two, *sides),
                ),
                strict=True,
            )
        )
        for row in found
    )
    return table(rows, columns, catalogue, scenario)


def file_name(stem: str, catalogue: Catalogue, suffix: str) -> str:
    """Name of a file of this edition: ``epaa-atlas-figures-2026.11.csv``."""
    return f"epaa-atlas-{stem}-{catalogue.edition.version}.{suffix.lstrip('.')}"
