"""A Laydown as one web page that needs no network: map, phase toggles, legend, small print.

Job: every choice of phases resolved, drawn and said beforehand, as data in one HTML file.
Ban: no address that a browser would fetch, no text that it would run, no geometry of its own.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from geo import palette
from geo.book import Book, choice
from geo.catalogue import Catalogue
from geo.errors import FileError
from geo.laydown import Laydown, resolve
from geo.provenance import LICENCE, provenance
from geo.scenario import PHASES
from geo.sentence import phase_line

__all__ = ["iframe", "page"]

_ROOT = Path(__file__).resolve().parent.parent
_LIBRARY = _ROOT / "vendor" / "deck.gl-9.4.0.min.js"
_LIBRARY_SHA256 = "2eb6a1ae0d58604b1378682cd1136f8793478ba801e43dae48b3807e48758a6b"


def page(
    catalogue: Catalogue,
    laydown: Laydown,
    address: str = "",
    progress: Callable[[str], None] = lambda _: None,
) -> str:
    """Write a Laydown as one HTML page with its toggles of phases.

    Parameters
    ----------
    catalogue, laydown
        What is drawn first; each other choice of phases is resolved from the same scenario.
    address
        Of the atlas's page, without a query; the link in the page begins with it.
    progress
        Called with a few words before each choice is drawn.

    Raises
    ------
    FileError
        If a part of the page, or the library, is missing.
    """
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only here
    from markupsafe import Markup  # noqa: PLC0415

    book = Book()
    for count in range(len(PHASES) + 1):
        for phases in combinations(PHASES, count):
            progress(f"drawing phases {', '.join(map(str, phases)) or 'none'}")
            scenario = replace(laydown.scenario, phases=frozenset(phases))
            shown = laydown if scenario == laydown.scenario else resolve(catalogue, scenario)
            book.add(phases, shown, provenance(catalogue, shown, address))
    start = book.states[choice(laydown.scenario.phases)]
    library = _library()
    script, css = _part("page.js"), _part("page.css")
    template = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    ).from_string(_part("page.html"))
    # all that is marked as safe here is our own, the library's, or JSON without a "<"
    return template.render(
        hashes=f"{_hash(library)} {_hash(script)}",
        css=Markup(css),  # noqa: S704
        library=Markup(library),  # noqa: S704
        script=Markup(script),  # noqa: S704
        book=Markup(_inert(book.record())),  # noqa: S704
        start=start,
        linked=bool(address),
        licence=LICENCE,
        phases=[
            {
                "number": state.phase.number,
                "on": state.on,
                "line": phase_line(laydown, state),
            }
            for state in laydown.phases
        ],
        colours={
            "ink": palette.INK,
            "quiet": palette.QUIET_INK,
            "paper": palette.HALO,
            "line": palette.LAND_EDGE,
            "accent": palette.SIDE_COLOUR["NATO/US"],
        },
    )


def iframe(title: str, file_name: str = "map.html") -> str:
    """Return the snippet that shows a page inside another; it can run scripts and nothing else."""
    src, name = (
        html.escape(text, quote=False).replace('"', "&quot;") for text in (file_name, title)
    )
    return (
        f'<iframe src="{src}" title="{name}" width="100%" height="860" style="border:0" '
        'loading="lazy" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox">'
        "</iframe>"
    )


def _inert(value: Any) -> str:
    """Write JSON in which no browser finds a tag, a comment or an entity."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _part(name: str) -> str:
    """Return a part of the page that we wrote."""
    try:
        return (_ROOT / "page" / name).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{name} in the folder 'page' cannot be read; restore it"
        raise FileError(msg) from error


@lru_cache(maxsize=1)
def _library() -> str:
    """Return deck.gl's own bundle, checked against its hash."""
    try:
        content = _LIBRARY.read_bytes()
    except OSError as error:
        msg = f"{_LIBRARY.name} is missing from the folder 'vendor'; restore it"
        raise FileError(msg) from error
    if hashlib.sha256(content).hexdigest() != _LIBRARY_SHA256:
        msg = f"{_LIBRARY.name} is not the file it should be; restore the folder 'vendor'"
        raise FileError(msg)
    return content.decode()


def _hash(script: str) -> str:
    """Return the source expression that lets a browser run exactly this script."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"
