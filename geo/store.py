"""Files of the data folder as text and JSON, or an error that names the file.

Job: read, and say what is broken. Ban: nothing is kept, nothing is written.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geo.errors import BordersError

__all__ = ["read_json", "shown", "text_of"]

RESTORE = "restore it, or run its script, which data/README.md names"


def text_of(path: Path) -> str:
    """Read a file as UTF-8, or raise a BordersError that names it."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = (error.strerror if isinstance(error, OSError) else "") or "it is not UTF-8"
        raise BordersError(f"{shown(path)} cannot be read ({why}); {RESTORE}") from error


def read_json(path: Path, *keys: str) -> Any:
    """Read a file, or what stands in it under a key, and a key of that."""
    try:
        found = json.loads(text_of(path))
        for key in keys:
            found = found[key]
    except json.JSONDecodeError as error:
        said = f"is not JSON ({error})"
    except (KeyError, TypeError):
        said = f"has no '{' / '.join(keys)}'"
    else:
        return found
    msg = f"{shown(path)} {said}; {RESTORE}"
    raise BordersError(msg)


def shown(path: Path) -> str:
    """Name a file by its folder; where the atlas stands on a machine is no reader's business."""
    return f"{path.parent.name}/{path.name}"
