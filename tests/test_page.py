"""The page of a picture: lines that fit, formats that hold."""

import pytest

from geo import formats, paragraph
from geo.errors import ScenarioError
from geo.page import lay_out
from geo.typeset import Content

TEXT = "Borders: Natural Earth 1:10m v5, German point of view; nobody's official map. " * 6


@pytest.mark.parametrize("width", [80.0, 200.0, 500.0])
def test_lines_keep_within_their_width_and_lose_nothing(width):
    lines = paragraph.wrapped(TEXT, width, 8)
    assert " ".join(" ".join(lines).split()) == " ".join(TEXT.split())
    assert all(paragraph.text_width(line, 8) <= width for line in lines)
    assert len(lines) > 2


def test_a_number_and_its_unit_stay_together_and_a_long_word_is_broken():
    for width in range(60, 160, 7):
        lines = paragraph.wrapped("measured up to 2,000 km (1,240 mi) from there", width, 10)
        assert not any(line.startswith(("km", "mi")) for line in lines)
    lines = paragraph.wrapped("https://example.org/" + "a" * 200, 100, 8)
    assert "".join(lines) == "https://example.org/" + "a" * 200
    assert all(paragraph.text_width(line, 8) <= 100 for line in lines)


def test_a_headline_is_broken_into_lines_about_equally_long():
    text = "NATO's missile defence in Europe and Iran's declared range limit, up to 2,000 km"
    lines = paragraph.wrapped(text, 1000, 24, bold=True)
    even = paragraph.balanced(text, lines, 1000, 24)
    assert len(even) == len(lines) == 2
    assert len(min(even, key=len)) > len(min(lines, key=len))


def content(**more):
    parts = {
        "headline": "A headline",
        "subhead": "What stands below it",
        "entries": (),
        "notes": (),
        "general_notes": (),
        "origin": "",
        "sources": ("One (2001)", "Two (2002)"),
        "closing": ("Projection.", "Borders.", "Credit."),
    }
    return Content(**{**parts, **more})


@pytest.mark.parametrize("form", formats.FORMATS.values(), ids=list(formats.FORMATS))
def test_the_map_has_its_share_and_a_column_grows(form):
    short = lay_out(form, content())
    long = lay_out(form, content(general_notes=("A note of some length. ",) * 30))
    assert short.width == long.width == pytest.approx(form.width_in * 72)
    if form.grows:
        assert long.height > short.height
        assert long.map_box[2:] == short.map_box[2:]
    else:
        assert long.height == short.height == pytest.approx(form.height_in * 72)
        assert short.map_box[3] > long.map_box[3] >= form.map_share * 0.7 * form.height_in * 72
    for line in long.lines:
        right = line.x + paragraph.text_width(line.text, line.size, bold=line.bold)
        assert line.x >= 0 and right <= long.width and 0 < line.y < long.height


def test_what_is_left_out_is_said():
    sources = tuple(f"A publisher with a long name, number {index} (2001)" for index in range(300))
    made = lay_out(formats.FORMATS["1:1"], content(sources=sources))
    said = " ".join(line.text for line in made.lines)
    told = said.count("A publisher")
    assert 0 < told < 300
    assert f"and {300 - told} more: see the list that goes with the picture." in said
    for part in ("Projection.", "Borders.", "Credit."):
        assert part in said


def test_a_format_is_found_by_its_name():
    assert formats.format_of(" A4 ").label == "A4 page"
    with pytest.raises(ScenarioError, match="format 'A3' is unknown; choose one of 16:9, 1:1"):
        formats.format_of("A3")
