"""A plain table in HTML: light, readable by screen readers, with bars for shares.

Streamlit's own grid loads half a megabyte of script before it draws, and a reader cannot copy a
line out of it into a text.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Bar:
    """A number shown as text over a bar."""

    text: str
    share: float
    """Length of the bar, 0 to 1."""


@dataclass(frozen=True)
class Number:
    """A number, set to the right."""

    text: str


@dataclass(frozen=True)
class Link:
    """A text that opens an address."""

    text: str
    url: str


Cell = str | Bar | Number | Link


def show(label: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table; the first cell of a row is its heading.

    Parameters
    ----------
    label
        What the table is, for screen readers.
    columns
        Headings.
    rows
        Cells; every text is escaped.
    """
    lines = [list(row) for row in rows]
    numeric = [
        any(isinstance(row[index], Number) for row in lines) for index in range(len(columns))
    ]
    head = "".join(
        f'<th scope="col"{" class=n" if right else ""}>{html.escape(name)}</th>'
        for name, right in zip(columns, numeric, strict=True)
    )
    body = "".join(f"<tr>{_row(row)}</tr>" for row in lines)
    st.html(
        f'<div class="atlas-table" role="region" tabindex="0" '
        f'aria-label="{html.escape(label, quote=True)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Sequence[Cell]) -> str:
    first, *rest = row
    return f'<th scope="row">{_text(first)}</th>' + "".join(map(_cell, rest))


def _cell(cell: Cell) -> str:
    if isinstance(cell, Bar):
        width = f"{100 * min(max(cell.share, 0), 1):.3g}%"
        return f'<td class="bar" style="--w:{width}">{html.escape(cell.text)}</td>'
    if isinstance(cell, Number):
        return f'<td class="n">{html.escape(cell.text)}</td>'
    return f"<td>{_text(cell)}</td>"


def _text(cell: Cell) -> str:
    """Escaped text; a link only to an address of the web."""
    if isinstance(cell, Link) and cell.url.startswith(("https://", "http://")):
        url = html.escape(cell.url, quote=True)
        return f'<a href="{url}" target="_blank" rel="noopener">{html.escape(cell.text)}</a>'
    return html.escape(cell if isinstance(cell, str) else cell.text)
