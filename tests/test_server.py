"""The app as a server: what a change costs on the wire, many readers, a server that dies."""

import asyncio
import urllib.request

import pytest

from geo.scenario import default, to_query
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
    assert all(0 < answer.received < MOST_BYTES for answer in answers[1:])
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
    assert len(found) == 4
    assert all(status == 200 for status, _ in found)
    assert max(len(content) for _, content in found) > 100_000


def test_a_class_opens_the_page_at_once(server):
    async def everyone():
        return await asyncio.gather(*(toggles(server.port, "", "phase2") for _ in range(25)))

    found = asyncio.run(everyone())
    assert len(found) == 25
    assert len({tuple(reader.texts) for _, reader in found}) == 1
    assert found[0][1].texts


def test_a_link_restores_everything_on_another_server_when_one_dies(server, catalogue):
    first = default(catalogue.offer)

    async def moved():
        with started() as doomed:
            reader = Reader(doomed.port, query_of(**to_query(first, catalogue.offer)))
            await reader.open()
            await reader.toggle("phase3")
            said, link = reader.texts, reader.query
            doomed.kill()
            doomed.wait(20)
            with pytest.raises(Exception, match=r"close frame|refused|reset"):
                await reader.toggle("phase3")
        other = Reader(server.port, link)
        await other.open()
        await other.close()
        return said, other.texts, link

    said, again, link = asyncio.run(moved())
    assert "phases=1.2.4" in link
    assert set(said) <= set(again)
