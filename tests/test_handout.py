"""The handout for class."""

import os
import shutil
import subprocess

import pytest

from geo import coverage, figure, handout, tally
from geo.caption import compose, source_ids
from geo.figure import Order
from geo.laydown import resolve
from geo.paragraph import text_width
from tests.pictures import scenario_of


def read(path, content):
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None and not os.environ.get("CI"):
        pytest.skip("no pdftotext on this machine (Debian: apt-get install poppler-utils)")
    path.write_bytes(content)
    command = [pdftotext, "-layout", path, "-"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return " ".join(done.stdout.split())


def test_a_handout_has_scene_question_map_table_and_sources(catalogue, tmp_path):
    laydown = resolve(catalogue, scenario_of("ghadr-origin"))
    caption = compose(catalogue, laydown)
    scene = next(one for one in catalogue.scenes if one.id == "ghadr-origin")
    text = read(tmp_path / "handout.pdf", handout.pdf(catalogue, laydown, caption, scene))
    for part in (
        scene.title,
        scene.narration,
        f"For the class: {scene.question}",
        "1,800 km (1,120 mi) · declared",
        "Who is within 1,800 km (1,120 mi) of Tabriz",
        "Who is within 1,600 km (994 mi) of Tabriz",
        "Page 2.",
    ):
        assert part in text
    found = coverage.of_figure(catalogue, laydown, laydown.rings[0].figure.id, 1800)
    members = [row for row in found.rows if row.nato_member]
    for row in members:
        line = f"{row.name} · NATO {tally.percent(row)} {tally.people(row.people)}"
        assert f"{line} {tally.capital(row, 1800)}" in text
    assert f"Some of {found.all.countries} countries and territories lies within" in text
    assert f"And {len(found.rows) - handout.MOST_ROWS} more, with the share" in text
    for row in found.rows:  # those that the table has no room for are named below it
        assert row.name in text
        assert tally.percent(row) in text
    for source_id in source_ids(laydown):
        source = catalogue.sources[source_id]
        assert source.title in text
        assert (
            not source.url
            or source.url in text.replace("- ", "-").replace(" ", "")
            or (source.url.replace(" ", "") in text.replace(" ", ""))
        )


def test_a_map_that_is_no_scene_and_has_no_ring_has_a_handout_too(catalogue, tmp_path):
    laydown = resolve(catalogue, scenario_of("redzikowo-late"))
    caption = compose(catalogue, laydown)
    text = read(tmp_path / "handout.pdf", handout.pdf(catalogue, laydown, caption))
    assert caption.title in text and "Redzikowo" in text
    assert "Who is within" not in text and "For the class" not in text
    assert "Sources" in text
    assert handout.file_name(laydown) == "epaa-atlas-2024-07-10-handout.pdf"


def test_a_users_own_words_stand_on_it_and_are_said_to_be_theirs(catalogue, tmp_path):
    laydown = resolve(catalogue, scenario_of("ghadr-origin"))
    caption = compose(catalogue, laydown)
    scene = next(one for one in catalogue.scenes if one.id == "ghadr-origin")
    order = Order(headline="Words of mine", by_user=True)
    own = handout.pdf(catalogue, laydown, caption, scene, order)
    text = read(tmp_path / "own.pdf", own)
    assert "Words of mine" in text and scene.title not in text
    assert scene.narration in text and f"For the class: {scene.question}" in text
    start = figure.USERS_WORDS[:20]  # the rest may stand in the next line of its column
    assert start in text
    usual = handout.pdf(catalogue, laydown, caption, scene)
    assert start not in read(tmp_path / "usual.pdf", usual)


def test_no_head_of_a_column_meets_the_next():
    wide = handout._WIDTH - 2 * handout._MARGIN
    starts = [*(share * wide for share in handout._COLUMNS), wide]
    for head, start, end in zip(handout._HEADS, starts, starts[1:], strict=False):
        assert text_width(head, handout._SIZE, bold=True) < end - start - 4, head


def test_an_interceptors_reach_has_no_table(catalogue, first_screen):
    shown = [key for key, (system, _) in catalogue.figures.items() if system.kind == "interceptor"]
    offered = frozenset(shown) & frozenset(catalogue.offer.figures)
    scenario = scenario_of("phases-as-built")
    laydown = resolve(catalogue, type(scenario)(**{**vars(scenario), "figures": offered}))
    assert laydown.rings
    assert handout._distances(laydown) == []
