"""The exported page: whole in one file, told as the app tells it, inert whatever a name says."""

import dataclasses
import html
import json
import re

import pytest

from geo import files, legend, standalone, webmap
from geo.book import _rule
from geo.caption import compose
from geo.catalogue import load
from geo.errors import FileError
from geo.laydown import resolve

SCENES = [scene.id for scene in load().scenes]
MOST_BYTES = 6_000_000


def book(text: str) -> dict:
    (data,) = re.findall(r'<script type="application/json" id="atlas">(.*?)</script>', text)
    return json.loads(data)


def without_scripts(text: str) -> str:
    return re.sub(r"<script.*?</script>", "", text, flags=re.S)


@pytest.mark.parametrize("scene", SCENES[::2])
def test_each_choice_of_phases_is_told_as_the_app_tells_it(catalogue, scene):
    scenario = files.asked(catalogue, scene)[0]
    text = standalone.page(catalogue, resolve(catalogue, scenario))
    assert len(text.encode()) < MOST_BYTES
    found = book(text)
    assert len(found["states"]) == 16
    for key, state in found["states"].items():
        phases = frozenset(map(int, key)) if key != "none" else frozenset()
        laydown = resolve(catalogue, dataclasses.replace(scenario, phases=phases))
        said = compose(catalogue, laydown)
        assert (state["title"], state["sentence"], state["alt"]) == (
            *(said.title, said.sentence, said.alt),
        )
        for words in (said.sources, said.projection, said.borders, said.credit, *laydown.missing):
            assert words in state["small"] or not words
        assert [line["label"] for line in state["legend"]] == [
            entry.label for entry in legend.entries(laydown)
        ]
        drawn = json.loads(webmap.deck(laydown).to_json())
        layers = [found["layers"][index] for index in state["layers"]]
        assert [layer["id"] for layer in layers] == [layer["id"] for layer in drawn["layers"]]
        assert state["view"] == drawn["initialViewState"]
        sites = next(layer for layer in layers if layer["id"] == "sites")
        wanted = next(layer for layer in drawn["layers"] if layer["id"] == "sites")["data"]
        assert [row["id"] for row in found["data"][sites["data"]]] == [row["id"] for row in wanted]
        assert files.asked(catalogue, state["link"])[0] == laydown.scenario


def test_the_page_names_no_address_that_a_browser_would_fetch(catalogue, first_laydown):
    text = without_scripts(standalone.page(catalogue, first_laydown, "https://atlas.example/"))
    fetched = re.findall(r'(?:src|data|action)="([^"]*)"', text)
    fetched += re.findall(r'<link[^>]*href="([^"]*)"', text)
    assert fetched == ["data:,"]
    assert "url(" not in text and "@import" not in text
    assert "default-src 'none'" in text
    assert "unsafe-inline" not in re.search(r"script-src ([^;]*);", text)[1]


def test_the_page_runs_no_script_but_the_two_it_names(catalogue, first_laydown):
    text = standalone.page(catalogue, first_laydown)
    run = re.findall(r"<script>(.*?)</script>", text, flags=re.S)
    assert len(run) == 2
    for script in run:
        assert standalone._hash(script) in html.unescape(text)


def test_what_is_shared_is_held_once(catalogue, first_laydown):
    found = book(standalone.page(catalogue, first_laydown))
    land = [layer for layer in found["layers"] if layer["id"] == "land"]
    assert len(land) == 1
    assert len(found["layers"]) < 16 * 10


def test_a_changed_library_is_refused(catalogue, first_laydown, monkeypatch, tmp_path):
    other = tmp_path / "deck.js"
    other.write_bytes(b"alert(1)")
    standalone._library.cache_clear()
    monkeypatch.setattr(standalone, "_LIBRARY", other)
    with pytest.raises(FileError, match="is not the file it should be"):
        standalone.page(catalogue, first_laydown)
    monkeypatch.setattr(standalone, "_LIBRARY", tmp_path / "gone.js")
    with pytest.raises(FileError, match="is missing"):
        standalone.page(catalogue, first_laydown)


def test_a_rule_that_the_script_does_not_know_is_refused():
    with pytest.raises(FileError, match="knows no rule 'alert"):
        _rule("alert(1)")


def test_the_snippet_escapes_its_title():
    snippet = standalone.iframe('"><script>alert(1)</script>', 'a"b.html')
    assert "<script" not in snippet
    assert snippet.count('"') == 14
