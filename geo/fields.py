"""Fields that a reader filled in: plain text and numbers, or a problem that names field and value.

Job: one field at a time, every problem collected. Ban: as `own`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NoReturn

from geo.errors import OwnDataError

__all__ = ["Problems", "number_in", "quoted", "refuse", "text_in"]

_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,15})?")


class Problems:
    """Problems found so far, each with its place."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self.found: list[str] = []
        self.names = names or {}
        """What a reader sees a field called, where that is not its name."""

    def add(self, where: str, field: str, said: str) -> None:
        """Note what is wrong with a field."""
        self.found.append(f"{where}{self.names.get(field, field)}: {said}")

    def stop(self, what: str) -> None:
        """Raise an OwnDataError about a file or a form with every problem, if there is one."""
        if self.found:
            raise OwnDataError(what, tuple(self.found))


def refuse(what: str, said: str) -> NoReturn:
    """Raise an OwnDataError about a whole file or link."""
    raise OwnDataError(what, (said,))


def text_in(value: Any, field: str, most: int, problems: Problems, where: str) -> str:
    """Plain text on one line."""
    if value is None:
        return ""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        problems.add(where, field, f"is {quoted(value)}; write text")
        return ""
    text = unicodedata.normalize("NFC", str(value)).strip()
    # controls, marks that turn the direction of writing, private use, lone halves of a pair, and
    # what is no character yet
    if any(unicodedata.category(char)[0] == "C" or char in "\u2028\u2029" for char in text):
        problems.add(where, field, f"{quoted(text)} holds a character that cannot be printed")
        return ""
    if len(text) > most:
        problems.add(where, field, f"has {len(text):,} characters, at most {most} are printed")
        return ""
    return text


def number_in(
    value: Any, field: str, ends: tuple[float, float], problems: Problems, where: str
) -> float | None:
    """Return a number in degrees or kilometres between two ends; None and a problem if none."""
    least, most = ends
    if value is None or (isinstance(value, str) and not value.strip()):
        problems.add(where, field, f"is missing; give a number from {least:,.0f} to {most:,.0f}")
        return None
    text = str(value).strip().replace("\u2212", "-")
    plain = not isinstance(value, bool) and isinstance(value, str | int | float)
    number = float(value) if plain and not isinstance(value, str) and abs(value) < 1e9 else None
    if plain and isinstance(value, str) and _NUMBER.fullmatch(text):
        number = float(text)
    if number is None or not least <= number <= most:
        unit = "kilometres" if field == "range_km" else "degrees"
        says = (
            "write digits with no comma, and a point before decimals"
            if number is None
            else f"the unit is {unit}"
        )
        problems.add(
            where,
            field,
            f"{quoted(value)} is not a number from {least:,.0f} to {most:,.0f}; {says}",
        )
        return None
    return number


def quoted(value: object) -> str:
    """Return a value fit for a sentence: printable and short."""
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a group of fields"
    text = "".join(char if char.isprintable() else "?" for char in str(value)[:41])
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
