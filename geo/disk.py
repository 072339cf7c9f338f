"""Files written whole or not at all.

Job: bytes to a path, through a file beside it that takes its place when it is complete. Ban: no
content of its own.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from geo.errors import AtlasError

__all__ = ["write"]


def write(path: Path, content: bytes) -> None:
    """Write a file; one that is there is replaced in one step, or left as it is.

    Raises
    ------
    AtlasError
        If it cannot be written; the message says why.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    try:
        os.close(handle)
        Path(name).write_bytes(content)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)  # as any new file; a temporary one is private
        Path(name).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError) -> AtlasError:
    why = error.strerror or str(error)
    return AtlasError(f"cannot write '{path}': {why}; choose another place with --out")
