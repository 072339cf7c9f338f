"""A reader's own scenes, saved and loaded."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import scenes
from geo.catalogue import load
from geo.errors import ScenarioError
from geo.link import parse, to_query
from geo.scenario import default

OFFER = load().offer
FIRST = default(OFFER)
WORDS = st.text(min_size=1, max_size=40).filter(lambda text: text.strip())


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS, st.text(max_size=40), st.booleans())
def test_scenes_survive_their_file(title, narration, question, planned):
    asked = replace(FIRST, plan="planned" if planned else "as-built")
    made = scenes.scene(asked, OFFER, title, narration, question, 1)
    (back,), warnings = scenes.read(scenes.write([made], OFFER), OFFER)
    assert warnings == ()
    assert back == made
    assert parse({key: [value] for key, value in back.choices.items()}, OFFER) == (asked, ())


@pytest.mark.parametrize(("title", "narration"), [("", "words"), ("  ", "words"), ("title", "\n")])
def test_a_scene_needs_a_title_and_words(title, narration):
    with pytest.raises(ScenarioError, match="is empty; write a line"):
        scenes.scene(FIRST, OFFER, title, narration, "", 1)


def test_a_link_whole_or_in_part_is_a_scenario():
    link = "https://atlas.example/?" + "&".join(
        f"{key}={value}" for key, value in to_query(replace(FIRST, plan="planned"), OFFER).items()
    )
    assert scenes.from_link(link, OFFER) == (replace(FIRST, plan="planned"), ())
    assert scenes.from_link(" ?plan=planned ", OFFER)[0].plan == "planned"
    asked, warnings = scenes.from_link("?plan=x&plan=y", OFFER)
    assert asked == FIRST
    assert len(warnings) == 2
    assert scenes.from_link("no link at all", OFFER) == (FIRST, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        ("[]", "does not say it holds"),
        ('{"kind": "EPAA Atlas scenes"}', "does not say it holds"),
        ('{"scenes": []}', "does not say it holds"),
        (" " * 300_000, "300,000 bytes"),
    ],
)
def test_what_is_no_scene_file_is_refused(text, words):
    with pytest.raises(ScenarioError, match=words):
        scenes.read(text, OFFER)


def test_what_cannot_be_used_is_named_and_the_rest_is_kept():
    good = {"title": "A", "narration": "B", "question": "", "choices": {"plan": "planned"}}
    bad = [
        7,
        {**good, "title": None},
        {**good, "choices": {"plan": 7}},
        {**good, "choices": {"plan": "dreamt"}},
    ]
    text = json.dumps({"kind": "EPAA Atlas scenes", "scenes": [*bad, good]})
    found, warnings = scenes.read(text, OFFER)
    assert [one.order for one in found] == [4, 5]
    assert [warning.split(":")[0] for warning in warnings] == [f"Scene {n}" for n in (1, 2, 3, 4)]
    assert found[1].choices["plan"] == "planned"
    many = {"kind": "EPAA Atlas scenes", "scenes": [good] * 70}
    found, warnings = scenes.read(json.dumps(many), OFFER)
    assert (len(found), warnings) == (60, ("10 scenes beyond the first 60 are left out.",))


def test_no_more_scenes_are_kept_than_a_file_holds(catalogue):
    from ui import present

    kept = [*catalogue.scenes[:1]] * (scenes.MOST_SCENES - 1)
    scenes.room(kept)
    said = present._from_links(catalogue, kept, "?plan=planned\n" * 5_000)
    assert len(kept) == scenes.MOST_SCENES
    assert said == ["At most 60 scenes are kept; the links after are left out."]
    with pytest.raises(ScenarioError, match="at most 60 scenes are kept; remove one"):
        scenes.room(kept)


@pytest.mark.parametrize("link", ["http://[::1/?phases=2", "http://[fe80::1/?phases=2#part"])
def test_of_a_broken_address_only_its_choices_count(catalogue, link):
    scenario, warnings = scenes.from_link(link, catalogue.offer)
    assert scenario.phases == {2}
    assert not warnings
