"""A Laydown as tables."""

from dataclasses import replace

from geo import frames
from geo.laydown import resolve


def test_frames_keep_ids_and_name_who_stated_what(first_laydown):
    rings = frames.rings(first_laydown)
    assert list(rings.index) == ["iran-limit-2017.iran"]
    row = rings.loc["iran-limit-2017.iran"]
    assert (row["reach_km"], row["basis"], row["source"]) == (
        2000,
        "declared",
        "aca-2017-range-limit",
    )
    assert rings.crs.to_epsg() == 4326
    marks = frames.marks(first_laydown)
    assert marks.loc["deveselu", "status"] == "in service"
    assert marks.loc["deveselu", "since"] == "2016-05-12"
    assert frames.edges(first_laydown)["distance_km"].tolist() == [2000]


def test_frames_of_nothing_keep_their_columns(catalogue, first_screen):
    empty = resolve(catalogue, replace(first_screen, phases=frozenset(), figures=frozenset()))
    for frame in (frames.marks(empty), frames.rings(empty), frames.edges(empty)):
        assert frame.empty
        assert "geometry" in frame.columns
