"""Measure how large a class one server bears, beside the platform's floor.

Run from the top of the repository, on a quiet machine; nginx is needed for the last part::

    python -m tests.bench.crowd                      # everything, about half an hour
    python -m tests.bench.crowd --only atlas --readers 100 --seconds 60

Each reader opens the page (its first document and the files of its map, then the websocket) and
toggles a phase every ten seconds. Readers are real sessions over real websockets, driven from this
process; the pages are processes of their own with the committed configuration. Printed for each
size of class: the median and the 95th percentile of the seconds from toggle to answered, errors,
the server's CPU milliseconds for a rerun, its memory for a session, and how much it grew.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.reader import Reader
from tests.server import ROOT, free_port, started

PAGES = {"floor": Path(__file__).parent / "floor.py", "atlas": ROOT / "app.py"}
KEYS = {"floor": ("phase2",), "atlas": ("phase1", "phase2", "phase3", "phase4")}
#: Files that a browser fetches for the first map.
FILES = {
    "floor": (),
    "atlas": (
        "basemap-de-jure-*",
        "edges-mercator-de-jure-*",
        "places-*",
        "names-*.png",
        "names-*.json",
        "symbols-*",
    ),
}
#: Seconds between two toggles of a reader, and readers that come in a second.
PAUSE_S, COME_PER_S = 10.0, 20.0
#: The largest class has its 95th percentile below this, and no error.
LIMIT_S = 1.0
SIZES = (25, 50, 100, 150, 200, 300, 400, 500, 600, 800, 1000)


@dataclass
class Run:
    """What a class of one size met."""

    readers: int
    toggles: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    cpu_ms: float = 0.0
    session_mb: float = 0.0
    grown_mb: float = 0.0

    @property
    def p95(self) -> float:
        """Seconds within which 95 of 100 toggles were answered."""
        return statistics.quantiles(self.toggles, n=20)[-1] if len(self.toggles) > 1 else 0.0

    @property
    def borne(self) -> bool:
        """Tell whether the class was served well."""
        return self.p95 < LIMIT_S and not self.errors

    def line(self) -> str:
        """Write it."""
        failed = f", {len(self.errors)} errors ({self.errors[0][:70]})" if self.errors else ""
        return (
            f"{self.readers:5} readers: median {statistics.median(self.toggles or [0]):6.3f} s, "
            f"95 % {self.p95:6.3f} s, {len(self.toggles)} toggles{failed}; CPU {self.cpu_ms:5.1f} "
            f"ms a rerun; {self.session_mb:5.2f} MB a session, grew {self.grown_mb:+.1f} MB"
        )


def cpu_s(pids: list[int]) -> float:
    """Seconds of CPU that processes took so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_mb(pids: list[int]) -> float:
    """Memory that processes hold now."""
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def fetch(port: int, path: str, cookie: str) -> None:
    """Ask for a file as a browser does."""
    reading, writing = await asyncio.open_connection("127.0.0.1", port)
    writing.write(
        f"GET /{path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
        f"Cookie: {cookie}\r\nConnection: close\r\n\r\n".encode()
    )
    answer = await reading.read()
    writing.close()
    if b" 200 " not in answer[:20]:
        raise OSError(f"{path}: {answer[:40]!r}")


async def one(name: str, port: int, run: Run, number: int, until: list[float]) -> None:
    """Come, toggle, and leave at the end; a failure is noted, not raised."""
    dice = random.Random(number)
    cookie = f"atlas=reader-{number}"
    await asyncio.sleep(number / COME_PER_S)
    try:
        await fetch(port, "", cookie)
        for pattern in FILES[name]:
            (file,) = (ROOT / "static").glob(pattern)
            await fetch(port, f"app/static/{file.name}", cookie)
        reader = Reader(port, cookie=cookie)
        await reader.open()
        await asyncio.sleep(dice.uniform(0, PAUSE_S))
        while time.perf_counter() < until[0]:
            answer = await reader.toggle(dice.choice(KEYS[name]))
            run.toggles.append(answer.seconds)
            await asyncio.sleep(max(0.0, PAUSE_S - answer.seconds))
        await asyncio.sleep(max(0.0, until[0] + 2 - time.perf_counter()))
        await reader.close()
    except Exception as error:
        run.errors.append(f"{type(error).__name__}: {error}")


async def class_of(name: str, port: int, readers: int, seconds: float, pids: list[int]) -> Run:
    """Let a class of a size come for some seconds, once all are there."""
    run = Run(readers)
    alone = memory_mb(pids)
    until = [float("inf")]
    everyone = [asyncio.create_task(one(name, port, run, n, until)) for n in range(readers)]
    await asyncio.sleep(readers / COME_PER_S + PAUSE_S)
    run.toggles.clear()
    full, cpu = memory_mb(pids), cpu_s(pids)
    until[0] = time.perf_counter() + seconds
    await asyncio.sleep(seconds)
    run.cpu_ms = (cpu_s(pids) - cpu) * 1000 / max(len(run.toggles), 1)
    run.session_mb = (memory_mb(pids) - alone) / readers
    run.grown_mb = memory_mb(pids) - full
    await asyncio.wait(everyone, timeout=90)
    return run


@contextlib.contextmanager
def served(name: str, processes: int) -> Iterator[tuple[int, list[int]]]:
    """Start a page in one process, or in several behind nginx; gives port and process ids."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shutil.copytree(ROOT / ".streamlit", home / ".streamlit")
        base = ROOT if name == "atlas" else home
        found = [stack.enter_context(started(PAGES[name], base)) for _ in range(processes)]
        port = found[0].port
        if processes > 1:
            port = free_port()
            stack.enter_context(proxied(home, port, [process.port for process in found]))
        for process in found:  # libraries and first drawings are no part of a class
            asyncio.run(warmed(name, process.port))
        yield port, [process.pid for process in found]


async def warmed(name: str, port: int) -> None:
    """Draw every choice once."""
    reader = Reader(port)
    await reader.open()
    for turn in range(16):
        await reader.toggle(KEYS[name][turn % len(KEYS[name])])
    await reader.close()


@contextlib.contextmanager
def proxied(home: Path, port: int, ports: list[int]) -> Iterator[None]:
    """Run nginx with the committed recipe, its ports replaced."""
    recipe = (ROOT / "docs" / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    recipe = recipe.replace("listen 8080", f"listen 127.0.0.1:{port}")
    for default, real in zip(("8501", "8502"), ports, strict=True):
        recipe = recipe.replace(f"127.0.0.1:{default}", f"127.0.0.1:{real}")
    (home / "site.conf").write_text(recipe, encoding="utf-8")
    (home / "nginx.conf").write_text(
        f"pid {home}/nginx.pid; error_log {home}/error.log; worker_processes 1; daemon off;\n"
        "events { worker_connections 8192; }\n"
        f"http {{ access_log off; client_body_temp_path {home}; proxy_temp_path {home};\n"
        f"include {home}/site.conf; }}\n",
        encoding="utf-8",
    )
    command = ["nginx", "-p", str(home), "-c", str(home / "nginx.conf")]
    nginx = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        if nginx.poll() is not None:
            raise RuntimeError((home / "error.log").read_text())
        yield
    finally:
        nginx.terminate()
        nginx.wait(10)


def largest(name: str, processes: int, sizes: tuple[int, ...], seconds: float) -> int:
    """Print a line for each size of class, growing while the class is borne; give the largest."""
    best = 0
    print(f"{name}, {processes} process{'es' if processes > 1 else ''}:", flush=True)
    for size in sizes:
        with served(name, processes) as (port, pids):
            run = asyncio.run(class_of(name, port, size, seconds, pids))
        print(run.line(), flush=True)
        if not run.borne:
            break
        best = size
    return best


def main() -> None:
    """Print all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=list(PAGES))
    parser.add_argument("--processes", type=int, choices=(1, 2), nargs="+", default=[1, 2])
    parser.add_argument("--readers", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--seconds", type=float, default=180.0)
    asked = parser.parse_args()
    found = {
        (name, processes): largest(name, processes, tuple(asked.readers), asked.seconds)
        for processes in asked.processes
        for name in ([asked.only] if asked.only else PAGES)
    }
    for (name, processes), readers in found.items():
        print(f"largest class, {name}, {processes} process(es): {readers}")


if __name__ == "__main__":
    main()
