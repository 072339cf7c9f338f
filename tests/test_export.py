"""The catalogue as files, and the view that offers them."""

import csv
import dataclasses
import io
import re
from dataclasses import replace

import pytest
from shapely import Point
from streamlit.testing.v1 import AppTest

from geo import cells, comparison, coverage, export, legend, own, question
from geo.catalogue import Catalogue
from geo.laydown import resolve
from geo.provenance import provenance

BUCHAREST = question.Asked("Bucharest", Point(26.106, 44.432))


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def with_figure(catalogue: Catalogue, **changes: str) -> Catalogue:
    """Return the catalogue with the first figure of its first system changed."""
    system = next(system for system in catalogue.systems.values() if system.figures)
    figure = system.figures[0].model_copy(update=changes)
    changed = system.model_copy(update={"figures": (figure, *system.figures[1:])})
    return dataclasses.replace(catalogue, systems={**catalogue.systems, system.id: changed})


def test_every_figure_is_a_row_with_its_source(catalogue):
    rows = read(export.figures_csv(catalogue))
    assert [row["id"] for row in rows] == list(catalogue.figures)
    for row in rows:
        assert row["source_title"] and row["publisher"], row["id"]
        assert row["url"].startswith("http") or "ddress not recorded" in row["source_note"], row
        assert row["source"] in catalogue.sources
        assert row["edition"] == catalogue.edition.version
        assert row["licence"] == "CC BY 4.0" and row["edition"] in row["credit"]


def test_the_csv_gives_the_figures_back(catalogue):
    rows = read(export.figures_csv(catalogue))
    for row, wanted in zip(rows, export.figure_rows(catalogue), strict=True):
        for name, value in dataclasses.asdict(wanted).items():
            cell = row[name]
            if isinstance(value, bool):
                assert cell == ("yes" if value else "no")
            elif isinstance(value, float):
                assert float(cell) == value
            else:
                assert cell == (value or "")


def test_a_row_says_what_the_catalogue_says(catalogue):
    row = next(row for row in export.figure_rows(catalogue) if row.id == "iran-limit-2017")
    assert (row.low_km, row.high_km, row.basis, row.date) == (None, 2000.0, "declared", "2017")
    assert row.publisher.startswith("Arms Control Association") and row.confirmed and row.on_map


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_no_cell_is_a_formula(catalogue, start):
    changed = with_figure(catalogue, by=f'{start}HYPERLINK("http://x","y")', quote=f"{start}1")
    row = read(export.figures_csv(changed))[0]
    assert row["by"] == f'\'{start}HYPERLINK("http://x","y")'
    assert row["quote"] == f"'{start}1"


def test_no_cell_of_the_catalogue_begins_like_a_formula(catalogue):
    for row in read(export.figures_csv(catalogue)):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row.values()), row


def test_quotes_commas_and_line_breaks_survive_the_csv(catalogue):
    text = 'a "b", c;\nd – é'
    assert read(export.figures_csv(with_figure(catalogue, note=text)))[0]["note"] == text


def test_a_file_is_named_by_its_edition(catalogue):
    name = f"epaa-atlas-figures-{catalogue.edition.version}.csv"
    assert export.file_name("figures", catalogue, "csv") == name
    assert export.file_name("figures", catalogue, ".csv") == name


def _view() -> None:
    from geo.catalogue import load
    from ui import sources

    sources.show(load())


@pytest.fixture
def page() -> AppTest:
    opened = AppTest.from_function(_view, default_timeout=30).run()
    assert not opened.exception
    return opened


def test_the_view_shows_every_figure_and_two_files(page, catalogue):
    table = page.dataframe[0].value
    assert len(table) == len(catalogue.figures)
    unread = sum(not figure.confirmed for _, figure in catalogue.figures.values())
    assert list(table["Confirmed"]).count("unconfirmed") == unread
    said = f"**{len(table)} stated figures**, {unread} of them unconfirmed."
    assert page.markdown[0].value.startswith(said)
    assert [button.label for button in page.download_button] == [
        f"All {len(table)} figures (CSV)",
        f"All {len(catalogue.sources)} sources (BibTeX)",
    ]
    assert not page.info


def test_a_search_narrows_the_table(page, catalogue):
    page.text_input(key="sources-search").set_value("GHADR").run()
    table = page.dataframe[0].value
    assert 0 < len(table) < len(catalogue.figures)
    assert any("Ghadr" in name for name in table["System"])
    assert f"**{len(table)} of {len(catalogue.figures)}** figures" in page.markdown[0].value


def test_a_search_asks_for_all_words_and_no_accents(page):
    page.text_input(key="sources-search").set_value("kurecik  tpy-2").run()
    assert set(page.dataframe[0].value["System"]) == {"AN/TPY-2 at Kürecik"}


def test_the_filters_narrow_the_table(page):
    page.button_group(key="sources-basis").set_value(["declared", "assessed"]).run()
    assert set(page.dataframe[0].value["Basis"]) == {"declared", "assessed"}
    page.button_group(key="sources-basis").set_value([]).run()
    page.button_group(key="sources-confirmed").set_value("unconfirmed").run()
    assert set(page.dataframe[0].value["Confirmed"]) == {"unconfirmed"}


def test_where_nothing_is_found_the_view_says_what_to_change(page):
    page.text_input(key="sources-search").set_value("qwertzuiop")
    page.button_group(key="sources-basis").set_value(["declared"])
    page.button_group(key="sources-confirmed").set_value("confirmed").run()
    assert not page.exception and not page.dataframe
    assert page.info[0].value == (
        "No figure fits these choices. To see some, use fewer or shorter words in the search; "
        "or choose another basis than declared; or choose “all” instead of “confirmed”."
    )
    assert len(page.download_button) == 2


def test_what_could_not_be_confirmed_is_said_by_side(page, catalogue):
    said = " ".join(block.proto.body for block in page.get("html"))
    labels = [block.label for block in page.expander]
    assert [label.split(" (")[0] for label in labels] == ["NATO/US", "Iran", "Russia", "Other"]
    unread = [figure for _, figure in catalogue.figures.values() if not figure.confirmed]
    lines = [
        line
        for record in (*catalogue.sites.values(), *catalogue.systems.values())
        for line in record.not_confirmed
    ]
    assert said.count("<li>") == len(unread) + len(lines)
    assert said.count("<strong>unconfirmed</strong>") == len(unread)
    assert sum(int(re.findall(r"\((\d+)\)", label)[0]) for label in labels) == said.count("<li>")


# -- tables of coverage


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_coverage_as_csv_says_where_it_is_from_and_what_it_counts(catalogue, first_screen):
    found = coverage.coverage(catalogue, Point(46.2919, 38.08), 2000, first_screen)
    rows = rows_of(export.coverage_csv(catalogue, found, first_screen, "=Tabriz"))
    assert tuple(rows[0])[: len(export.COVERAGE_COLUMNS)] == export.COVERAGE_COLUMNS
    assert len(rows) == len(found.rows)
    greece = next(row for row in rows if row["iso3"] == "GRC")
    assert float(greece["area_share"]) == pytest.approx(0.331, abs=1e-3)
    assert float(greece["area_km2"]) == pytest.approx(
        float(greece["area_share"]) * float(greece["country_area_km2"]), rel=1e-4
    )
    assert int(greece["people"]) == catalogue.people["GRC"].people
    assert greece["measured_from"] == "'=Tabriz"
    assert greece["as_of"] == first_screen.as_of.isoformat()
    assert (greece["borders"], greece["edition"]) == ("de-jure", catalogue.edition.version)
    assert "World Population Prospects 2024" in greece["credit"]


def test_the_credit_for_people_names_their_year_and_kind(catalogue):
    years = {(row.year, row.kind) for row in catalogue.people.values()}
    assert years == {(2025, "projection")}
    assert "projection for 2025" in cells.PEOPLE_CREDIT


def test_what_covers_a_place_as_csv(catalogue, first_screen, first_laydown):
    found = question.what_reaches(catalogue, first_laydown, BUCHAREST)
    rows = rows_of(export.covers_csv(catalogue, found, first_screen, "Bucharest"))
    assert len(rows) == len(found)
    assert {row["place"] for row in rows} == {"Bucharest"}
    assert {row["basis"] for row in rows} >= {"declared", "assessed", "reported"}
    for row, cover in zip(rows, found, strict=True):
        assert row["within"] == ("yes" if cover.within else "no")
        assert row["source"] in catalogue.sources
        assert float(row["margin_km"]) == pytest.approx(cover.margin_km, abs=0.05)
        assert row["confirmed"] in {"yes", "no"}


def test_differences_as_csv(catalogue, first_screen):
    one, two = (
        coverage.coverage(catalogue, Point(46.2919, 38.08), km, first_screen) for km in (1800, 2000)
    )
    found = comparison.countries(one, two)
    text = export.differences_csv(catalogue, found, first_screen, ("1,800 km", "2,000 km"))
    rows = rows_of(text)
    assert [row["iso3"] for row in rows] == [row.iso3 or "" for row in found]
    assert all(float(row["points"]) >= 0 for row in rows)
    assert (rows[0]["one"], rows[0]["two"]) == ("1,800 km", "2,000 km")


def test_a_map_without_rings_still_says_which_map_it_is(catalogue, first_screen):
    bare = resolve(catalogue, replace(first_screen, figures=frozenset()))
    made = provenance(catalogue, bare)
    (row,) = rows_of(export.reaches_csv(catalogue, bare, made))
    assert (row["map"], row["link"]) == (made.caption.title, made.link)
    assert row["name"] == row["figure"] == ""


def test_a_distance_that_reaches_nobody_has_a_row(catalogue, first_screen):
    atoll = (own.ring("At sea", -30, 30, 50),)
    alone = resolve(catalogue, replace(first_screen, figures=frozenset(), own=atoll))
    (row,) = rows_of(export.reaches_csv(catalogue, alone, provenance(catalogue, alone)))
    assert (row["system"], row["range_km"], row["name"]) == ("At sea", "50", "")


def test_every_row_has_the_caveats_of_its_ring(catalogue, first_screen):
    asked = replace(first_screen, figures=frozenset({"sm-3-iia-rand-2020", "sejjil-iiss-2014"}))
    shown = resolve(catalogue, asked)
    rows = rows_of(export.reaches_csv(catalogue, shown, provenance(catalogue, shown)))
    for row in rows:
        ring = next(ring for ring in shown.rings if ring.figure.id == row["figure"])
        assert row["note"] == " ".join(legend.caveats(ring))
        assert row["confirmed"] == ("yes" if ring.figure.confirmed else "no")
    assert any("not the area it defends" in row["note"] for row in rows)


def test_what_covers_a_place_tells_date_and_doubt_of_every_figure(catalogue, first_laydown):
    found = question.what_reaches(catalogue, first_laydown, BUCHAREST)
    rows = rows_of(export.covers_csv(catalogue, found, first_laydown.scenario, "Bucharest"))
    for row, cover in zip(rows, found, strict=True):
        assert row["date"] == str(cover.figure.date or "")
        assert row["confirmed"] == ("yes" if cover.figure.confirmed else "no")
    assert {row["confirmed"] for row in rows} == {"yes", "no"}
