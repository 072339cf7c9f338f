"""The rows of the timeline, top down: bars, marks and dots, each with its place on the axis.

Job: dates to numbers that `timechart` draws. Ban: as `timechart`, and no Altair.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from geo import palette
from geo.halfdate import HalfDate
from geo.timeline import History, Row, confirmed, steps

__all__ = [
    "BETWEEN",
    "BREAK_YEAR",
    "FIRST_YEAR",
    "LAST_YEAR",
    "PICKED_SIZE",
    "TOP",
    "Sheet",
    "year_at",
]

# The years before 2005 hold few events and no plan; they are drawn closer together.
FIRST_YEAR, BREAK_YEAR, LAST_YEAR = 1972, 2005, 2027
SQUEEZE = 5.5

#: Events closer than this, in years after the break, stand above each other.
APART = 0.45

# Heights in pixels.
TOP, HEADING, BAR_ROW, LANE, BETWEEN = 48, 34, 25, 14, 12
#: Area in square pixels of an event, and of one on the as-of date.
SIZE, PICKED_SIZE = 70, 170

# Outlines of the marks on the bars, as SVG paths in a square of -1 to 1.
DIAMOND = "M0,-1L1,0L0,1L-1,0Z"
CROSS = "M-0.8,-0.8L0.8,0.8M-0.8,0.8L0.8,-0.8"
TICK = "M0,-0.7L0,0.7"
BAR_END = "M0,-1.8L0,1.8"


def year_at(day: dt.date) -> float:
    """Place of a day on the axis: years from the break, those before it closer together."""
    start = dt.date(day.year, 1, 1)
    length = (dt.date(day.year + 1, 1, 1) - start).days
    years = day.year + (day - start).days / length - BREAK_YEAR
    return round(years if years >= 0 else years / SQUEEZE, 4)


class Sheet:
    """Collects what is drawn, row by row, top down."""

    def __init__(self) -> None:
        self.y: float = TOP
        self.labels: list[tuple[float, str]] = []
        self.headings: list[dict[str, Any]] = []
        self.status: list[dict[str, Any]] = []
        self.light: list[dict[str, Any]] = []
        self.solid: list[dict[str, Any]] = []
        self.spans: list[dict[str, Any]] = []
        self.points: list[dict[str, Any]] = []
        self.dots: list[dict[str, Any]] = []

    def heading(self, text: str) -> None:
        """Add a line that names the rows below it."""
        self.headings.append({"y": self.y + HEADING / 2, "text": text})
        self.y += HEADING

    def life(self, row: Row, today: dt.date) -> None:
        """Add a row: bars between its dates, a mark at each."""
        y = self.y + BAR_ROW / 2
        self.y += BAR_ROW
        self.labels.append((y, row.label))
        tip = {
            "y": y,
            "tip": row.label,
            **{name: date.spoken if date else "–" for name, date in steps(row)},
            "Status": row.status,
        }
        self.status.append({**tip, "text": row.status})
        colour = palette.SIDE_COLOUR["NATO/US"]
        over = [date.last for date in (row.cancelled, row.ended) if date]
        end = min(over, default=today)
        service = row.in_service.last if row.in_service else None
        if row.announced:
            begun, until = row.announced.last, min(service or end, end)
            self.light.append({**tip, "x": year_at(begun), "x2": year_at(until), "colour": colour})
        if service:
            self.solid.append({**tip, "x": year_at(service), "x2": year_at(end), "colour": colour})
        marks = (
            (row.construction, TICK, palette.INK, palette.INK),
            (row.planned, DIAMOND, palette.HALO, palette.INK),
            (row.in_service, DIAMOND, palette.INK, palette.HALO),
            (row.ended, BAR_END, palette.INK, palette.INK),
            (row.cancelled, CROSS, palette.INK, palette.INK),
        )
        for date, shape, fill, stroke in marks:
            if date:
                self.span(date, y, palette.INK)
                self.points.append(
                    {**tip, "x": year_at(date.last), "shape": shape, "fill": fill, "stroke": stroke}
                )

    def span(self, date: HalfDate, y: float, colour: str) -> None:
        """Add a line over the days a coarse date can mean."""
        if date.first != date.last:
            self.spans.append(
                {"x": year_at(date.first), "x2": year_at(date.last), "y": y, "colour": colour}
            )

    def events(self, topic: str, colour: str, past: list[History], as_of: dt.date) -> None:
        """Add a topic: its events, those close together above each other; larger on the day."""
        free: list[float] = []
        placed = []
        for row in past:
            start, x = year_at(row.date.first), year_at(row.date.last)
            lane = next((at for at, since in enumerate(free) if since <= start), len(free))
            free[lane : lane + 1] = [x + APART]
            placed.append((row, x, lane))
        for row, x, lane in placed:
            y = self.y + (lane + 0.5) * LANE
            self.span(row.date, y, colour)
            self.dots.append(
                {
                    "x": x,
                    "y": y,
                    "date": row.date.last.isoformat(),
                    "fill": colour if row.confirmed else palette.HALO,
                    "stroke": palette.INK if row.date.last == as_of else colour,
                    "size": PICKED_SIZE if row.date.last == as_of else SIZE,
                    "Date": row.when,
                    "Event": row.text,
                    "Topic": row.topic,
                    "Sources": "; ".join(row.sources),
                    "Confirmed": confirmed(row),
                }
            )
        depth = max(len(free), 1) * LANE
        self.labels.append((self.y + depth / 2, topic))
        self.y += depth + BETWEEN
