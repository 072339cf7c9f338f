"""Fuzzed links and hostile files: never an exception, always a named message, the rest honoured."""

import random
import resource
import time
import tracemalloc
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo import own, upload
from geo.errors import OwnDataError
from geo.link import parse, to_query
from geo.scenario import default
from tests import junk
from ui import markup

APP = str(Path(__file__).parent.parent / "app.py")
#: 20,000 links through the parser, 300 through the page; 2,000 files through the reader, 100
#: through the page; in parts, so that two cores share them.
PARTS = range(4)
LINKS, LINKS_SHOWN, FILES, FILES_SHOWN = 5_000, 75, 500, 25
#: A file is refused or read within this.
MOST_S, MOST_MB = 2.0, 120


def sounds(catalogue):
    """Sound links: the first screen and every scene."""
    links = [to_query(default(catalogue.offer), catalogue.offer)]
    for scene in catalogue.scenes:
        links.append(to_query(parse(scene.choices, catalogue.offer)[0], catalogue.offer))
    return links


def same(one: str, other: str) -> bool:
    """Tell whether two values say the same: lists may stand in any order."""
    return set(one.split(".")) == set(other.split("."))


@pytest.mark.parametrize("part", PARTS)
def test_a_fuzzed_link_is_named_and_the_rest_honoured(catalogue, part):
    found = sounds(catalogue)
    warned = 0
    for number in range(part * LINKS, (part + 1) * LINKS):
        dice = random.Random(number)
        sound = dice.choice(found)
        query, touched = junk.link(dice, sound)
        scenario, warnings = parse(query, catalogue.offer)
        said = "\n".join(warnings)
        assert all(line and line.isprintable() and len(line) < 800 for line in warnings), number
        again = to_query(scenario, catalogue.offer)
        for key, value in sound.items():
            if key not in touched:
                assert again[key] == value, (number, key)
        for key in touched:
            values = query[key]
            taken = key in again and any(same(again[key], value) for value in values)
            idle = not values or (set(values) <= {""} and key not in sound)
            second = key.startswith("b-") and scenario.against is not None
            assert taken or idle or second or warnings, (number, key, values)
        assert parse({key: [value] for key, value in again.items()}, catalogue.offer) == (
            scenario,
            (),
        ), number
        warned += bool(said)
    assert warned > LINKS * 0.8


@pytest.mark.parametrize("part", PARTS)
def test_a_fuzzed_link_never_breaks_the_page(catalogue, part):
    found = sounds(catalogue)
    page = AppTest.from_file(APP, default_timeout=60).run()
    warned = 0
    for number in range(part * LINKS_SHOWN, (part + 1) * LINKS_SHOWN):
        dice = random.Random(number)
        query, _ = junk.link(dice, dice.choice(found))
        query["view"] = ["map"]
        query = {sendable(key): [*map(sendable, values)] for key, values in query.items()}
        query = {key: values for key, values in query.items() if values}
        page.query_params.clear()
        for key, values in query.items():
            page.query_params[key] = values
        page.run()
        assert not page.exception, number
        scenario, warnings = parse(query, catalogue.offer)
        shown = [one.value for one in page.warning]
        assert shown == ([markup.lines(warnings)] if warnings else []), number
        assert page.session_state["last"] == scenario, number
        warned += bool(warnings)
    assert warned > LINKS_SHOWN * 0.8


def sendable(text: str) -> str:
    """Text as it comes out of an address: what is no Unicode was replaced on the way."""
    return text.encode("utf-8", "replace").decode()


def test_very_many_messages_are_counted():
    said = markup.lines(f"key {number}" for number in range(500))
    assert said.count("key") == markup.MOST_SAID - 1
    assert said.endswith(f"and {501 - markup.MOST_SAID} more")


@pytest.mark.parametrize("part", PARTS)
def test_a_hostile_file_is_refused_or_read_as_text(part):
    read = 0
    for number in range(part * FILES, (part + 1) * FILES):
        data = junk.file(random.Random(number))
        began = time.perf_counter()
        rings, said = tried(data)
        assert bool(rings) != bool(said), number
        assert not said or (said.startswith("rings") and len(said) < 4_000), number
        for ring in rings:
            assert ring.name.isprintable() and 0 < len(ring.name) <= own.MOST_NAME, number
            assert 0 < ring.range_km <= own.FARTHEST_KM, number
            assert ring.geometry.is_valid and not ring.geometry.is_empty, number
        read += bool(rings)
        assert time.perf_counter() - began < MOST_S, number
    assert 0 < read < FILES / 2


def tried(data: bytes) -> tuple[tuple[own.Own, ...], str]:
    """Read a file; give its rings, or what is said against it."""
    try:
        return upload.read(data, "rings"), ""
    except OwnDataError as error:
        return (), str(error)


CORNERS = b",".join(b"[%d,%d]" % (turn % 179, turn * 7919 % 89) for turn in range(60_000))
BY_HAND = {
    "50 MB": b"name,lon,lat,range_km\n" + b"A,46,38,500\n" * 4_200_000,
    "50 MB in one line": b"[" + b" " * 50_000_000,
    "deep lists": b"[" * 1_900_000,
    "deep groups": b'{"a":' * 390_000,
    "deep coordinates": b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":'
    b'{"name":"A","range_km":5},"geometry":{"type":"Polygon","coordinates":' + b"[" * 900,
    "one long cell": b"name,lon,lat,range_km\n" + b"A" * 1_900_000 + b",46,38,500\n",
    "one long number": b"name,lon,lat,range_km\nA,46,38," + b"9" * 1_900_000,
    "a long number in JSON": b'{"type":"FeatureCollection","features":' + b"9" * 1_900_000 + b"}",
    "many columns": b"name,lon,lat,range_km" + b",x" * 900_000 + b"\n",
    "many quotes": b'name,lon,lat,range_km\n"' + b'"' * 1_900_000,
    "many corners": b'{"type":"Feature","properties":{"name":"A","range_km":5},"geometry":'
    b'{"type":"Polygon","coordinates":[[' + CORNERS + b"]]}}",
    "a bomb": junk.bomb(),
    "a bomb's head": b"PK\x03\x04" + b"\0" * 100,
    "nothing": b"",
    "a mark and nothing": b"\xef\xbb\xbf",
    "nothing but lines": b"\n" * 1_900_000,
}


@pytest.mark.parametrize("name", BY_HAND)
def test_what_is_made_to_hurt_is_refused_soon_and_takes_little(name):
    data = BY_HAND[name]
    began = time.perf_counter()
    with pytest.raises(OwnDataError) as caught:
        upload.read(data, "rings.csv")
    took = time.perf_counter() - began
    tracemalloc.start()  # which makes all slower
    try:
        tried(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert str(caught.value).startswith("rings.csv")
    assert len(str(caught.value)) < 1_000
    assert took < MOST_S
    assert peak < MOST_MB * 1e6
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 4e6  # kilobytes


@pytest.mark.parametrize("part", PARTS)
def test_a_hostile_file_never_breaks_the_page_and_others_go_on(part):
    page = AppTest.from_file(APP, default_timeout=60).run()
    other = AppTest.from_file(APP, default_timeout=60).run()
    for number in range(part * FILES_SHOWN, (part + 1) * FILES_SHOWN):
        dice = random.Random(number)
        data = junk.file(dice)
        began = time.perf_counter()
        name = sendable(junk.text(dice)[:30]).replace("\0", "")  # no file system has it
        loaded(page, name, data)
        assert time.perf_counter() - began < MOST_S + 1, number
        assert not page.exception, number
        rings = page.session_state["own-rings"]
        assert rings or page.error, number
        if rings:  # the next comes with a visit of its own
            page = AppTest.from_file(APP, default_timeout=60).run()
    loaded(page, "sound", b"name,lon,lat,range_km\nA,46.29,38.08,500\n")
    assert [ring.name for ring in page.session_state["own-rings"]] == ["A"]
    other.toggle(key="phase2").set_value(False).run()
    assert not other.exception and not other.session_state["own-rings"]


def loaded(page: AppTest, name: str, data: bytes) -> None:
    """Give a file to Your data, as a reader does."""

    def opened() -> AppTest:  # the page's own test forgets what is open
        page.session_state["own-menu"] = True
        return page

    opened().run()
    opened().file_uploader(key="own-data-file").set_value((f"{name}.csv", data, "text/csv")).run()


def test_what_is_said_of_a_file_stays_until_the_file_goes_and_it_is_read_once():
    page = AppTest.from_file(APP, default_timeout=60).run()
    head = b"name,lon,lat,range_km\n"

    def again() -> None:
        page.session_state["own-menu"] = True
        page.toggle(key="phase2").set_value(not page.toggle(key="phase2").value).run()

    loaded(page, "bad", head + b"A,1,99,5\n")
    again()
    assert ["99" in error.value for error in page.error] == [True]
    loaded(page, "sound", head + b"A,46.29,38.08,500\n")
    again()
    assert not page.error
    assert len(page.session_state["own-rings"]) == 1
    loaded(page, "much", head + b"A,46.29,38.08,500\n" * own.MOST_RINGS)
    again()
    assert ["with what is drawn" in error.value for error in page.error] == [True]
    assert len(page.session_state["own-rings"]) == 1
