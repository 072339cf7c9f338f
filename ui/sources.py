"""The Sources view: every stated figure in one table, the files, and what stays open."""

from __future__ import annotations

import html
import unicodedata
from dataclasses import asdict

import streamlit as st

from geo import export, palette, wording
from geo.bibliography import bibliography
from geo.catalogue import Catalogue
from geo.export import FigureRow
from geo.model import Figure, Source
from geo.vocabulary import Side

EITHER, READ, UNREAD = "all", "confirmed", "unconfirmed"


def show(catalogue: Catalogue) -> None:
    """Search, table, downloads, and what could not be confirmed."""
    rows = export.figure_rows(catalogue)
    words, basis, confirmed = _choices()
    found = [row for row in rows if _matches(row, catalogue, words, basis, confirmed)]
    if found:
        st.markdown(_count(found, rows))
        _table(catalogue, found)
    else:
        st.info(_nothing(words, basis, confirmed))
    _downloads(catalogue, len(rows))
    _open_points(catalogue)


def _choices() -> tuple[str, list[str], str]:
    """Return what is searched, the bases wanted (none: all) and whether confirmed."""
    words = st.text_input(
        "Search the figures",
        key="sources-search",
        placeholder="Ghadr, Arms Control Association, 2017 …",
        help="Finds the figures that hold all of these words, in any column, quotes included. "
        "Capitals and accents do not matter.",
    )
    filters = st.container(horizontal=True, gap="large")
    basis = filters.pills(
        "Basis",
        list(palette.BASIS),
        selection_mode="multi",
        key="sources-basis",
        width="content",
        help="None chosen shows all. "
        + " ".join(
            f"{name.capitalize()}: {stroke.meaning}." for name, stroke in palette.BASIS.items()
        ),
    )
    confirmed = filters.segmented_control(
        "Confirmed",
        [EITHER, READ, UNREAD],
        default=EITHER,
        required=True,
        key="sources-confirmed",
        width="content",
        help="A figure is confirmed if the source that states it was read.",
    )
    return words, list(basis), confirmed or EITHER


def _matches(
    row: FigureRow, catalogue: Catalogue, words: str, basis: list[str], confirmed: str
) -> bool:
    """Tell whether a row holds all the words and passes the filters."""
    if (basis and row.basis not in basis) or confirmed not in {EITHER, _doubt(row)}:
        return False
    system, figure = catalogue.figures[row.id]
    cells = [*asdict(row).values(), *system.other_names, wording.figure_label(figure), _doubt(row)]
    text = _folded(" ".join(str(cell) for cell in cells if not isinstance(cell, bool)))
    return all(word in text for word in _folded(words).replace(",", " ").split())


def _doubt(row: FigureRow) -> str:
    return READ if row.confirmed else UNREAD


def _folded(text: str) -> str:
    """Return a text without capitals and accents, to compare."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def _count(found: list[FigureRow], rows: tuple[FigureRow, ...]) -> str:
    number = len(found)
    unread = sum(not row.confirmed for row in found)
    noun = "stated figure" if number == 1 else "stated figures"
    said = f"**{number} {noun}**" if number == len(rows) else f"**{number} of {len(rows)}** figures"
    doubt = f"{unread} of them unconfirmed" if unread else "all confirmed"
    if number == 1:
        doubt = "unconfirmed" if unread else "confirmed"
    return f"{said}, {doubt}. Scroll the table sideways for quotes, dates and notes."


def _nothing(words: str, basis: list[str], confirmed: str) -> str:
    """Say that nothing was found, and what to change."""
    change = []
    if words.strip():
        change.append("use fewer or shorter words in the search")
    if basis:
        change.append(f"choose another basis than {' or '.join(basis)}")
    if confirmed != EITHER:
        change.append(f"choose “{EITHER}” instead of “{confirmed}”")
    return f"No figure fits these choices. To see some, {'; or '.join(change)}."


def _table(catalogue: Catalogue, rows: list[FigureRow]) -> None:
    column = st.column_config
    text, number = column.TextColumn, column.NumberColumn
    columns = {
        "System": text(width=145, help="System and, if only one is meant, version"),
        "Measures": text(width=88, help="What the distance measures"),
        "Distance": text(width=175, help="As the atlas reads it; statute miles, three figures"),
        "Basis": text(
            width=90, help="; ".join(f"{k}: {v.meaning}" for k, v in palette.BASIS.items())
        ),
        "Stated by": text(width=150, help="Who stated it"),
        "When": text(width=85, help="When it was stated: year, month or day"),
        "Address": column.LinkColumn(
            width=130,
            help="Opens the source on its own site; none: the note on the source says why",
            display_text=r"^https?://(?:www\.)?([^/]+)",
        ),
        "Confirmed": text(width=95, help="Unconfirmed: the source was not read"),
        "Source": text(width=280, help="Title as published"),
        "Publisher": text(width=200),
        "Published": text(width=90, help="Date of the publication"),
        "Words of the source": text(width=420, help="The sentence that states it"),
        "Value as published": text(width=220),
        "Note": text(width=420, help="Caveat printed wherever the figure is"),
        "From, km": number(width=90, format="localized", help="Alone it means “more than”"),
        "To, km": number(width=90, format="localized", help="Alone it means “up to”"),
        "Side": text(width=90, help="Who operates the system"),
        "Operator": text(width=150),
        "On the map": text(width=90, help="A slip or an outlier stays off the map"),
        "Language": text(width=85, help="Of the source, ISO 639-1"),
        "Note on the source": text(width=320),
    }
    cells = [_cells(catalogue, row) for row in rows]
    st.dataframe(
        {name: [row[name] for row in cells] for name in columns},
        hide_index=True,
        column_config=columns,
        key="sources-table",
    )


def _cells(catalogue: Catalogue, row: FigureRow) -> dict[str, str | float | None]:
    _, figure = catalogue.figures[row.id]
    return {
        "System": f"{row.system} ({row.variant})" if row.variant else row.system,
        "Measures": row.quantity,
        "Distance": wording.figure_label(figure),
        "Basis": row.basis,
        "Stated by": row.by,
        "When": row.date,
        "Confirmed": "yes" if row.confirmed else UNREAD,
        "Address": row.url or "",
        "Source": row.source_title,
        "Publisher": row.publisher,
        "Published": row.source_date,
        "Words of the source": row.quote,
        "Value as published": row.as_published,
        "Note": row.note,
        "From, km": row.low_km,
        "To, km": row.high_km,
        "Side": row.side,
        "Operator": row.operator,
        "On the map": "yes" if row.on_map else "no",
        "Language": row.language,
        "Note on the source": row.source_note,
    }


def _downloads(catalogue: Catalogue, figures: int) -> None:
    with st.container(horizontal=True):
        st.download_button(
            f"All {figures} figures (CSV)",
            # with a byte-order mark, without which Excel garbles every accent
            lambda: export.figures_csv(catalogue).encode("utf-8-sig"),
            file_name=export.file_name("figures", catalogue, "csv"),
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="sources-csv",
        )
        st.download_button(
            f"All {len(catalogue.sources)} sources (BibTeX)",
            lambda: bibliography(catalogue),
            file_name=export.file_name("sources", catalogue, "bib"),
            mime="application/x-bibtex",
            icon=":material/download:",
            on_click="ignore",
            key="sources-bib",
        )


def _open_points(catalogue: Catalogue) -> None:
    """For each side: what could not be confirmed of its sites and systems."""
    st.subheader("What could not be confirmed", anchor=False)
    st.markdown("Not confirmed means that we did not read a source that says so; it is not denied.")
    for side in palette.SIDE_COLOUR:
        lines, count = _of_side(catalogue, side)
        if count:
            with st.expander(f"{side[0].upper()}{side[1:]} ({count})"):
                st.html(lines)


def _of_side(catalogue: Catalogue, side: Side) -> tuple[str, int]:
    """Return the open points of a side as HTML, and their number."""
    named: dict[str, list[str]] = {}
    for site in catalogue.sites.values():
        if site.side == side:
            named.setdefault(site.name, []).extend(map(html.escape, site.not_confirmed))
    for system in catalogue.systems.values():
        if system.side != side:
            continue
        points = named.setdefault(system.name, [])
        points.extend(map(html.escape, system.not_confirmed))
        points.extend(
            _unread(figure, catalogue.sources[figure.source])
            for figure in system.figures
            if not figure.confirmed
        )
    body = "".join(
        f'<p style="margin:0;font-weight:600">{html.escape(name)}</p>'
        f'<ul style="margin:0 0 .7rem;padding-left:1.2rem">'
        f"{''.join(f'<li>{point}</li>' for point in points)}</ul>"
        for name, points in named.items()
        if points
    )
    return (
        f'<div style="font-size:14px;line-height:1.45;max-width:50rem">{body}</div>',
        sum(map(len, named.values())),
    )


def _unread(figure: Figure, source: Source) -> str:
    """Return a figure whose source was not read, as HTML: marked, with where it should stand."""
    variant = f"{figure.variant}: " if figure.variant else ""
    when = f", {figure.date.spoken}" if figure.date else ""
    title = html.escape(source.title)
    if source.url:
        title = (
            f'<a href="{html.escape(source.url)}" target="_blank" rel="noopener" '
            f'style="color:inherit">{title}</a>'
        )
    why = html.escape(source.note or "The source was not read.")
    words = (
        f"{variant}{figure.quantity}, {wording.figure_label(figure)}, {figure.basis}, "
        f"{figure.by}{when}"
    )
    stated = html.escape(words[0].upper() + words[1:])
    return (
        f"{stated}: <strong>unconfirmed</strong>. {title}, {html.escape(source.publisher)}. {why}"
    )
