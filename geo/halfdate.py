"""A date as a source gives it: a year, a month or a day.

Job: one type that sorts, prints and reads itself. Ban: no other field of a record.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import total_ordering
from typing import Any

from pydantic_core import core_schema

__all__ = ["HalfDate"]

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@total_ordering
class HalfDate:
    """A date at its true precision: a year, a month or a day.

    Sorts by its first day, the coarser date first. Written as ``2011``, ``2011-03`` or
    ``2016-05-12``.

    Parameters
    ----------
    text
        The date as written; anything else raises ``ValueError``.
    """

    __slots__ = ("day", "month", "year")

    def __init__(self, text: str) -> None:
        found = _DATE.fullmatch(text)
        if not found:
            msg = f"'{text}' is not a date; write 2011, 2011-03 or 2016-05-12"
            raise ValueError(msg)
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None  # noqa: S101 - the pattern has a year; this is for the type checker
        # raises ValueError on 2011-00, 2011-13 or 2011-02-30
        dt.date(year, 1 if month is None else month, 1 if day is None else day)
        self.year: int = year
        self.month: int | None = month
        self.day: int | None = day

    @property
    def first(self) -> dt.date:
        """First day the date can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """Last day the date can mean."""
        if self.month is None:
            return dt.date(self.year, 12, 31)
        return dt.date(
            self.year, self.month, self.day or calendar.monthrange(self.year, self.month)[1]
        )

    @property
    def spoken(self) -> str:
        """As printed: ``2011``, ``March 2011`` or ``12 May 2016``."""
        if self.month is None:
            return str(self.year)
        month = calendar.month_name[self.month]
        return f"{self.day} {month} {self.year}" if self.day else f"{month} {self.year}"

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __repr__(self) -> str:
        return f"HalfDate('{self}')"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HalfDate) and str(self) == str(other)

    def __lt__(self, other: HalfDate) -> bool:
        return (self.first, str(self)) < (other.first, str(other))

    def __hash__(self) -> int:
        return hash(str(self))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._read, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def _read(cls, value: object) -> HalfDate:
        if isinstance(value, HalfDate):
            return value
        if isinstance(value, str):
            return cls(value)
        msg = f"{value!r} is not a date; write 2011, 2011-03 or 2016-05-12 in quotes"
        raise ValueError(msg)
