"""Text broken into lines of a width, measured in the house font itself.

Job: widths in points, whatever the picture's resolution. Ban: no places, no drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from geo.errors import FileError

__all__ = ["FONT", "balanced", "first", "text_width", "wrapped"]

FONT = "DejaVu Sans"  # ships with matplotlib, so that the picture is the same everywhere
#: Wide enough for glyphs that a raster rounds up.
SLACK = 1.02
#: A number and its unit stay on one line.
_UNIT = re.compile(r"(\d) (km|mi)\b")


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Break text into lines of at most a width, in points, measured in the font itself."""
    lines: list[str] = []
    used = 0.0
    space = text_width(" ", size, bold=bold)
    for word in _words(text, width, size, bold=bold):
        wide = text_width(word, size, bold=bold)
        if lines and used + space + wide <= width:
            lines[-1] += f" {word}"
            used += space + wide
        else:
            lines.append(word)
            used = wide
    return lines


def balanced(text: str, lines: list[str], width: float, size: float) -> list[str]:
    """Break a headline into as many lines, about equally long."""
    narrow = width / 2
    for _ in range(7):
        middle = (narrow + width) / 2
        tried = wrapped(text, middle, size, bold=True)
        if len(tried) == len(lines):
            width, lines = middle, tried
        else:
            narrow = middle
    return lines


def first(lines: list[str], most: int) -> list[str]:
    """The first lines; what is left out shows as an ellipsis and stands in the metadata."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], lines[most - 1].rsplit(" ", 1)[0] + " …"]


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a text in points."""
    return _em_width(text, bold) * size * SLACK


def _words(text: str, width: float, size: float, *, bold: bool) -> Iterable[str]:
    """Words; one that is longer than a line, such as an address, in pieces."""
    for word in re.split(r"[ \t\n]+", _UNIT.sub("\\1\u00a0\\2", text.strip())):
        piece = ""
        for letter in word if text_width(word, size, bold=bold) > width else ():
            if piece and text_width(piece + letter, size, bold=bold) > width:
                yield piece
                piece = ""
            piece += letter
        yield piece or word


@lru_cache(maxsize=20_000)
def _em_width(text: str, bold: bool) -> float:
    """Width of a text at a size of one."""
    from matplotlib.textpath import text_to_path  # noqa: PLC0415 - takes a second

    wide, _, _ = text_to_path.get_text_width_height_descent(text, _font(bold), ismath=False)
    return float(wide) / 100


@lru_cache(maxsize=2)
def _font(bold: bool) -> Any:
    """Return the house font; every line of a picture is measured with it, so it is asked first.

    Raises
    ------
    FileError
        If the machine has not got it: another would be wider than the room measured for it.
    """
    from matplotlib import font_manager  # noqa: PLC0415 - takes a second

    font = font_manager.FontProperties(family=FONT, weight="bold" if bold else "normal", size=100)
    try:
        font_manager.findfont(font, fallback_to_default=False)
    except ValueError as error:
        msg = f"the font '{FONT}' is missing, which comes with matplotlib; install matplotlib again"
        raise FileError(msg) from error
    return font
