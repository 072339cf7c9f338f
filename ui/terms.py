"""Words of the field, explained where they stand, and listed for those who cannot hover."""

from __future__ import annotations

import html
import re
from functools import lru_cache

import streamlit as st

from geo.catalogue import load
from geo.model import Term
from ui.markup import plain


@lru_cache(maxsize=1)
def _known() -> tuple[re.Pattern[str], dict[str, Term]]:
    """A pattern of all forms, the longest first, and the term of each."""
    forms = {form: term for term in load().terms for form in term.forms}
    longest = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest))})(?![\w])"), forms


def marked(text: str) -> str:
    """Text as HTML, each term explained at its first place when it is hovered."""
    pattern, forms = _known()
    seen: set[str] = set()

    def explain(found: re.Match[str]) -> str:
        term = forms[html.unescape(found[0])]
        if term.id in seen:
            return found[0]
        seen.add(term.id)
        meaning = html.escape(term.meaning, quote=True)
        return f'<abbr title="{meaning}">{found[0]}</abbr>'

    return pattern.sub(explain, html.escape(text, quote=False))


def used(*texts: str) -> tuple[Term, ...]:
    """Terms that stand in some texts, in the order of the catalogue."""
    pattern, forms = _known()
    ids = {forms[found].id for text in texts for found in pattern.findall(text)}
    return tuple(term for term in load().terms if term.id in ids)


def show(*texts: str) -> None:
    """A list, closed at first, of the terms that stand in some texts."""
    found = used(*texts)
    if not found:
        return
    sources = load().sources
    with st.expander(
        f"{len(found)} term{'s' if len(found) > 1 else ''} on this page", icon=":material/help:"
    ):
        lines = []
        for term in found:
            source = sources.get(term.source or "")
            cited = f" *{plain(source.publisher)}*" if source else ""
            lines.append(f"**{plain(term.forms[0])}**: {plain(term.meaning)}{cited}")
        st.markdown("  \n".join(lines))
