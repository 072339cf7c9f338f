"""The page on the method: its pictures are the code's, its numbers true, its links good."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from geo import borders
from scripts import build_method, method_lines, method_numbers

TEXT = build_method.PAGE.read_text(encoding="utf-8")
RUN = " ".join(TEXT.replace("**", "").split())
#: Distances that are asked for, not measured, and what other programs gave when they were measured.
GIVEN = {
    *("2,000 km", "5,500 km", "100 m", "111.32 km"),
    *("1,192 km", "621 km", "473 km", "75 km", "16 km", "8 km", "25.9 %", "32.6 %"),
}


@pytest.fixture(scope="module")
def computed():
    return list(method_numbers.numbers())


def pixels(file):
    return np.asarray(Image.open(file).convert("RGB"), dtype=float) / 255


@pytest.mark.parametrize("stem", build_method.PICTURES)
def test_the_page_shows_what_the_code_draws(stem):
    kept = build_method.FOLDER / f"{stem}.png"
    drawn = pixels(io.BytesIO(build_method.PICTURES[stem]()))
    assert drawn.shape == pixels(kept).shape, "run python scripts/build_method.py"
    assert np.abs(drawn - pixels(kept)).mean() < 0.004, "run python scripts/build_method.py"
    assert drawn.shape[1] == 1000
    assert kept.stat().st_size < 120_000


def test_every_computed_number_stands_in_the_text(computed):
    missing = [words for words in computed if words not in RUN]
    assert not missing, "run python scripts/build_method.py numbers"


def unknown(text, computed):
    """Numbers with a unit that are neither computed nor given."""
    known = " ".join(computed)
    found = set(re.findall(r"\d[\d,.]* (?:km|m|µm|%)(?!\w)", text.split("## References")[0]))
    assert len(found) > 20
    return {item for item in found - GIVEN if not re.search(rf"(?<![\d,.]){item}", known)}


def test_every_number_with_a_unit_is_computed_or_given(computed):
    assert not unknown(RUN, computed)


def test_a_wrong_number_is_found(computed):
    assert unknown(RUN.replace("253 km", "254 km"), computed) == {"254 km"}


def test_every_picture_is_shown_once_with_words_for_it():
    shown = re.findall(r"!\[([^\]]+)\]\(method/([\w-]+)\.png\)", TEXT)
    assert sorted(stem for _, stem in shown) == sorted(build_method.PICTURES)
    assert {path.stem for path in build_method.FOLDER.iterdir()} == set(build_method.PICTURES)
    assert all(len(words) > 30 for words, _ in shown)


def test_links_lead_somewhere():
    for link in re.findall(r"\]\(([^)]+)\)", TEXT):
        assert link.startswith("https://") or (build_method.PAGE.parent / link).is_file(), link
    readme = (build_method.ROOT / "README.md").read_text(encoding="utf-8")
    assert "(docs/method.md)" in readme


def test_citations_and_references_match():
    body, references = TEXT.split("## References")
    assert set(re.findall(r"\[(\d)\]", body)) == set(re.findall(r"^(\d)\. ", references, re.M))


def test_the_border_note_is_the_current_one():
    assert borders.note(method_lines.VIEW) in RUN
