"""Text that is no markup of ours, made fit for a place where Streamlit reads Markdown.

A link, a file's name, a message that quotes either: a picture or an address in it would otherwise
be fetched from outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Where the page still makes an address, an icon, an arrow or a dash of text that a backslash
#: guards: a sign without width goes there.
_JOINED = re.compile(r"(?<=:)(?=[\w/+-])|(?<=[Ww]{3})(?=\.)|(?<=@)|(?<=-)(?=[->])|(?<=<)(?=-)")
_SPECIAL = frozenset("\\`*_{}[]()<>#+!|$~:&")
#: So many messages are named; the rest are counted.
MOST_SAID = 12


def plain(text: str) -> str:
    """Text for Markdown, every character shown as it is; nothing is fetched, linked or drawn."""
    held = _JOINED.sub("\u2060", text)
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in held)


def lines(texts: Iterable[str]) -> str:
    """Messages for Markdown, each on a line of its own; of very many the last are counted."""
    said = [plain(line) for text in texts for line in text.splitlines()]
    if len(said) > MOST_SAID:
        said = [*said[: MOST_SAID - 1], f"and {len(said) - MOST_SAID + 1} more"]
    return "  \n".join(said)


def unbroken(text: str) -> str:
    """Text in which a number and its unit stay on one line."""
    return re.sub(r"(?<=\d) (?=(?:km|mi)\b)", "\u00a0", text)
