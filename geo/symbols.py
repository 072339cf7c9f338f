"""The symbol of each kind of site, as SVG: one by one, and all in the sheet of the web map.

Job: shapes; their colours and fills are the palette's. Ban: no file is opened here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from geo.palette import HALO, SIDE_COLOUR, STATUS, Shape
from geo.status import Status
from geo.vocabulary import Side

__all__ = [
    "SYMBOLS",
    "symbol_cells",
    "symbol_key",
    "symbol_sheet",
    "symbol_sheet_name",
    "symbol_svg",
]

#: Outline of each symbol in a square of -1 to 1, y upwards.
SYMBOLS: Mapping[Shape, tuple[tuple[float, float], ...]] = {
    "square": ((-0.78, -0.78), (0.78, -0.78), (0.78, 0.78), (-0.78, 0.78)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "triangle": ((-0.95, -0.75), (0.95, -0.75), (0, 0.95)),
    "anchor": ((-0.95, 0.6), (0.95, 0.6), (0.55, -0.75), (-0.55, -0.75)),
    "star": (
        (0.0, 1.0),
        (0.24, 0.32),
        (0.95, 0.31),
        (0.38, -0.12),
        (0.59, -0.81),
        (0.0, -0.4),
        (-0.59, -0.81),
        (-0.38, -0.12),
        (-0.95, 0.31),
        (-0.24, 0.32),
    ),
    "plus": (
        (-0.22, 0.66),
        (0.22, 0.66),
        (0.22, 0.22),
        (0.66, 0.22),
        (0.66, -0.22),
        (0.22, -0.22),
        (0.22, -0.66),
        (-0.22, -0.66),
        (-0.22, -0.22),
        (-0.66, -0.22),
        (-0.66, 0.22),
        (-0.22, 0.22),
    ),
    "dot": (
        (0.5, 0.0),
        (0.354, 0.354),
        (0.0, 0.5),
        (-0.354, 0.354),
        (-0.5, 0.0),
        (-0.354, -0.354),
        (0.0, -0.5),
        (0.354, -0.354),
    ),
}


def symbol_key(shape: Shape, side: Side, status: Status) -> str:
    """Name of a symbol in the sheet."""
    style = STATUS[status]
    fill = "crossed" if style.crossed else "filled" if style.filled else "hollow"
    return f"{shape}-{side.split('/')[0].lower()}-{fill}"


def symbol_svg(shape: Shape, colour: str, status: Status) -> str:
    """One symbol as SVG elements in a box of -1.3 to 1.3, y downwards, with a light casing."""
    style = STATUS[status]
    outline = " ".join(f"{x:g},{-y:g}" for x, y in SYMBOLS[shape])
    body = (
        f'<polygon points="{outline}" fill="none" stroke="{HALO}" stroke-width="0.62" '
        'stroke-linejoin="round"/>'
        f'<polygon points="{outline}" fill="{colour if style.filled else HALO}" '
        f'stroke="{colour}" stroke-width="0.26" stroke-linejoin="round"/>'
    )
    if style.crossed:
        cross = '<path d="M-1.05,-1.05 L1.05,1.05 M-1.05,1.05 L1.05,-1.05" fill="none" '
        body += f'{cross}stroke="{HALO}" stroke-width="0.6"/>'
        body += f'{cross}stroke="{colour}" stroke-width="0.26" stroke-linecap="round"/>'
    return body


#: Edge of a symbol in the sheet, in pixels; large, so that it stays sharp on fine screens.
CELL_PX = 72


@lru_cache(maxsize=1)
def symbol_cells() -> dict[str, dict[str, int]]:
    """Where each symbol stands in the sheet, as deck.gl's icon mapping wants it."""
    keys = dict.fromkeys(
        symbol_key(shape, side, status)
        for shape in SYMBOLS
        for side in SIDE_COLOUR
        for status in STATUS
    )
    return {
        key: {
            "x": (index % 9) * CELL_PX,
            "y": (index // 9) * CELL_PX,
            "width": CELL_PX,
            "height": CELL_PX,
            "mask": False,
        }
        for index, key in enumerate(keys)
    }


def symbol_sheet() -> str:
    """All symbols in one SVG, for the web map; written to ``static/`` by a script."""
    drawn: dict[str, str] = {}
    for shape in SYMBOLS:
        for side, colour in SIDE_COLOUR.items():
            for status in STATUS:
                drawn[symbol_key(shape, side, status)] = symbol_svg(shape, colour, status)
    cells = symbol_cells()
    rows = max(cell["y"] for cell in cells.values()) // CELL_PX + 1
    width, height = 9 * CELL_PX, rows * CELL_PX
    scale = CELL_PX / 2.6
    body = "".join(
        f'<g transform="translate({cell["x"] + CELL_PX / 2:g} {cell["y"] + CELL_PX / 2:g}) '
        f'scale({scale:.4f})">{drawn[key]}</g>\n'
        for key, cell in cells.items()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">\n{body}</svg>\n'
    )


@lru_cache(maxsize=1)
def symbol_sheet_name() -> str:
    """File name of the sheet under ``static/``, with its content's hash."""
    digest = hashlib.sha256(symbol_sheet().encode()).hexdigest()[:8]
    return f"symbols-{digest}.svg"
