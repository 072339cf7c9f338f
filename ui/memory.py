"""What lasts is kept out of the garbage collector's way, so that a click costs what it made.

After every run Streamlit collects all garbage of the process (its option ``runner.postScriptGC``),
and that walks everything alive: libraries, catalogue, drawings. On two cores it was 55 of the 79 ms
of a toggle. What is alive is set aside now and then (``gc.freeze``, which costs nothing), and
collections then walk only what came since, however many readers there are. What was set aside and
has died since is found when all is looked through again, which takes a fraction of a second and so
is rare.
"""

from __future__ import annotations

import gc
import sys
import threading
from functools import lru_cache

#: Runs of the page after which what is alive is set aside.
RUNS = 100
#: Every so many times, all is looked through first.
LOOKS = 30
#: So many modules loaded since, by a view opened for the first time, are reason enough.
MODULES = 30


class _Keeper:
    """Counts the runs of this process; one for all readers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs = 0
        self._modules = 0

    def after_run(self) -> tuple[bool, bool]:
        """Count a run; tell whether it is time to set aside, and to look through all before."""
        with self._lock:
            self._runs += 1
            grown = len(sys.modules) - self._modules >= MODULES
            look = grown or self._runs >= RUNS * LOOKS
            aside = look or self._runs % RUNS == 0
            if look:
                self._runs, self._modules = 0, len(sys.modules)
            return aside, look


@lru_cache(maxsize=1)
def _keeper() -> _Keeper:
    return _Keeper()


def settle() -> None:
    """Call it at the end of every run."""
    aside, look = _keeper().after_run()
    if look:
        gc.unfreeze()
        gc.collect()
    if aside:
        gc.freeze()
