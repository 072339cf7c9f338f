"""The app as a process of its own, for tests that speak to it over the network of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(page: Path = ROOT / "app.py", home: Path = ROOT, port: int | None = None) -> Iterator:
    """Start a page as a reader does; gives the process, with its ``port``, and stops it."""
    port = port or free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(page), f"--server.port={port}"],
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": ""},
    )
    server.port = port
    try:
        for _ in range(600):
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if server.poll() is not None:
                raise RuntimeError(f"the page ended with {server.returncode} before it answered")
            time.sleep(0.05)
        yield server
    finally:
        server.kill()
        server.wait(20)
