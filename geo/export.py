"""The catalogue's facts as files: the stated figures as CSV, the sources as BibTeX.

Job: text that others can read on without the atlas. Ban: no file is written, nothing is drawn.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field, ImplicitComment

from geo.catalogue import Catalogue
from geo.errors import CatalogueError
from geo.model import Basis, Quantity, Side, Source

__all__ = ["LICENCE", "FigureRow", "bibliography", "figure_rows", "figures_csv", "file_name"]

#: Licence of this compilation of facts; see ``data/README.md``.
LICENCE = "CC BY 4.0"

#: A cell that begins with one of these is a formula to some spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# BibTeX counts a brace even behind a backslash, so braces are written as words.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "%&#_$"},
    }
)
# TeX makes one character of two of these: the report FOI-R--4651--SE would lose its number.
_LIGATURE = re.compile(r"([-'`,<>])(?=\1)|[?!](?=`)")
# The url field is printed as it stands; only what would break the file is replaced.
_URL = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})

_LANGUAGE = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


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
        cells = [_cell(value) for value in asdict(row).values()]
        table.writerow([*cells, edition, LICENCE, _credit(catalogue)])
    return out.getvalue()


def bibliography(catalogue: Catalogue, source_ids: Iterable[str] | None = None) -> str:
    """The sources as BibTeX in UTF-8, their ids as keys; made for biber and BibTeX alike.

    The publisher stands as a corporate author. A claim under test says so in its note.

    Parameters
    ----------
    catalogue
        Where the sources are.
    source_ids
        Which to write, in this order, each once; all of them unless given.

    Raises
    ------
    CatalogueError
        If an id is not that of a source.
    """
    wanted = list(dict.fromkeys(catalogue.sources if source_ids is None else source_ids))
    unknown = [item for item in wanted if item not in catalogue.sources]
    if unknown:
        raise CatalogueError(
            tuple(f"sources.json: {item}: is not the id of a source" for item in unknown)
        )
    library = Library()
    library.add(ImplicitComment(f"% {_credit(catalogue)}. Licence: {LICENCE}. Encoding: UTF-8."))
    library.add([_entry(catalogue.sources[item]) for item in wanted])
    return write_string(library)


def file_name(stem: str, catalogue: Catalogue, suffix: str) -> str:
    """Name of a file of this edition: ``epaa-atlas-figures-2026.11.csv``."""
    return f"epaa-atlas-{stem}-{catalogue.edition.version}.{suffix.lstrip('.')}"


def _credit(catalogue: Catalogue) -> str:
    return f"EPAA Atlas, data edition {catalogue.edition.version}"


def _cell(value: str | float | bool | None) -> str:
    """Return a value as CSV text; see `figures_csv` for the apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.10g}"
    risky = value.startswith(_FORMULA) or value.lstrip().startswith(_FORMULA)
    return f"'{value}" if risky else value


def _entry(source: Source) -> Entry:
    """Return a source as an entry; inner braces keep names and capitals as they are."""
    role = {"claim": "Claim under test", "dataset": "Data set"}.get(source.role)
    if source.note and "under test" in source.note.casefold():
        role = None  # the note says it already
    note = ". ".join(filter(None, (role, source.note)))
    values = {
        "author": f"{{{_tex(source.publisher)}}}",
        "title": f"{{{_tex(source.title)}}}",
        "year": str(source.date.year) if source.date else "",
        "date": str(source.date or ""),
        "url": (source.url or "").translate(_URL),
        "language": _LANGUAGE.get(source.language, source.language),
        "note": _tex(note),
    }
    return Entry(
        "online" if source.url else "misc",
        source.id,
        [Field(key, value) for key, value in values.items() if value],
    )


def _tex(text: str) -> str:
    """Return a text on one line, so written that TeX prints its every character."""
    return _LIGATURE.sub(r"\g<0>{}", " ".join(text.split()).translate(_TEX))
