"""A page to draw on, and how it is written: the settings of matplotlib, PDF and its metadata.

Job: an empty page, the house's settings one drawing at a time, pages as a PDF. Ban: nothing is
drawn.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from geo.formats import POINTS_PER_INCH

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["DRAW_DPI", "blank", "pdf", "pdf_about", "settings"]

_DRAWING = threading.RLock()  # matplotlib's settings belong to the process
_SETTINGS: Any = {
    "text.hinting": "none",  # so that words are as wide as they were measured, at any size
    "svg.fonttype": "none",
    "svg.hashsalt": "epaa-atlas",
    "pdf.fonttype": 42,
}


@contextmanager
def settings() -> Iterator[None]:
    """Keep matplotlib to the house's settings, one picture at a time."""
    from matplotlib import rc_context  # noqa: PLC0415 - takes a second

    with _DRAWING, rc_context(_SETTINGS):
        yield


def pdf(figures: Sequence[Figure], about: Mapping[str, str]) -> bytes:
    """Write pages as one PDF, fonts embedded, with its metadata."""
    from matplotlib.backends.backend_pdf import PdfPages  # noqa: PLC0415

    file = io.BytesIO()
    with settings(), PdfPages(file, metadata=pdf_about(about)) as pages:
        for figure in figures:
            pages.savefig(figure)
    return file.getvalue()


def pdf_about(about: Mapping[str, str]) -> dict[str, Any]:
    """Metadata as PDF names it; no date, so that the same picture is the same file."""
    keywords = " ".join(about[name] for name in ("Source", "Notes", "Credit") if about.get(name))
    return {
        "Title": about["Title"],
        "Subject": about["Description"],
        "Keywords": keywords,
        "Author": "EPAA Atlas",
        "Creator": "EPAA Atlas",
        "CreationDate": None,
        "ModDate": None,
    }


#: Dots an inch at which a picture is laid out and written as SVG and PDF.
DRAW_DPI = 100.0


def blank(width: float, height: float) -> Figure:
    """Give an empty page of a size in points."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - see the module
    from matplotlib.figure import Figure  # noqa: PLC0415

    inches = width / POINTS_PER_INCH, height / POINTS_PER_INCH
    # a Figure of its own, not pyplot's: readers draw at the same time
    figure = Figure(figsize=inches, dpi=DRAW_DPI, facecolor="white")
    FigureCanvasAgg(figure)
    return figure
