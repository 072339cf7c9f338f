"""What lasts is kept out of the garbage collector's way, so that a click costs what it made.

After every run Streamlit collects all garbage of the process (its option ``runner.postScriptGC``),
and that walks everything alive: libraries, catalogue, drawings. On two cores it was 55 of the 79 ms
of a toggle. What is alive for good is set aside (``gc.freeze``); collections then walk what readers
made. What was set aside and has died since is found when all is looked through again, now and then.
"""

from __future__ import annotations

import gc
import sys
import threading
from functools import lru_cache

#: Runs of the page between two looks through everything.
RUNS = 100
#: So many modules loaded since, by a view opened for the first time, are reason enough.
MODULES = 30


class _Keeper:
    """Counts the runs of this process; one for all readers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs = 0
        self._modules = 0

    def after_run(self) -> bool:
        """Count a run; tell whether it is time to look through everything."""
        with self._lock:
            self._runs += 1
            due = self._runs >= RUNS or len(sys.modules) - self._modules >= MODULES
            if due:
                self._runs, self._modules = 0, len(sys.modules)
            return due


@lru_cache(maxsize=1)
def _keeper() -> _Keeper:
    return _Keeper()


def settle() -> None:
    """Call it at the end of every run."""
    if _keeper().after_run():
        gc.unfreeze()
        gc.collect()
        gc.freeze()
