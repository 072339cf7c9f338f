"""The app as a server: what a change costs on the wire, many readers, a server that dies."""

import asyncio
import datetime as dt
import urllib.request
from dataclasses import replace

import pytest
from websockets.exceptions import ConnectionClosed

from geo.link import to_query
from geo.scenario import default
from tests.bench.reader import Reader, query_of
from tests.server import started

pytestmark = pytest.mark.xdist_group("server")
#: Bytes over the websocket that a toggle may cost.
MOST_BYTES = 30_000


@pytest.fixture(scope="module")
def server():
    with started() as process:
        yield process


def fetched(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=20) as answer:
        return answer.status, answer.read()


async def toggles(port, query, *keys):
    reader = Reader(port, query)
    answers = [await reader.open()]
    answers += [await reader.toggle(key) for key in keys]
    await reader.close()
    return answers, reader


@pytest.mark.parametrize(
    "query",
    [
        "",
        "projection=true-range",
        "projection=true-range&centre=20e45n",
        "projection=equal-area",
        "projection=globe",
    ],
)
def test_a_toggle_is_small_on_every_map(server, query):
    answers, reader = asyncio.run(toggles(server.port, query, "phase2", "phase3", "phase2"))
    assert max(answer.received for answer in answers[1:]) < MOST_BYTES
    assert min(answer.received for answer in answers[1:]) > 0
    assert any("stated" in text or "declared" in text for text in reader.texts)


def test_what_a_toggle_leaves_alone_is_fetched_from_an_address(server):
    reader = Reader(server.port, "projection=true-range&centre=20e45n")

    async def land():
        await reader.open()
        files = reader.files
        found = [fetched(server.port, path) for path in files]
        await reader.toggle("phase2")
        assert reader.files == files
        await reader.close()
        return found

    found = asyncio.run(land())
    assert len(found) == 5  # sea, grid, land, borders, names
    assert all(status == 200 for status, _ in found)
    assert sum(content.startswith(b"glTF") for _, content in found) == 1
    assert max(len(content) for _, content in found) > 100_000


def test_a_class_opens_the_page_at_once(server):
    async def everyone():
        return await asyncio.gather(*(toggles(server.port, "", "phase2") for _ in range(25)))

    found = asyncio.run(everyone())
    assert len(found) == 25
    assert len({tuple(reader.texts) for _, reader in found}) == 1
    assert found[0][1].texts


def test_when_a_server_dies_under_load_every_link_leads_on_to_another(server, catalogue):
    usual = default(catalogue.offer)
    keys = ("phase1", "phase2", "phase3", "phase4")

    async def reads(port, number, toggled):
        """Toggle until the server is gone; give what was said last, and the link."""
        own = replace(usual, as_of=dt.date(2026, 11, 1 + number))  # each has its own map
        reader = Reader(port, query_of(**to_query(own, catalogue.offer)))
        await reader.open()
        said, link = reader.texts, reader.query
        try:
            while True:
                await reader.toggle(keys[number % 4])
                said, link = reader.texts, reader.query
                toggled.add(number)
        except (ConnectionClosed, OSError):
            return said, link

    async def follows(said, link):
        reader = Reader(server.port, link)
        await reader.open()
        await reader.close()
        return said == reader.texts

    async def everyone():
        with started() as doomed:
            toggled = set()
            readers = [
                asyncio.create_task(reads(doomed.port, number, toggled)) for number in range(12)
            ]
            async with asyncio.timeout(60):
                while len(toggled) < 12:
                    assert doomed.poll() is None, f"it ended by itself: {doomed.returncode}"
                    await asyncio.sleep(0.05)
            doomed.kill()
            left = await asyncio.gather(*readers)
        return left, await asyncio.gather(*(follows(*one) for one in left))

    left, same = asyncio.run(everyone())
    assert all(said for said, _ in left)
    assert len({link for _, link in left}) == 12
    assert same == [True] * 12
