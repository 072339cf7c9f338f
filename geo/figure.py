"""A Laydown as a picture for print: PNG, SVG with real text, PDF with its fonts.

Job: one honest picture, in any format and projection, that carries headline, legend, ring labels,
sources, notes and credit, on its face and in its metadata. Ban: no words of its own but those that
say what found no place (`caption` has the rest), no style of its own (`palette` has it).

matplotlib and cartopy are imported when a first picture is asked for: they cost two seconds.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from geo import formats, labels, legend, page, palette, plot
from geo.board import Written
from geo.caption import Caption
from geo.errors import ScenarioError
from geo.furniture import set_around
from geo.gazetteer import City
from geo.laydown import Laydown
from geo.page import Page
from geo.palette import Style
from geo.paragraph import FONT
from geo.plane import plane
from geo.press import blank, pdf, settings
from geo.sentence import described
from geo.typeset import Content

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["KINDS", "Order", "Picture", "draw", "file_name"]

#: What a picture can be written as, and its media type.
KINDS: Mapping[str, str] = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}
#: Families that take the place of the house font where a reader has none; Verdana is as wide.
FALLBACK = "Verdana, sans-serif"
#: Largest PNG that gets a palette, for a screen; one for print is written at once instead.
MOST_PALETTE_PX = 5_000_000
#: Of PNG: as small as the default and in two thirds of its time.
COMPRESSION = 3
#: Said with the credit where it is so.
USERS_WORDS = "The words above the map are the user's own."
#: Most names that a note on what found no place tells.
MOST_MISSED = 4


@dataclass(frozen=True)
class Order:
    """How a picture is wanted."""

    format: str = "16:9"
    """One of `formats.FORMATS`."""
    style: Style = "light"
    headline: str | None = None
    """None for the caption's own."""
    subhead: str | None = None
    question: str = ""
    """For a class; empty for a picture that is published."""
    by_user: bool = False
    """Whether headline or subhead are a user's own words; the credit says so then."""


@dataclass(frozen=True)
class Picture:
    """A picture that is drawn, to be written as often as wanted."""

    figure: Figure
    page: Page
    written: Written
    about: Mapping[str, str]
    """Title, Description (the alternative text), Source, Notes and Credit."""

    def file(self, kind: str, dpi: float | None = None) -> bytes:
        """Write the picture.

        Parameters
        ----------
        kind
            ``png``, ``svg`` or ``pdf``.
        dpi
            Dots an inch of a PNG; None for single size, the double of which is for fine screens.

        Raises
        ------
        ScenarioError
            For another kind.
        """
        if kind == "png":
            return self._png(dpi or self.page.format.dpi)
        if kind == "svg":
            return self._svg()
        if kind == "pdf":
            return pdf([self.figure], self.about)
        msg = f"'{kind}' is no kind of picture; choose one of {', '.join(KINDS)}"
        raise ScenarioError(msg)

    @cached_property
    def text(self) -> str:
        """Everything the metadata says, as plain text to copy."""
        return "\n\n".join(f"{name}\n{words}" for name, words in self.about.items() if words)

    def preview(self) -> bytes:
        """Write a PNG of single size at once; `file` takes its time to make it small."""
        return self._png(self.page.format.dpi, small=False)

    def _png(self, dpi: float, *, small: bool = True) -> bytes:
        from PIL import Image  # noqa: PLC0415 - comes with matplotlib
        from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

        drawn, file, about = io.BytesIO(), io.BytesIO(), PngInfo()
        with settings():
            self.figure.savefig(drawn, format="rgba", dpi=dpi)
        for name, words in {**self.about, "Software": "EPAA Atlas"}.items():
            about.add_itxt(name, words)
        wide, tall = (int(side) for side in self.figure.get_size_inches() * dpi)
        image = Image.frombytes("RGBA", (wide, tall), drawn.getvalue()).convert("RGB")
        if small and image.width * image.height <= MOST_PALETTE_PX:
            # flat colours: a palette is a third of the bytes, and k-means keeps the main ones exact
            image = image.quantize(
                256, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE
            )
        image.save(file, "png", dpi=(dpi, dpi), pnginfo=about, compress_level=COMPRESSION)
        return file.getvalue()

    def _svg(self) -> bytes:
        file = io.BytesIO()
        about = {
            "Title": self.about["Title"],
            "Description": self.about["Description"],
            "Source": self.about["Source"],
            "Rights": f"{self.about['Notes']} {self.about['Credit']}",
            "Creator": "EPAA Atlas",
            "Date": None,
        }
        with settings():
            self.figure.savefig(file, format="svg", dpi=72, metadata=about)
        text = file.getvalue().decode()
        text = text.replace(f"'{FONT}'", f"'{FONT}', {FALLBACK}")
        described = f"</title>\n <desc>{escape(self.about['Description'])}</desc>"
        return (
            text.replace("</title>", described, 1).replace("<svg ", '<svg role="img" ', 1).encode()
        )


def file_name(laydown: Laydown, order: Order, kind: str) -> str:
    """Name for the file: the day it shows, its format and style."""
    shape = order.format.replace(":", "x")
    grey = "-grey" if order.style == "grey" else ""
    return f"epaa-atlas-{laydown.scenario.as_of.isoformat()}-{shape}{grey}.{kind}"


def draw(
    laydown: Laydown, caption: Caption, capitals: Sequence[City] = (), order: Order | None = None
) -> Picture:
    """Draw what is on the screen, in its framing and projection.

    Parameters
    ----------
    capitals
        Places to name where there is room; those the caption tells come first.
    order
        Format, style and words; None for a slide in the caption's own words.

    Raises
    ------
    ScenarioError
        For a format or a style that is not offered.
    """
    order = order or Order()
    if order.by_user:
        caption = replace(caption, credit=f"{caption.credit} {USERS_WORDS}")
    formats.format_of(order.format)
    if order.style not in palette.STYLES:
        msg = f"style '{order.style}' is unknown; choose one of {', '.join(palette.STYLES)}"
        raise ScenarioError(msg)
    told = [city for city in capitals if city.name in caption.sentence]
    capitals = [*told, *(city for city in capitals if city not in told)]
    with settings():
        return _drawn(laydown, caption, capitals, order)


def _drawn(laydown: Laydown, caption: Caption, capitals: Sequence[City], order: Order) -> Picture:
    form, content = formats.format_of(order.format), _content(laydown, caption, order)
    missed: tuple[str, ...] = ()
    while True:  # a note on what found no place takes room itself; twice at most
        told_missed = replace(
            content,
            notes=(*missed, *content.notes),
            general_notes=(*missed, *content.general_notes),
        )
        sheet_page = page.lay_out(form, told_missed)
        figure = blank(sheet_page.width, sheet_page.height)
        sheet = _sheet(figure, sheet_page, laydown, order.style)
        written = labels.write(sheet, laydown, capitals)
        still = _missed(written, _beyond(sheet, laydown))
        if set(still) <= set(missed) or missed:
            break
        missed = still
    plot.draw(sheet, laydown)
    set_around(figure, sheet_page, order.style)
    alt = described(laydown, caption.sentence, plot.outside(sheet, laydown))
    return Picture(figure, sheet_page, written, _about(caption, content, written, alt))


def _content(laydown: Laydown, caption: Caption, order: Order) -> Content:
    flat = (caption.flat,) if caption.flat else ()
    return Content(
        headline=" ".join((order.headline or caption.title).split()),
        subhead=" ".join((order.subhead or caption.subhead).split()),
        entries=legend.entries(laydown),
        notes=(*flat, *caption.drawn_notes),
        general_notes=(*flat, *caption.general_notes),
        origin=caption.origin_note,
        sources=caption.cited,
        closing=(caption.on_paper, caption.borders, caption.credit),
        question=order.question,
    )


def _beyond(sheet: plot.Sheet, laydown: Laydown) -> list[str]:
    """Names of the sites that are told and lie outside of the picture."""
    outside = plot.outside(sheet, laydown)
    return [
        mark.site.label or mark.site.name
        for mark in laydown.marks
        if mark.site.id in outside and mark.status != "reference"
    ]


def _missed(written: Written, beyond: Sequence[str]) -> tuple[str, ...]:
    """Say what could not be written on the map, and what lies outside of it."""
    return tuple(
        f"{what} {'; '.join(names[:MOST_MISSED])}{_and_more(names)}."
        for what, names in (
            ("Marked, without room for the name:", written.unnamed),
            ("Not labelled on the map:", written.unlabelled),
            ("Outside of this picture:", beyond),
        )
        if names
    )


def _and_more(names: Sequence[str]) -> str:
    left = len(names) - MOST_MISSED
    return f"; and {left} more, which the file lists" if left > 0 else ""


def _about(caption: Caption, content: Content, written: Written, alt: str) -> Mapping[str, str]:
    """Everything said, whole, for the metadata."""
    entries = "; ".join(
        f"{entry.label} ({entry.small_print})" if entry.small_print else entry.label
        for entry in content.entries
    )
    unwritten = [*written.unnamed, *written.unlabelled]
    listed = (f"Not written on the map: {'; '.join(unwritten)}.",) if unwritten else ()
    notes = (*listed, *content.notes, content.origin, caption.on_paper, caption.borders)
    added = "" if content.subhead in (caption.subhead, "") else f" {content.subhead}"
    return {
        "Title": content.headline,
        "Description": f"{alt}{added}",
        "Source": caption.sources,
        "Legend": entries,
        "Notes": " ".join(note for note in notes if note),
        "Credit": caption.credit,
    }


def _sheet(figure: Figure, sheet_page: Page, laydown: Laydown, style: Style) -> plot.Sheet:
    """Axes where the page wants them, in the scenario's projection and framing."""
    on = plane(laydown)
    left, bottom, wide, tall = sheet_page.map_box
    west, east, south, north = on.window(wide / tall)
    box = (
        left / sheet_page.width,
        bottom / sheet_page.height,
        wide / sheet_page.width,
        tall / sheet_page.height,
    )
    axes: Any = figure.add_axes(box, projection=on.crs())
    axes.set_autoscale_on(False)
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    thin_m = (east - west) / (wide / formats.POINTS_PER_INCH * plot.FINEST_DPI)
    return plot.Sheet(axes, on, sheet_page.format.unit_pt, style, thin_m)
