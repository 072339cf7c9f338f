"""Write the sheet of place names: every name once, drawn beforehand, a capital's with its dot.

Run after ``build_places.py``::

    python scripts/build_names.py

The letters are Source Sans 3 (SIL Open Font License 1.1), read from the file that comes with
Streamlit. One picture under ``static/`` and, beside it, where each name stands in it, as deck.gl's
icon mapping wants it. Old files are deleted.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import streamlit
from PIL import Image, ImageColor, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo import basemap, palette

STATIC = Path(__file__).resolve().parent.parent / "static"
FONTS = Path(streamlit.__file__).parent / "static" / "static" / "media"

#: Pixels of the sheet for one of the map: names stay sharp on fine screens.
SCALE = 2
WIDTH = 2048
#: Between two names, so that neither shows in the other where the sheet is drawn smaller.
GAP = 4
LETTERS_PX = {"capital": 12, "country": 11}
INK = {"capital": palette.QUIET_INK, "country": palette.FAINT_INK}
#: The foot of the letters, from the top of a name's room.
FOOT_PX = {"capital": 14, "country": 12}
LEADING_PX = 12
#: A capital's dot stands below its name; its middle, from the top.
DOT_PX, DOT_RADIUS_PX = 22, 2
HALO_PX = 1.2
#: Nearly opaque, or a name half covered by others could not be told from its own soft edges.
HALO_ALPHA = 0.85
COLOURS = 96


def font(kind: str) -> ImageFont.FreeTypeFont:
    """Letters of a capital or a country."""
    (path,) = FONTS.glob("SourceSansVF-Upright*.woff2")
    letters = ImageFont.truetype(path, LETTERS_PX[kind] * SCALE)
    letters.set_variation_by_axes([400])
    return letters


def lines(row: dict[str, Any]) -> list[str]:
    """The words of a name in one line, or in two of nearly the same length."""
    words = row["name"].split()
    if row["kind"] == "capital" or row["px"] < 2 * LETTERS_PX["country"]:
        return [row["name"]]
    ways = [[" ".join(words[:cut]), " ".join(words[cut:])] for cut in range(1, len(words))]
    return min(ways, key=lambda way: max(map(len, way)))


def drawn(row: dict[str, Any]) -> Image.Image:
    """One name with its light edge, and a capital's dot."""
    kind = row["kind"]
    letters, said = font(kind), lines(row)
    half = round(max(map(letters.getlength, said)) / 2 + (HALO_PX + 1) * SCALE)
    room = Image.new("RGBA", (2 * half, row["px"] * SCALE), (255, 255, 255, 0))
    pen = ImageDraw.Draw(room)
    halo = (*ImageColor.getrgb(palette.HALO), round(255 * HALO_ALPHA))
    feet = [(FOOT_PX[kind] + LEADING_PX * turn) * SCALE for turn in range(len(said))]
    for fill, edge in ((halo, HALO_PX * SCALE), (INK[kind], 0)):
        for text, foot in zip(said, feet, strict=True):
            at = half, foot
            pen.text(at, text, fill, letters, "ms", stroke_width=edge, stroke_fill=fill)
    if kind == "capital":
        room.alpha_composite(dot(), (half - 4 * SCALE, (DOT_PX - 4) * SCALE))
    return room


def dot() -> Image.Image:
    """A capital's dot with its light edge, in the middle of eight pixels of the map."""
    found = disc(DOT_RADIUS_PX + HALO_PX, palette.HALO, HALO_ALPHA)
    found.alpha_composite(disc(DOT_RADIUS_PX, INK["capital"], 1))
    return found


def disc(radius_px: float, colour: str, alpha: float) -> Image.Image:
    """A disc, smooth at its edge, in the middle of eight pixels of the map."""
    finer = 8 * SCALE
    middle, radius = 4 * finer, radius_px * finer
    mask = Image.new("L", (8 * finer, 8 * finer))
    box = (middle - radius, middle - radius, middle + radius, middle + radius)
    ImageDraw.Draw(mask).ellipse(box, fill=round(255 * alpha))
    found = Image.new("RGBA", (8 * SCALE, 8 * SCALE), colour)
    found.putalpha(mask.resize(found.size, Image.Resampling.BOX))
    return found


def sheet(rows: tuple[dict[str, Any], ...]) -> tuple[Image.Image, dict[str, dict[str, Any]]]:
    """All names in rows of one height, and the place of each."""
    cells: dict[str, dict[str, Any]] = {}
    pieces: list[tuple[Image.Image, tuple[int, int]]] = []
    left = top = tallest = 0
    for row in sorted(rows, key=lambda row: (row["kind"], row["name"])):
        piece = drawn(row)
        if left + piece.width > WIDTH:
            left, top, tallest = 0, top + tallest + GAP, 0
        capital = row["kind"] == "capital"
        cells[row["name"]] = {
            "x": left,
            "y": top,
            "width": piece.width,
            "height": piece.height,
            "anchorY": DOT_PX * SCALE if capital else piece.height // 2,
        }
        pieces.append((piece, (left, top)))
        left, tallest = left + piece.width + GAP, max(tallest, piece.height)
    whole = Image.new("RGBA", (WIDTH, top + tallest), (255, 255, 255, 0))
    for piece, at in pieces:
        whole.paste(piece, at)
    return whole, cells


def main() -> None:
    """Write the sheet and its cells under the content's hash, and say how large they are."""
    whole, cells = sheet(basemap.place_names())
    held = io.BytesIO()
    few = whole.quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
    few.save(held, "PNG", optimize=True)
    text = json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(held.getvalue() + text.encode()).hexdigest()[:8]
    for old in STATIC.glob("names-*"):
        old.unlink()
    for suffix, content in (("png", held.getvalue()), ("json", text.encode())):
        (STATIC / f"names-{digest}.{suffix}").write_bytes(content)
        print(f"names-{digest}.{suffix}: {len(content)} bytes")
    print(f"{len(cells)} names on {whole.width} by {whole.height} pixels")


if __name__ == "__main__":
    main()
