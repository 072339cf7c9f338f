"""What sources leave open is left open: a place not named, an area without a ship, a year alone."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from geo import legend, question, webmap
from geo.caption import compose
from geo.export import covers_csv
from geo.features import features
from geo.figure import draw
from geo.laydown import resolve
from geo.looks import look
from geo.palette import BASIS
from geo.swatch import address
from tests.opened import opened


def test_a_symbol_without_a_place_says_so_until_sources_name_one(catalogue, first_screen):
    def said(day: dt.date, site: str) -> tuple[str, str, str]:
        asked = replace(first_screen, as_of=day, layers=frozenset({"third-site"}))
        shown = resolve(catalogue, asked)
        (mark,) = (mark for mark in shown.marks if mark.site.id == site)
        told = compose(catalogue, shown)
        return legend.mark_name(mark), " ".join(told.notes), told.alt

    name, notes, alt = said(dt.date(2008, 1, 1), "third-site-gbi-redzikowo")
    assert name == "Third site, GBI (no place named yet)"
    assert (
        "Third site, GBI: sources name Poland, no place until 20 August 2008; Redzikowo stands "
        "for it." in notes
    )
    assert "Third site, GBI (announced or agreed; sources name Poland, no place)" in alt
    name, notes, alt = said(dt.date(2008, 12, 31), "third-site-gbi-redzikowo")
    assert name == "Third site, GBI" and "sources name Poland" not in notes + alt
    _, notes, _ = said(dt.date(2020, 1, 1), "phase-4-sm3-iib")
    assert "Phase 4 in Poland: sources name no place; Redzikowo stands for it." in notes
    assert said(dt.date(2010, 6, 30), "deveselu")[0] == "Deveselu (no place named yet)"
    assert said(dt.date(2011, 5, 3), "deveselu")[0] == "Deveselu"


def test_a_defence_is_natos_only_from_the_summit_that_made_it_so(catalogue, first_screen):
    def title(**changes) -> str:
        shown = replace(first_screen, figures=frozenset(), **changes)
        return compose(catalogue, resolve(catalogue, shown)).title

    assert title(as_of=dt.date(2010, 11, 19)) == "US missile defence in Europe"
    assert title(as_of=dt.date(2010, 11, 20)) == "NATO's missile defence in Europe"
    assert title(plan="planned") == "US missile defence in Europe as planned in 2009"


def areas(laydown) -> dict:
    (layer,) = (
        one for one in json.loads(webmap.deck(laydown).to_json())["layers"] if one["id"] == "areas"
    )
    return {row["properties"]["id"]: row["properties"] for row in layer["data"]["features"]}


def test_an_area_that_no_ship_was_reported_in_is_hollow_and_has_a_line_of_its_own(
    catalogue, first_screen
):
    shown = resolve(catalogue, first_screen)
    drawn = areas(shown)
    assert drawn["patrol-north-sea"]["fill"][3] == 0
    assert drawn["patrol-eastern-mediterranean"]["fill"][3] > 0
    lines = {entry.label: entry for entry in legend.entries(shown) if entry.kind == "area"}
    assert list(lines) == [
        "Patrol area, as sources name it",
        "Patrol area, named, no ship on record",
    ]
    seen, unseen = map(address, lines.values())
    assert "fill-opacity='.12'" in seen and "fill-opacity='.00'" in unseen
    looks = {
        row.properties["id"]: look(row)[1] for row in features(shown, {}) if row.layer == "areas"
    }
    assert looks["patrol-north-sea"].fill_alpha == 0 < looks["patrol-baltic-sea"].fill_alpha


def test_before_the_first_ship_sailed_no_area_is_filled(catalogue, first_screen):
    early = resolve(catalogue, replace(first_screen, as_of=dt.date(2011, 3, 30)))
    assert {row["fill"][3] for row in areas(early).values()} == {0}
    # the plan has the ships in both seas by the end of its year
    planned = resolve(catalogue, replace(first_screen, plan="planned"))
    assert 0 not in {row["fill"][3] for row in areas(planned).values()}


def test_an_empty_map_names_the_first_day_that_has_something(catalogue, first_screen):
    def missing(day: dt.date, **changes) -> str:
        return " ".join(resolve(catalogue, replace(first_screen, as_of=day, **changes)).missing)

    alone = {"phases": frozenset(), "layers": frozenset({"third-site"}), "figures": frozenset()}
    assert "Choose 20 January 2007 or a later day." in missing(dt.date(2006, 6, 1), **alone)
    assert not missing(dt.date(2007, 1, 20), **alone)
    told = missing(dt.date(1995, 6, 1), **alone | {"layers": frozenset({"homeland"})})
    assert "or a later day" in told


def test_a_distance_from_an_outline_of_the_atlas_says_how_good_the_outline_is(
    catalogue, first_laydown
):
    rome = question.asked(catalogue, "12.5e41.9n", "de-jure")
    found = question.what_reaches(catalogue, first_laydown, rome)
    (from_ships,) = {one.measured_from for one in found if one.origin.kind == "patrol area"}
    assert from_ships == (
        "Aegis patrol area, eastern Mediterranean (outline drawn for this atlas, good to 200 km)"
    )
    table = covers_csv(catalogue, found, first_laydown.scenario, rome.name)
    name, _, doubt = from_ships.removesuffix(")").partition(" (")
    assert f'"{name}","{doubt}"' in table
    london = question.asked(catalogue, "0.1w51.5n", "de-jure")
    north = question.what_reaches(catalogue, first_laydown, london)
    assert any("no ship on record; outline drawn" in one.measured_from for one in north)
    radars = {one.measured_from for one in found if one.origin.kind == "radar"}
    assert "Kürecik radar" in radars and not [name for name in radars if "good to" in name]


def test_a_distance_from_a_place_that_was_not_named_says_so(catalogue, first_screen):
    shown = resolve(catalogue, replace(first_screen, as_of=dt.date(2010, 6, 1)))
    bucharest = question.asked(catalogue, "26.1e44.4n", "de-jure")
    found = question.what_reaches(catalogue, shown, bucharest)
    doubts = {one.measured_from for one in found if one.origin.id == "deveselu"}
    assert doubts == {"Aegis Ashore Deveselu (place not named on that day)"}


def test_where_a_place_is_asked_about_the_origin_can_be_chosen_though_nothing_is_drawn():
    assert opened(show="none").selectbox(key="origin-iran").disabled
    page = opened(show="none", view="place", place="12.5e41.9n")
    assert not page.selectbox(key="origin-iran").disabled
    assert not page.selectbox(key="origin-kaliningrad").disabled


def test_only_governments_and_analysts_assess(catalogue):
    assessed = [figure.by for _, figure in catalogue.figures.values() if figure.basis == "assessed"]
    assert not [by for by in assessed if "hobby" in by or "campaign" in by]
    assert BASIS["reported"].meaning == "by the press, enthusiasts or campaigners"


@pytest.mark.parametrize("status", ["announced", "in service"])
def test_in_a_picture_too_such_an_area_is_hollow(catalogue, first_screen, status):
    day = dt.date(2011, 3, 30) if status == "announced" else dt.date(2012, 1, 1)
    shown = resolve(catalogue, replace(first_screen, as_of=day, figures=frozenset()))
    svg = draw(shown, compose(catalogue, shown)).file("svg").decode()
    assert ("opacity: 0.117647" in svg) == (status == "in service")


def test_a_headline_owns_up_to_the_other_sites_on_the_map(catalogue, first_screen):
    def title(*layers: str, **changes) -> str:
        asked = replace(first_screen, figures=frozenset(), layers=frozenset(layers), **changes)
        return compose(catalogue, resolve(catalogue, asked)).title

    assert title("russian-sites") == "NATO's missile defence in Europe and other sites"
    assert title("ports-and-command") == "NATO's missile defence in Europe"
    ranges = resolve(catalogue, replace(first_screen, layers=frozenset({"russian-sites"})))
    assert compose(catalogue, ranges).title == (
        "NATO's missile defence in Europe, other sites and Iran's declared range limit, "
        "up to 2,000 km"
    )
    planned = "US missile defence in Europe as planned in 2009"
    assert title(plan="planned") == planned
    assert title("ports-and-command", plan="planned") == f"{planned} and other sites"
    alone = {"phases": frozenset(), "as_of": dt.date(2008, 6, 1)}
    assert title("homeland", "third-site", **alone) == "Third site, 2007–2009 and US interceptors"
    dutch = title("national-contributions", "russian-sites", phases=frozenset())
    assert dutch == "Dutch and Danish frigates and Russian sites"


def test_origins_of_several_figures_are_told_by_figure(catalogue, first_screen):
    def note(*figures: str) -> str:
        layers = frozenset({"russian-sites"})
        asked = replace(first_screen, figures=frozenset(figures), layers=layers)
        return compose(catalogue, resolve(catalogue, asked)).origin_note

    ships = note("sm-3-ia-news1-2024", "sm-3-iia-news1-2024")
    assert "Aegis patrol area" not in ships and "border" not in ships
    assert "from Eastern Mediterranean, the nearest point of its outline; North Sea" in ships
    both = note("9m729-us-2019", "iskander-m-tass-2017")
    assert both.count("9M729 from") == 1 and "does not say" in both
    assert "A range drawn from Kaliningrad does not say" in both
    assert "Kaliningrad" not in note("9m729-us-2019")


def test_every_kind_of_area_says_once_that_it_is_an_illustration(catalogue, first_screen):
    for changes in ({}, {"as_of": dt.date(2010, 12, 31)}, {"plan": "planned"}):
        shown = resolve(catalogue, replace(first_screen, **changes))
        areas = [entry for entry in legend.entries(shown) if entry.kind == "area"]
        assert [bool(entry.small_print) for entry in areas] == [True] + [False] * (len(areas) - 1)
        assert all(
            entry.brief.endswith("(sketch)") for entry in legend.hall(shown) if entry in areas
        )
    labels = {entry.label: entry.status for entry in areas}
    assert labels == {"Patrol area, due by then": "in service"}


def test_a_garrison_is_not_said_to_be_where_a_range_starts(catalogue, first_screen):
    asked = replace(first_screen, figures=frozenset(), layers=frozenset({"russian-sites"}))
    shown = resolve(catalogue, asked)
    (mark,) = (one for one in shown.marks if one.site.id == "shuya")
    assert legend.status_label(shown, mark) == "named by a source"
    kinds = {entry.shape: entry.label for entry in legend.entries(shown) if entry.kind == "site"}
    assert kinds["plus"] == "Garrison town, named by a source" and "dot" not in kinds
