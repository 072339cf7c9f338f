"""One reader over a real websocket: opens the page, keeps its widgets, toggles, and counts bytes.

It speaks Streamlit's own protocol as a browser does: every widget's state goes up with each change,
and so do the hashes of the messages that are still known, which the server then sends by reference.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

#: Waiting longer for an answer is an error.
PATIENCE_S = 60.0


class ReaderError(Exception):
    """The page failed, or did not answer."""


@dataclass
class Answer:
    """What came back for one change."""

    seconds: float
    received: int = 0
    """Bytes."""
    by_kind: Counter[str] = field(default_factory=Counter)
    """Bytes of each kind of message."""


class Reader:
    """A session; `open` it, then `toggle` as often as wanted."""

    def __init__(self, port: int, query: str = "", cookie: str = "") -> None:
        self.port, self.query, self.cookie = port, query, cookie
        self._states: dict[str, WidgetState] = {}
        self._known: dict[str, int] = {}
        self._oldest = 2
        self._script = ""
        self._socket: ClientConnection | None = None
        self.texts: list[str] = []
        """Words of the elements of the last answer, sent or by reference."""
        self._words: dict[str, str] = {}
        self.files: list[str] = []
        """Addresses that the map of the last answer names, but for those under ``static``."""

    async def open(self) -> Answer:
        """Connect and run the page for the first time."""
        self._socket = await connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=["streamlit", "no-token"],  # type: ignore[list-item]
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            max_size=None,
            compression=None,
            open_timeout=PATIENCE_S,
            proxy=None,
        )
        return await self._ask()

    async def toggle(self, key: str) -> Answer:
        """Turn the switch of that key, and wait for the page to answer."""
        (state,) = (one for name, one in self._states.items() if name.endswith(f"-{key}"))
        state.bool_value = not state.bool_value
        return await self._ask()

    async def close(self) -> None:
        """Leave."""
        if self._socket is not None:
            await self._socket.close()

    async def _ask(self) -> Answer:
        assert self._socket is not None
        message = BackMsg()
        run = message.rerun_script
        run.query_string = self.query
        run.page_script_hash = self._script
        run.widget_states.widgets.extend(self._states.values())
        run.cached_message_hashes.extend(self._known)
        run.context_info.url = f"http://localhost:{self.port}/"
        run.context_info.timezone = "UTC"
        began = time.perf_counter()
        answer = Answer(0.0)
        self.texts = []
        await self._socket.send(message.SerializeToString())
        while True:
            try:
                data = await asyncio.wait_for(self._socket.recv(), PATIENCE_S)
            except TimeoutError:
                raise ReaderError(f"no answer within {PATIENCE_S:.0f} s") from None
            assert isinstance(data, bytes)
            answer.received += len(data)
            if self._heard(ForwardMsg.FromString(data), len(data), answer):
                answer.seconds = time.perf_counter() - began
                return answer

    def _heard(self, message: ForwardMsg, size: int, answer: Answer) -> bool:
        """Take in one message; tell whether it ends the answer."""
        kind = message.WhichOneof("type") or "nothing"
        if kind == "delta":
            kind = self._element(message)
            if message.metadata.cacheable:
                self._known[message.hash] = 0
        elif kind == "ref_hash":
            self._known[message.ref_hash] = 0
            if message.ref_hash in self._words:
                self.texts.append(self._words[message.ref_hash])
        elif kind == "new_session":
            self._oldest = message.new_session.config.max_cached_message_age
            self._script = message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        answer.by_kind[kind] += size
        if kind != "script_finished":
            return False
        self._known = {key: age + 1 for key, age in self._known.items() if age < self._oldest}
        return True

    def _element(self, message: ForwardMsg) -> str:
        delta = message.delta
        if delta.WhichOneof("type") != "new_element":
            block = delta.add_block
            return f"block {block.WhichOneof('type')}"
        kind = delta.new_element.WhichOneof("type") or "nothing"
        if kind == "exception":
            raise ReaderError(delta.new_element.exception.message)
        state = _state(delta.new_element, kind)
        widget = getattr(delta.new_element, kind)
        if state is not None and (widget.set_value or state.id not in self._states):
            self._states[state.id] = state
        if kind == "deck_gl_json_chart":
            self.files = re.findall(r'"(media/[^"]+)"', widget.json)
        if kind in {"html", "markdown", "alert"} and not widget.body.startswith("<style>"):
            self._words[message.hash] = widget.body
            self.texts.append(widget.body)
        return kind


def _state(element: Element, kind: str) -> WidgetState | None:
    """Give what a browser would report of a widget it has just drawn."""
    widget = getattr(element, kind)
    if kind == "checkbox":
        value = widget.value if widget.set_value else widget.default
        return WidgetState(id=widget.id, bool_value=value)
    if kind in {"multiselect", "button_group"}:
        names = list(widget.options)
        if kind == "button_group":
            names = [option.content for option in widget.options]
        chosen = list(widget.raw_values) if widget.set_value else [names[i] for i in widget.default]
        state = WidgetState(id=widget.id)
        state.string_array_value.data.extend(chosen)
        state.string_array_value.SetInParent()
        return state
    if kind == "selectbox":
        state = WidgetState(id=widget.id)
        if widget.set_value:
            if widget.HasField("raw_value"):
                state.string_value = widget.raw_value
        elif widget.HasField("default"):
            state.string_value = widget.options[widget.default]
        return state
    if kind == "date_input":
        state = WidgetState(id=widget.id)
        state.string_array_value.data.extend(widget.value if widget.set_value else widget.default)
        return state
    if kind == "slider":
        state = WidgetState(id=widget.id)
        state.double_array_value.data.extend(widget.value if widget.set_value else widget.default)
        return state
    return None


def query_of(**choices: str) -> str:
    """Write choices as the page's address does."""
    return urlencode(choices)
