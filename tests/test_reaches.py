"""Reaches and distances made beforehand are those that would be drawn and measured."""

import zipfile

import pytest
import shapely

from geo import borders, reaches
from geo.catalogue import load
from geo.laydown import resolve
from geo.origin import reach_and_edge
from geo.reach import reach_of
from geo.reaches import KEPT, kept_distance_km, kept_reach
from geo.separation import measured_km, to_country_km
from scripts import build_reaches

# -- reaches made beforehand


def test_every_area_a_map_can_ask_for_has_its_reach_kept_and_nothing_else_is():
    catalogue = load()
    asked = {*build_reaches.wanted(catalogue), *build_reaches.origins(catalogue)}
    with zipfile.ZipFile(KEPT) as file:
        assert set(file.namelist()) == asked, "run python scripts/build_reaches.py"


def test_what_is_kept_is_what_would_be_drawn():
    wanted = sorted(build_reaches.wanted(load()).values(), key=lambda item: (item[1], item[0]))
    for origin, range_km in wanted[3::16]:
        kept = kept_reach(origin, range_km)
        drawn = reach_of(shapely.from_wkb(origin), range_km * 1000)
        assert kept.equals_exact(drawn, tolerance=1e-9), range_km


def test_distances_from_every_such_area_are_kept_and_are_what_would_be_measured():
    catalogue = load()
    for origin in build_reaches.origins(catalogue).values():
        for view in borders.VIEWS:
            drawn = borders.countries(view)
            for found in drawn:
                kept = kept_distance_km(origin, found.iso3, found.name, found.area_km2)
                assert kept is not None, "run python scripts/build_reaches.py"
            for found in drawn[7::60]:
                kept = kept_distance_km(origin, found.iso3, found.name, found.area_km2)
                assert kept == pytest.approx(measured_km(origin, found), abs=1e-6), found.name


def test_a_distance_that_is_not_kept_is_measured_and_one_to_another_border_is_not_kept(
    monkeypatch, tmp_path
):
    (origin, *_) = build_reaches.origins(load()).values()
    poland = borders.country("POL", "de-jure")
    kept = kept_distance_km(origin, "POL", "Poland", poland.area_km2)
    assert kept is not None
    assert kept_distance_km(origin, "POL", "Poland", poland.area_km2 + 1) is None
    monkeypatch.setattr(reaches, "KEPT", tmp_path / "none.zip")
    to_country_km.cache_clear()
    assert to_country_km(origin, "POL", "Poland", "de-jure") == pytest.approx(kept, abs=1e-6)
    to_country_km.cache_clear()


def test_a_reach_that_is_not_kept_is_drawn(monkeypatch, tmp_path, catalogue, first_screen):
    reach_and_edge.cache_clear()
    before = resolve(catalogue, first_screen).rings[0].reach
    (tmp_path / "torn.zip").write_bytes(KEPT.read_bytes()[:5000])
    for lost in (tmp_path / "none.zip", tmp_path / "torn.zip"):
        monkeypatch.setattr(reaches, "KEPT", lost)
        reach_and_edge.cache_clear()
        assert resolve(catalogue, first_screen).rings[0].reach.equals_exact(before, tolerance=1e-9)
    reach_and_edge.cache_clear()
