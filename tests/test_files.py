"""One door to every file: the command, its one-line errors, and no half file."""

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string

from geo import files
from geo.errors import FileError, ScenarioError
from geo.laydown import resolve
from geo.provenance import sources_used

ROOT = Path(__file__).parent.parent


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "geo", "export", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_scene_becomes_a_file(tmp_path):
    for suffix in files.FORMATS:
        out = tmp_path / f"map{suffix}"
        done = run("inf-band", "--out", out)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert out.stat().st_size > 500
    assert len(list(tmp_path.iterdir())) == len(files.FORMATS)


def test_what_a_link_says_wrongly_is_warned_of_and_the_rest_is_honoured(tmp_path):
    out = tmp_path / "map.geojson"
    done = run("https://atlas.example/?phases=2&colour=red", "--out", out)
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1 and "'colour' is not a choice" in done.stderr
    text = out.read_text("utf-8")
    assert '"link":"https://atlas.example/?v=' in text
    assert "sites/deveselu" in text and "sites/redzikowo" not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("inf-bnd", "--out", "map.kml"), "did you mean 'inf-band'?"),
        (("nothing", "--out", "map.kml"), "the scenes are"),
        (("inf-band", "--out", "map.shp"), "end the name in .html, .geojson, .gpkg"),
        (("inf-band", "--out", "map"), "does not say its format"),
        (("inf-band", "--out", "no-such-folder/map.bib"), "no such file or directory"),
        (("inf-band",), "--out"),
    ],
)
def test_errors_are_one_line_that_says_what_to_do(arguments, words):
    done = run(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert words in done.stderr


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    out = tmp_path / "map.kml"
    files.write(out, b"first")

    def half(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(FileError, match=r"no space left on device.*make room"):
        files.write(out, b"second")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [
        ("map.kml", b"first")
    ]


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(FileError, match="is a folder"):
        files.write(tmp_path, b"")


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("?phases=2", ""),
        ("phases=2", ""),
        ("https://atlas.example/?phases=2", "https://atlas.example/"),
        ("http://localhost:8501/a?phases=2#top", "http://localhost:8501/a"),
        ("https://me:secret@atlas.example/?phases=2", "https://atlas.example/"),
        ("javascript:alert(1)?phases=2", ""),
    ],
)
def test_a_link_is_read_whole_or_in_part(catalogue, link, page):
    scenario, found, warnings = files.asked(catalogue, link)
    assert (scenario.phases, found, warnings) == (frozenset({2}), page, ())


def test_what_is_neither_link_nor_scene_is_refused(catalogue):
    with pytest.raises(ScenarioError, match="no scene and no link"):
        files.asked(catalogue, "")


def test_the_table_has_a_block_for_every_distance_with_its_source(catalogue):
    laydown = resolve(catalogue, files.asked(catalogue, "inf-band")[0])
    said: list[str] = []
    content = files.make(catalogue, laydown, files.FORMATS[".csv"], progress=said.append)
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    wanted = {(ring.figure.id, km) for ring in laydown.rings for km, _ in ring.edges}
    assert {(row["figure"], float(row["range_km"])) for row in rows} == wanted
    assert len(said) == len(wanted)
    for row in rows:
        assert row["source"] in catalogue.sources and row["publisher"] and row["basis"]
        assert files.asked(catalogue, row["link"])[0] == laydown.scenario


def test_the_bibliography_has_the_sources_of_this_map_and_no_other(catalogue, first_laydown):
    text = files.make(catalogue, first_laydown, files.FORMATS[".bib"]).decode()
    library = parse_string(text)
    assert not library.failed_blocks
    wanted = [source.id for source in sources_used(catalogue, first_laydown)]
    assert list(library.entries_dict) == wanted
    assert 5 < len(wanted) < len(catalogue.sources)
    assert re.search(r"^% Map: \?v=", text, re.MULTILINE)
