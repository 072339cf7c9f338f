"""Every error the atlas raises on purpose: one base, a few leaves.

A message names the culprit (file, id, field, value) and ends with what to do next.
"""

from __future__ import annotations

__all__ = [
    "AtlasError",
    "BordersError",
    "CatalogueError",
    "FileError",
    "GeodesyError",
    "OwnDataError",
    "ScenarioError",
]


class AtlasError(Exception):
    """Base of all errors raised on purpose; catch it to catch them all."""


class GeodesyError(AtlasError, ValueError):
    """A position, distance or geometry that cannot be measured on the ellipsoid."""


class BordersError(AtlasError):
    """A border file that is missing or broken, or a country code nobody knows."""


class ScenarioError(AtlasError, ValueError):
    """A choice that the atlas does not offer."""


class FileError(AtlasError, OSError):
    """A file that cannot be written as it was asked for, or whose parts cannot be read."""


class CatalogueError(AtlasError):
    """The data folder breaks its rules; the message lists every problem found.

    Parameters
    ----------
    problems
        One line each, in the form ``file: id: field: what is wrong; what to do``.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        count = len(problems)
        head = f"{count} problem{'s' if count != 1 else ''} in the data folder:"
        super().__init__("\n".join([head, *(f"  {line}" for line in problems)]))


class OwnDataError(AtlasError, ValueError):
    """A reader's own data break the rules; the message lists the problems found.

    Parameters
    ----------
    what
        The file or the field.
    problems
        One line each: what is wrong, and what to do.
    """

    #: So many problems are named; the rest are counted.
    MOST_NAMED = 8

    def __init__(self, what: str, problems: tuple[str, ...]) -> None:
        self.problems = problems
        lines = list(problems[: self.MOST_NAMED])
        if len(problems) > len(lines):
            lines.append(f"and {len(problems) - len(lines)} more")
        super().__init__(f"{what}: {'; '.join(lines) if len(lines) < 2 else ''}".rstrip())
        if len(lines) > 1:
            self.args = ("\n".join([f"{what} has {len(problems)} problems:", *lines]),)
