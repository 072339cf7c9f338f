"""What lasts is set aside from the garbage collector, and what died there is found in the end."""

import gc
import sys
import weakref

import pytest

from ui import memory


class Knot:
    """Holds itself, so that only the collector can find it."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def keeper(monkeypatch):
    monkeypatch.setattr(memory, "_keeper", lambda: kept)
    kept = memory._Keeper()
    yield kept
    gc.unfreeze()


def test_after_the_first_run_everything_alive_is_set_aside(keeper):
    gc.unfreeze()
    memory.settle()
    assert gc.get_freeze_count() > 10_000
    assert len(gc.get_objects()) < 10_000


def test_what_died_while_set_aside_is_found_after_so_many_runs(keeper):
    knot = Knot()
    memory.settle()
    gone = weakref.ref(knot)
    del knot
    gc.collect()
    assert gone() is not None
    for _ in range(memory.RUNS * memory.LOOKS):
        memory.settle()
    assert gone() is None


def test_what_readers_made_is_set_aside_after_some_runs(keeper):
    memory.settle()
    made = [[] for _ in range(1000)]
    for _ in range(memory.RUNS):
        memory.settle()
    assert len(gc.get_objects()) < len(made)


def test_a_view_that_loads_its_libraries_is_set_aside_too(keeper, monkeypatch):
    memory.settle()
    made = [[] for _ in range(1000)]
    memory.settle()
    assert len(gc.get_objects()) >= len(made)
    names = {f"_view_{number}": sys for number in range(memory.MODULES)}
    for name, module in names.items():
        monkeypatch.setitem(sys.modules, name, module)
    memory.settle()
    assert len(gc.get_objects()) < len(made)
