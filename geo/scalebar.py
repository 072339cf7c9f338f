"""The scale bar of a picture, where one bar can be true.

Job: a round number of kilometres in a free corner of the map, with words that say where it holds.
Ban: no words of its own; none on Mercator and on the globe, whose scale is another everywhere.
"""

from __future__ import annotations

from geo import board, legend, palette
from geo.board import Box, Written
from geo.laydown import Laydown
from geo.plot import Sheet

__all__ = ["scale"]

#: Lengths of a bar, and how long it is at most, as a share of the map's width.
BAR_KM, MOST = (50, 100, 200, 500, 1000, 2000), 0.2
#: Size of its words and width of its line, in units of the format.
SIZE, LINE = 0.62, 0.14


def scale(sheet: Sheet, laydown: Laydown, written: Written) -> None:
    """Draw the bar in the first corner with room, from the lower left on."""
    kind = laydown.scenario.projection
    if kind not in {"true-range", "equal-area"}:
        return
    west, east = sheet.axes.get_xlim()
    left, bottom, right, top = board.frame(sheet, rim=0.6)
    px_per_km = 1000 * (right - left) / (east - west)
    km = max(one for one in BAR_KM if one * px_per_km <= MOST * (right - left) or one == BAR_KM[0])
    size, long = sheet.unit * SIZE, km * px_per_km
    words = legend.bar_label(kind, km)
    wide, tall = board.extent(sheet, words, size, "normal")
    wide, above = max(wide, long), board.px(sheet, sheet.unit * 0.35)
    corners: tuple[tuple[float, float], ...] = (
        (left, bottom),
        (right - wide, bottom),
        (left, top - tall - above),
        (right - wide, top - tall - above),
    )
    for x, y in corners:
        box: Box = (x, y, x + wide, y + tall + above)
        if board.meets(box, written.taken):
            continue
        written.taken.append(box)
        ink = sheet.tone(palette.QUIET_INK)
        middle = x + board.extent(sheet, words, size, "normal")[0] / 2, y + above + tall / 2
        written.texts.append(board.word(sheet, words, middle, size, ink, weight="normal"))
        board.line(sheet, (x, y), (x + long, y), ink, sheet.unit * LINE)
        return
