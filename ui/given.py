"""A file given to the page: read once, when it is given; what is said of it stays until it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from geo.errors import AtlasError
from ui import markup


class Said(NamedTuple):
    """What became of a file: what was done, what was odd, or why nothing was done."""

    done: str = ""
    odd: tuple[str, ...] = ()
    refused: str = ""


def file(
    label: str, types: list[str], key: str, take: Callable[[str, bytes], Said], hint: str = ""
) -> bool:
    """Ask for a file and hand its name and bytes to `take` once; AtlasError is why it is refused.

    Returns whether one has just been taken, and what stands above it is out of date.

    There is no button beside it: pressed while a second file is on its way, it would find the
    first one, or none. The answer is kept, for one that is only written in the run that reads is
    gone with the next run, seen or not.
    """
    state = st.session_state
    given = st.file_uploader(label, type=types, key=key, help=hint or None)
    if given is None:
        state.pop(f"{key}-said", None)
        return False
    which, said = state.get(f"{key}-said", ("", Said()))
    fresh = which != given.file_id
    if fresh:
        with st.spinner("Reading and checking"):
            try:
                said = take(given.name, given.getvalue())
            except AtlasError as error:
                said = Said(refused=str(error))
            # No call of the page stands between reading and this: a run may end at any of them.
            state[f"{key}-said"] = (given.file_id, said)
    if said.refused:
        st.error(markup.lines([said.refused, "Nothing of this file was taken."]))
    if said.odd:
        st.warning(markup.lines(list(said.odd)))
    if said.done:
        st.success(markup.plain(said.done))
    return fresh and bool(said.done)
