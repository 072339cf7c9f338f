"""A missing or broken file, a full disk, a missing font: a clear message, nothing half written."""

import errno
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from pyogrio.errors import DataSourceError, FeatureError

from geo import files, paragraph, reaches, standalone
from geo.errors import FileError

ROOT = Path(__file__).parent.parent
#: Runs the page in a copy of the atlas, mends the file, and runs it again.
PAGE = """
import json, sys
from streamlit.testing.v1 import AppTest
query, broken, whole = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3]
page = AppTest.from_file("app.py", default_timeout=60)
for key, value in query.items():
    page.query_params[key] = value
def told():
    return {
        "errors": [one.value for one in page.error],
        "exceptions": len(page.exception),
        "maps": len(page.get("deck_gl_json_chart")),
    }
page.run()
first = told()
import shutil; shutil.copy(whole, broken)
page.run()
print(json.dumps([first, told()]))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The atlas elsewhere; its files are links until one is broken."""
    home = tmp_path_factory.mktemp("atlas")
    for name in ("geo", "ui", "data", "static", "page", "vendor", ".streamlit"):
        shutil.copytree(ROOT / name, home / name, copy_function=os.link)
    shutil.copy(ROOT / "app.py", home)
    return home


def missing(path: Path) -> None:
    path.unlink()


def truncated(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[: len(content) // 2])


def emptied(path: Path) -> None:
    path.unlink()
    path.write_text("{}")


FAULTS = [
    ("data/sites.geojson", missing, {}, "sites.geojson"),
    ("data/systems.json", truncated, {}, "systems.json"),
    ("data/basemap.json", emptied, {}, "data/basemap.json has no 'de-jure / file'; restore it"),
    ("data/countries/IRN.geojson", truncated, {}, "countries/IRN.geojson is not GeoJSON"),
    (
        "static/edges-mercator-de-jure-*",
        missing,
        {},
        "0 files of lines of the basemap",
    ),
    ("static/land-true-range-iran-shared-*", missing, {"projection": "true-range"}, "is missing"),
]


@pytest.mark.parametrize(("pattern", "how", "query", "words"), FAULTS)
def test_a_broken_file_is_named_on_the_page_and_mended_without_a_restart(
    copy, tmp_path, pattern, how, query, words
):
    (path,) = copy.glob(pattern)
    whole = Path(shutil.copy(path, tmp_path / "whole"))
    try:
        how(path)
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", PAGE, json.dumps(query), str(path), str(whole)],
            cwd=copy, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    finally:
        path.unlink(missing_ok=True)
        shutil.copy(whole, path)
    assert done.returncode == 0, done.stderr[-2000:]
    first, mended = json.loads(done.stdout.splitlines()[-1])
    assert first["exceptions"] == 0
    (said,) = first["errors"]
    plain = said.replace("\\", "")
    assert words in plain
    assert str(copy) not in plain
    assert mended == {"errors": [], "exceptions": 0, "maps": 1}


def small_disk() -> None:
    """Let a process write files of 2,000 bytes at most: more fails as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))


@pytest.mark.parametrize(
    "command",
    [
        ("figure", "ghadr-origin", "--out", "map.png"),
        ("export", "inf-band", "--out", "map.geojson"),
        ("export", "inf-band", "--out", "map.gpkg"),
        ("export", "inf-band", "--out", "map.html"),
    ],
    ids=lambda command: command[-1],
)
def test_a_full_disk_is_said_in_one_line_and_leaves_what_was_there(tmp_path, command):
    old = tmp_path / command[-1]
    old.write_text("what was there")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "geo", *command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
             "MPLCONFIGDIR": str(tmp_path / "config"), "TMPDIR": str(tmp_path)},
        capture_output=True, text=True, timeout=120, check=False, preexec_fn=small_disk,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    said = done.stderr.strip().splitlines()[-1]
    assert "cannot be" in said and "make room" in said
    assert "Traceback" not in done.stderr
    assert old.read_text() == "what was there"
    left = {path.name for path in tmp_path.iterdir()} - {command[-1], "config"}
    assert not left


def test_a_folder_that_takes_no_file_is_named(tmp_path):
    (tmp_path / "here").write_text("a file, not a folder")
    with pytest.raises(FileError, match=r"here/map\.svg' cannot be written \(not a directory\)"):
        files.write(tmp_path / "here" / "map.svg", b"x")


def test_a_missing_font_is_named(monkeypatch):
    paragraph._font.cache_clear()
    paragraph._em_width.cache_clear()
    monkeypatch.setattr(paragraph, "FONT", "No Such Font")
    with pytest.raises(FileError, match=r"the font 'No Such Font' is missing.*install matplotlib"):
        paragraph.text_width("A picture", 10)
    monkeypatch.undo()
    assert paragraph.text_width("A picture", 10) > 10


def test_the_page_writes_nothing(copy):
    """A checkout that may only be read is enough: no view leaves a file behind."""
    script = PAGE.split("page.run()", maxsplit=1)[0] + (
        "for view in ('map', 'compare', 'place', 'timeline', 'sources', 'claims', 'present'):\n"
        "    page.query_params['view'] = view\n"
        "    page.run()\n"
        "    assert not page.exception and not page.error, view\n"
    )
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("*") if path.is_file()}
    done = subprocess.run(
        [sys.executable, "-B", "-W", "ignore", "-c", script, '{"place": "ROU"}', "", ""],
        cwd=copy, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    after = {path: path.stat().st_mtime_ns for path in copy.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.parametrize(
    "command",
    [("check",), ("ring", "--lon", "1", "--lat", "2", "--km", "300")],
    ids=lambda command: command[0],
)
def test_output_that_finds_no_room_is_said_in_one_line(command):
    """The first fits a buffer and fails when that is emptied, the second on the way."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "geo", *command],
            env={**os.environ, "PYTHONUNBUFFERED": ""},
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == (
        f"python -m geo {command[0]}: the output cannot be written (no space left on device); "
        "make room, or send it elsewhere\n"
    )


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.OperationalError("database or disk is full"),
        DataSourceError("Failed to commit\ntransaction"),
        FeatureError("Could not add feature"),
        OSError(errno.ENOSPC, "No space left on device"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_full_folder_for_passing_files_is_said_in_one_line(
    catalogue, first_laydown, monkeypatch, error
):
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(files.geofile, "geopackage", fails)
    with pytest.raises(FileError, match=r"passing files cannot be written \(.*TMPDIR") as caught:
        files.make(catalogue, first_laydown, files.FORMATS[".gpkg"])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["page.html", "page.css", "page.js"])
def test_a_missing_part_of_the_web_page_is_named(
    catalogue, first_laydown, tmp_path, monkeypatch, name
):
    shutil.copytree(ROOT / "page", tmp_path / "page")
    (tmp_path / "page" / name).unlink()
    monkeypatch.setattr(standalone, "_ROOT", tmp_path)
    monkeypatch.setattr(standalone, "combinations", lambda *_: [(1, 2, 3, 4)])  # one choice is fast
    with pytest.raises(FileError, match=f"{name} in the folder 'page' cannot be read; restore it"):
        standalone.page(catalogue, first_laydown)


def test_a_damaged_file_of_reaches_counts_as_none(tmp_path):
    """Headers, sizes, flags and packed bytes: each fails with an error of its own."""
    whole = reaches.KEPT.read_bytes()
    head = whole.index(b"PK\x03\x04")
    spoiled = {
        "packed": bytearray(whole),
        "locked": bytearray(whole),
        "otherwise packed": bytearray(whole),
        "cut": bytearray(whole[: len(whole) // 2]),
        "empty": bytearray(),
    }
    for at in range(60, 4_000, 3):
        spoiled["packed"][head + at] ^= 0xFF
    entry = whole.index(b"PK\x01\x02")
    spoiled["locked"][entry + 8] |= 1
    spoiled["locked"][head + 6] |= 1
    spoiled["otherwise packed"][entry + 10] = 99
    assert reaches._kept(reaches.KEPT)
    for name, content in spoiled.items():
        path = tmp_path / f"{name}.zip"
        path.write_bytes(content)
        assert reaches._kept(path) == {}, name
