"""The mark of a legend line as a small picture, for pages.

Job: one `legend.Entry` as SVG. Ban: no file, no colour of its own.
"""

from __future__ import annotations

from urllib.parse import quote

from geo import legend, palette, symbols

__all__ = ["address"]

#: Characters that stand in a quoted address of a page as they are; half the bytes.
_SAFE = " <>=:/'(),.;-"
#: Longest dash of which a mark shows more than one.
MOST_DASH = 24.0


def address(entry: legend.Entry) -> str:
    """Return the mark as a ``data:`` address of an SVG picture, 34 by 20 pixels."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-17 -10 34 20">'
    svg = f"{head}{_drawn(entry)}</svg>".replace('"', "'")
    return f"data:image/svg+xml,{quote(svg, safe=_SAFE)}"


def _drawn(entry: legend.Entry) -> str:
    """Return the mark of a legend line as SVG."""
    if entry.kind == "site":
        symbol = symbols.symbol_svg(entry.shape, entry.colour, entry.status)
        return f'<g transform="scale(7.2)">{symbol}</g>'
    if entry.kind == "country":
        return f'<rect x="-15" y="-7" width="30" height="14" fill="{entry.colour}"/>'
    line, gap = (part * 2.2 for part in entry.dash)
    begun = 0.0
    if line > MOST_DASH:  # one dash would fill the mark: two halves and the gap between them
        line, gap, begun = line * 0.75, gap * 0.75, line * 0.375
    style = f'stroke-dasharray="{line:g} {gap:g}" stroke-dashoffset="{begun:g}"' if line else ""
    if entry.kind == "area":
        opacity = f"{palette.area_alpha(entry.status) / 255:.2f}".removeprefix("0")
        return (
            f'<rect x="-15" y="-7" width="30" height="14" fill="{entry.colour}" '
            f'fill-opacity="{opacity}" stroke="{entry.colour}" stroke-dasharray="3 2"/>'
        )
    fill = f'<rect x="-16" y="0" width="32" height="9" fill="{entry.colour}" fill-opacity=".12"/>'
    path = f'<path d="M-16,0 H16" fill="none" stroke="{entry.colour}" stroke-width="2.4" {style}/>'
    return fill + path if entry.kind == "ring" else path
