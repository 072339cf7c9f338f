"""What the server does before it is asked: it reads the atlas and draws the first screen.

A browser takes a second to load Streamlit's own scripts, and a reader some more to open one; by
then the libraries are imported, the records read and the first map drawn. The first reader waits no
longer than the others.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st

from geo.errors import AtlasError


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Begin, and let the server answer meanwhile."""
    threading.Thread(target=_ahead, name="first-screen", daemon=True).start()
    yield


def _ahead() -> None:
    from ui import layout

    with suppress(AtlasError):  # the page names the file, to whoever looks at it
        layout.ahead()
