"""What a reader adds or leaves out, on the map, in the words, the tables and the link."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
import shapely
from pyproj import Geod

from geo import coverage, export, figure, files, own, question, webmap
from geo.caption import compose
from geo.features import features
from geo.laydown import resolve
from geo.link import parse, to_query
from geo.model import Figure, System
from geo.provenance import provenance
from geo.scenario import HIDEABLE
from geo.vocabulary import YOURS

GEOD = Geod(ellps="WGS84")
HOSTILE = "@@=alert(1)<script>"


@pytest.fixture(scope="module")
def mine(catalogue, first_screen):
    rings = (own.ring("What if", 20.5, 54.7, 600, "Smith 2024"), own.ring(HOSTILE, 30, 45, 700))
    return resolve(catalogue, replace(first_screen, own=rings))


def layers(laydown) -> dict:
    deck = json.loads(webmap.deck(laydown).to_json())
    return {layer["id"]: layer for layer in deck["layers"]}


def test_an_own_ring_is_geodesic_and_marked(mine):
    ring = next(ring for ring in mine.rings if ring.figure.by == "source given: Smith 2024")
    assert ring.system.side == ring.figure.basis == YOURS
    points = shapely.get_coordinates(ring.edges[0][1])
    _, _, away_m = GEOD.inv([20.5] * len(points), [54.7] * len(points), *points.T)
    assert abs(away_m - 600_000).max() < 1
    words = [row["text"] for row in layers(mine)["ring-labels"]["data"]]
    assert "What if\n600 km (373 mi) · your data" in words
    # its label names it, so its place is not named once more
    assert "What if" not in [row["text"] for row in layers(mine)["site-labels"]["data"]]


def test_an_own_ring_alone_is_named_at_its_place(catalogue, first_screen):
    one = replace(first_screen, figures=frozenset(), own=(own.ring("What if", 20.5, 54.7, 600),))
    drawn = layers(resolve(catalogue, one))
    assert [row["text"] for row in drawn["ring-labels"]["data"]] == ["600 km (373 mi) · your data"]
    assert "What if" in [row["text"] for row in drawn["site-labels"]["data"]]


def test_the_words_say_that_it_is_not_checked(catalogue, mine):
    caption = compose(catalogue, mine)
    assert "2 rings of your data" in caption.title
    assert "your data, not checked by this atlas (source given: Smith 2024)" in caption.sentence
    assert "your data “What if”, source given: Smith 2024" in caption.sources
    assert "undated" not in caption.sentence


def test_nothing_of_a_reader_is_run_by_the_deck(mine):
    text = webmap.deck(mine).to_json()
    assert HOSTILE in text
    assert f'"{HOSTILE}' not in text  # deck.gl runs what begins with @@
    assert f'" {HOSTILE}' in text


def test_a_place_lists_own_rings_and_the_file_names_no_source(catalogue, mine):
    asked = question.asked(catalogue, "20.5e54.7n", "de-jure")
    found = question.what_reaches(catalogue, mine, asked)
    own_ones = [cover for cover in found if cover.figure.basis == YOURS]
    assert [round(cover.distance_km) for cover in own_ones if cover.system.name == "What if"] == [0]
    rows = list(
        csv.DictReader(io.StringIO(export.covers_csv(catalogue, found, mine.scenario, "x")))
    )
    assert [row["source_title"] for row in rows if row["system"] == "What if"] == [
        "source given: Smith 2024"
    ]


def test_the_link_restores_own_rings(catalogue, mine):
    query = {key: [value] for key, value in to_query(mine.scenario, catalogue.offer).items()}
    assert parse(query, catalogue.offer) == (mine.scenario, ())


def test_a_link_too_short_for_them_says_so(catalogue, first_screen):
    rings = tuple(own.ring("R" * 60, 20.5, 54.7, km + 1, "S" * 150) for km in range(50))
    query = to_query(replace(first_screen, own=rings), catalogue.offer)
    assert query["own"] == "file.50"
    scenario, warnings = parse({key: [value] for key, value in query.items()}, catalogue.offer)
    assert scenario == first_screen
    assert "Add them again under “Your data”" in warnings[0]


def test_broken_own_rings_in_a_link_are_named_and_the_rest_honoured(catalogue):
    scenario, warnings = parse({"own": ["1e1n~x~A~"], "plan": ["planned"]}, catalogue.offer)
    assert scenario.plan == "planned" and not scenario.own
    assert "own data are left out" in warnings[0] and "range_km: “x”" in warnings[0]


@pytest.mark.parametrize("record", [System, Figure])
def test_no_file_of_the_atlas_can_call_itself_a_readers(record):
    field = "side" if record is System else "basis"
    with pytest.raises(ValueError, match="marks what a reader adds"):
        record.model_validate({field: YOURS})


def test_each_side_kind_and_basis_can_be_left_out_and_the_notes_say_so(catalogue, first_screen):
    everything = replace(
        first_screen, figures=catalogue.offer.figures, layers=catalogue.offer.layers
    )
    full = resolve(catalogue, everything)
    for code, (group, value) in HIDEABLE.items():
        less = resolve(catalogue, replace(everything, hidden=frozenset({code})))
        sites = {mark.site.id for mark in full.marks if getattr(mark.site, group, None) == value}
        rings = {
            ring.id
            for ring in full.rings
            if value == (ring.system.side if group == "side" else getattr(ring.figure, group, ""))
        }
        assert {ring.id for ring in less.rings} == {ring.id for ring in full.rings} - rings, code
        gone = {mark.site.id for mark in full.marks} - {mark.site.id for mark in less.marks}
        started = {ring.origin.id for ring in less.rings}
        assert gone >= sites - started, code
        assert any(
            note.startswith("Left out by choice:") for note in compose(catalogue, less).notes
        )
    assert {group for group, _ in HIDEABLE.values()} == {"side", "kind", "basis"}


def test_a_radar_whose_azimuths_are_published_is_a_sector(catalogue, first_screen):
    drawn = resolve(catalogue, replace(first_screen, figures=frozenset({"an-tpy-2-keeptrack"})))
    (ring,) = drawn.rings
    assert ring.figure.sector_deg == (40, 160)
    radar = ring.origin.geometry
    for azimuth, inside in ((35, False), (45, True), (100, True), (155, True), (165, False)):
        lon, lat, _ = GEOD.fwd(radar.x, radar.y, azimuth, 2_000_000)
        assert ring.reach.covers(shapely.Point(lon, lat)) == inside, azimuth
    table = coverage.of_figure(catalogue, drawn, "an-tpy-2-keeptrack", 3000)
    names = {row.name: row for row in table.rows}
    assert "Iran" in names and "Romania" not in names
    assert not any(row.capital_within for row in table.rows if row.name == "Türkiye")


def test_a_place_outside_the_sector_is_not_reached(catalogue, first_screen):
    drawn = resolve(catalogue, first_screen)
    for place, seen in (("108410", True), ("ROU", False), ("IRN", True)):
        asked = question.asked(catalogue, place, "de-jure")
        found = question.what_reaches(catalogue, drawn, asked)
        cover = next(cover for cover in found if cover.figure.id == "an-tpy-2-keeptrack")
        assert (cover.in_sector, cover.within) == (seen, seen), place
        assert cover.margin_km > 0


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("20.5e54.7n", "54.7° N, 20.5° E"),
        ("108410", "Riyadh"),
        ("deveselu", "Aegis Ashore Deveselu"),
        ("ROU", "Romania"),
    ],
)
def test_a_place_is_found_by_what_a_link_holds(catalogue, place, name):
    assert question.asked(catalogue, place, "de-jure").name == name
    assert place in catalogue.offer.places or "e" in place


def test_a_country_is_reached_if_its_nearest_point_is(catalogue, first_screen):
    drawn = resolve(
        catalogue,
        replace(first_screen, origins=(("iran", "tabriz"), ("kaliningrad", "kaliningrad"))),
    )
    found = question.what_reaches(catalogue, drawn, question.asked(catalogue, "GRC", "de-jure"))
    cover = next(one for one in found if one.figure.id == "iran-limit-2017")
    table = coverage.of_figure(catalogue, drawn, "iran-limit-2017", 2000)
    greece = next(row for row in table.rows if row.iso3 == "GRC")
    assert cover.within
    assert cover.distance_km == pytest.approx(greece.nearest_km)


@pytest.mark.parametrize("suffix", files.FORMATS)
def test_every_file_carries_own_rings_as_text_and_says_whose_they_are(catalogue, mine, suffix):
    content = files.make(catalogue, mine, files.FORMATS[suffix])
    if suffix == ".bib":  # it holds sources, and an own ring has none in the catalogue
        assert b"your data" in content
        return
    assert b"your data" in content and b"Smith 2024" in content
    if suffix in {".html", ".kml"}:
        assert HOSTILE.encode() not in content


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_picture_carries_own_rings_and_no_markup_of_theirs(catalogue, mine, kind):
    picture = figure.draw(mine, compose(catalogue, mine), [], figure.Order("16:9"))
    content = picture.file(kind, None)
    if kind != "png":  # whose metadata are no markup
        assert HOSTILE.encode() not in content
    assert "your data" in str(picture.about)


FORMULAS = ('=HYPERLINK("http://example.org")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "＝1+1")


def test_no_name_of_a_reader_is_a_formula_in_a_table(catalogue, first_screen):
    rings = tuple(own.ring(name, 20.5, 54.7, 600 + at, name) for at, name in enumerate(FORMULAS))
    laydown = resolve(catalogue, replace(first_screen, own=rings))
    asked = question.asked(catalogue, "20.5e54.7n", "de-jure")
    found = question.what_reaches(catalogue, laydown, asked)
    for text in (
        files.make(catalogue, laydown, files.FORMATS[".csv"]).decode(),
        export.covers_csv(catalogue, found, laydown.scenario, FORMULAS[0]),
        export.differences_csv(catalogue, (), laydown.scenario, (FORMULAS[0], FORMULAS[1])),
    ):
        rows = list(csv.reader(io.StringIO(text)))
        cells = [cell for row in rows for cell in row if not re.fullmatch(r"-?[0-9.e+]*", cell)]
        assert not [cell for cell in cells if cell.lstrip().startswith(tuple("=+-@＝"))]
        assert len(rows) == 1 or all(any(f"'{name}" in cell for cell in cells) for name in FORMULAS)


@pytest.mark.parametrize("projection", ["mercator", "true-range", "equal-area", "globe"])
def test_a_reach_of_the_whole_earth_has_no_line_and_stops_no_map(
    catalogue, first_screen, projection
):
    mine = (own.ring("All", 10, 10, 20_000),)
    asked = replace(first_screen, own=mine, projection=projection)
    drawn = resolve(catalogue, asked)
    ring = next(ring for ring in drawn.rings if ring.figure.basis == YOURS)
    ((_, line),) = ring.edges
    assert line.is_empty and line.geom_type == "MultiLineString"
    assert "sites" in layers(drawn)
    caption = compose(catalogue, drawn)
    assert figure.draw(drawn, caption).file("svg").startswith(b"<?xml")


def test_an_own_ring_is_neither_confirmed_nor_unconfirmed(catalogue, mine):
    made = provenance(catalogue, mine)
    rows = list(csv.DictReader(io.StringIO(export.reaches_csv(catalogue, mine, made))))
    assert {row["confirmed"] for row in rows if row["basis"] == YOURS} == {""}
    assert {row["confirmed"] for row in rows if row["basis"] != YOURS} == {"yes"}
    found = (one.properties for one in features(mine, {}))
    told = [one["confirmed"] for one in found if "confirmed" in one]
    assert told.count(None) == 4 and True in told and False not in told


def test_short_distances_are_printed_as_they_were_given(catalogue, first_screen):
    short = (own.ring("Half", 20, 50, 12.5), own.ring("Near", 20, 50, 0.4))
    said = compose(catalogue, resolve(catalogue, replace(first_screen, own=short))).sentence
    assert "12.5 km (7.8 mi)" in said and "0.4 km (0.25 mi)" in said
    assert "within 12.5 km of Half" in said
