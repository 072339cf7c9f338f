"""Who lies within which reach: against other ways of computing the same on the same borders."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import geopandas
import numpy as np
import pytest
import shapely
from pyproj import Geod, Transformer
from shapely.geometry import Point

from geo import borders, coverage, question
from geo.catalogue import Catalogue
from geo.laydown import Laydown, resolve
from geo.scenario import PHASES, Scenario

GEOD = Geod(ellps="WGS84")
TABRIZ = Point(46.2919, 38.08)
KALININGRAD = Point(20.51, 54.71)

#: Origin, km, and countries partly within.
CASES = [
    (TABRIZ, 2000, ["GRC", "BGR", "ROU", "UKR", "RUS", "EGY", "KAZ"]),
    (KALININGRAD, 500, ["POL", "DEU", "SWE", "BLR", "LTU"]),
    (KALININGRAD, 2350, ["FRA", "ESP", "GBR", "NOR", "RUS"]),
    (Point(125.7, 39.0), 10_000, ["USA", "CAN", "FRA", "AUS"]),
    (Point(-179.5, -16.5), 2500, ["NZL", "FJI", "KIR"]),
]


def scanlined_share(origin: Point, range_km: float, shape: shapely.Geometry) -> float:
    """Share of a shape within a distance, by rows of points a tenth of a degree or less apart.

    No ring is drawn: every point is measured. Rows are weighted with the cosine of the latitude
    and the ellipsoid's scale.
    """
    rng = np.random.default_rng(12)
    west, south, east, north = shape.bounds
    inside = total = 0.0
    shapely.prepare(shape)
    for part in shapely.get_parts(shape):
        west, south, east, north = part.bounds
        count = int(np.clip(40_000 * part.area / shape.area, 60, 60_000))
        count = int(count * shapely.box(*part.bounds).area / part.area)
        lons, lats = rng.uniform(west, east, count), rng.uniform(south, north, count)
        kept = shapely.contains_xy(part, lons, lats)
        lons, lats = lons[kept], lats[kept]
        # area of a degree by a degree on the ellipsoid
        scale = np.cos(np.radians(lats)) / (1 - GEOD.es * np.sin(np.radians(lats)) ** 2) ** 2
        full = np.ones(len(lons))
        away = np.asarray(GEOD.inv(full * origin.x, full * origin.y, lons, lats)[2])
        weight = part.area * scale / max(1, len(lons))
        inside += float(weight[away <= range_km * 1000].sum())
        total += float(weight.sum())
    return inside / total


@pytest.mark.parametrize(
    ("origin", "range_km", "codes"), CASES, ids=[f"{case[1]} km" for case in CASES]
)
@pytest.mark.parametrize("view", ["de-jure", "de-facto"])
def test_shares_agree_with_an_overlay_in_another_projection(
    catalogue, first_screen, origin, range_km, codes, view
):
    """A dense ring by pyproj, a planar overlay, and areas on Lambert's plane: to 0.05 points."""
    table = coverage.coverage(catalogue, origin, range_km, replace(first_screen, borders=view))
    found = {row.iso3: row for row in table.rows}
    azimuths = np.linspace(360, 0, 2880, endpoint=False)
    full = np.ones(2880)
    lons, lats, _ = GEOD.fwd(full * origin.x, full * origin.y, azimuths, full * range_km * 1000)
    # in the plane about the origin the ring is a circle, and nothing is cut
    flat = f"+proj=aeqd +lat_0={origin.y} +lon_0={origin.x} +datum=WGS84"
    even = flat.replace("aeqd", "laea")
    to_flat = Transformer.from_crs(4326, flat, always_xy=True)
    ring = shapely.polygons(np.column_stack(to_flat.transform(lons, lats)))
    for iso3 in codes:
        shape = shapely.segmentize(borders.country(iso3, view).geometry, 0.1)
        laid = geopandas.GeoSeries([shape], crs=4326).to_crs(flat).make_valid()
        within = laid.intersection(ring).to_crs(even).area.sum()
        whole = laid.to_crs(even).area.sum()
        assert found[iso3].area_share == pytest.approx(within / whole, abs=5e-4), iso3


@pytest.mark.parametrize(("origin", "range_km", "codes"), CASES[:2], ids=["2000 km", "500 km"])
def test_shares_agree_with_counted_points(catalogue, first_screen, origin, range_km, codes):
    table = coverage.coverage(catalogue, origin, range_km, first_screen)
    found = {row.iso3: row for row in table.rows}
    for iso3 in codes:
        counted = scanlined_share(origin, range_km, borders.country(iso3, "de-jure").geometry)
        assert found[iso3].area_share == pytest.approx(counted, abs=0.01), iso3


def test_greece_from_tabriz_is_what_full_borders_say(catalogue, first_screen):
    rows = coverage.coverage(catalogue, TABRIZ, 2000, first_screen).rows
    assert next(row.area_share for row in rows if row.iso3 == "GRC") == pytest.approx(
        0.331, abs=5e-4
    )


def test_a_row_says_everything_about_a_country(catalogue, first_screen):
    rows = {row.iso3: row for row in coverage.coverage(catalogue, TABRIZ, 2000, first_screen).rows}
    greece = rows["GRC"]
    assert (greece.name, greece.capital, greece.nato_member) == ("Greece", "Athens", True)
    assert greece.capital_within
    assert greece.capital_km == pytest.approx(1976, abs=1)
    assert greece.area_km2 / greece.country_area_km2 == pytest.approx(greece.area_share)
    assert greece.country_area_km2 == pytest.approx(132_000, rel=0.01)  # CIA: 131,957 km²
    assert greece.people == catalogue.people["GRC"].people
    assert greece.people_year == 2025
    assert 1600 < greece.nearest_km < 1620
    assert not greece.whole
    assert rows["IRN"].nearest_km == 0
    assert rows["BGR"].capital_km == pytest.approx(2009, abs=1)
    assert not rows["BGR"].capital_within
    assert rows["IRQ"].whole
    assert "CHN" not in rows


def test_rows_begin_with_the_largest_share(catalogue, first_screen):
    rows = coverage.coverage(catalogue, TABRIZ, 2000, first_screen).rows
    keys = [(-row.area_share, row.name) for row in rows]
    assert keys == sorted(keys)
    assert all(0 < row.area_share <= 1 for row in rows)


def test_no_country_within_reach_is_left_out(catalogue, first_screen):
    """Every capital within has its row, and every country whose border is near enough."""
    table = coverage.coverage(catalogue, KALININGRAD, 2350, first_screen)
    found = {row.iso3 for row in table.rows}
    for city in catalogue.cities:
        away = GEOD.inv(KALININGRAD.x, KALININGRAD.y, city.lon, city.lat)[2] / 1000
        if city.capital and away < 2340:
            assert city.iso3 in found, city.name
    for country in borders.countries("de-jure"):
        points = shapely.get_coordinates(country.geometry)
        full = np.ones(len(points))
        nearest = np.min(GEOD.inv(full * 20.51, full * 54.71, *points.T)[2]) / 1000
        assert (country.iso3 in found) == (nearest < 2350) or country.iso3 is None, country.name


def test_totals_add_up(catalogue, first_screen):
    table = coverage.coverage(catalogue, TABRIZ, 2000, first_screen)
    nato = [row for row in table.rows if row.nato_member]
    assert {row.iso3 for row in nato} == {"TUR", "GRC", "BGR", "ROU"}
    assert table.nato.countries == 4
    assert table.nato.whole == 1  # Turkey
    assert table.nato.capitals == 3  # not Sofia
    assert table.all.countries == len(table.rows)
    assert table.nato.area_km2 == pytest.approx(sum(row.area_km2 for row in nato))
    assert table.nato.people == sum(catalogue.people[row.iso3].people for row in nato)
    ring = coverage.coverage(catalogue, TABRIZ, 2000, first_screen)
    assert ring.all.area_km2 < np.pi * 2000**2  # the rest is sea


def test_membership_is_that_of_the_day(catalogue, first_screen):
    on_2003 = replace(first_screen, as_of=dt.date(2003, 6, 1))
    rows = {row.iso3: row for row in coverage.coverage(catalogue, TABRIZ, 2000, on_2003).rows}
    assert rows["TUR"].nato_member
    assert not rows["BGR"].nato_member  # joined on 29 March 2004


def test_the_border_view_decides_whose_an_area_is(catalogue, first_screen):
    origin = Point(34.0, 45.2)  # in Crimea
    shares = {}
    for view in ("de-jure", "de-facto"):
        found = coverage.coverage(catalogue, origin, 150, replace(first_screen, borders=view))
        shares[view] = {row.iso3: row.area_km2 for row in found.rows}
    assert "RUS" not in shares["de-jure"] or shares["de-jure"]["RUS"] < 3000
    assert shares["de-facto"]["RUS"] > 20_000
    assert sum(shares["de-jure"].values()) == pytest.approx(sum(shares["de-facto"].values()))


def test_areas_of_countries_add_up_to_the_land_of_the_earth():
    for view in borders.VIEWS:
        total = sum(country.area_km2 for country in borders.countries(view))
        assert total == pytest.approx(147.0e6, rel=0.01)  # Natural Earth's land, lakes included
    from geo import geodesy

    for country in borders.countries("de-facto"):
        if country.iso3 in {"UKR", "RUS", "CYP", "SYR", "ISR", "MAR", "ESH", "SOM", "GRC", None}:
            measured = geodesy.area_m2(country.geometry) / 1e6
            assert country.area_km2 == pytest.approx(measured, rel=1e-5), country.name


def test_what_is_measured_from_a_figure_is_measured_from_all_its_origins(
    catalogue: Catalogue, first_screen: Scenario
):
    laydown = resolve(catalogue, replace(first_screen, phases=frozenset(PHASES)))
    (ring,) = laydown.rings
    table = coverage.of_figure(catalogue, laydown, ring.figure.id, ring.figure.reach_km)
    rows = {row.iso3: row for row in table.rows}
    assert rows["GRC"].area_share == pytest.approx(0.9548, abs=5e-4)
    assert rows["IRN"].whole
    assert rows["TUR"].nearest_km == 0


# -- what covers a place


def found_at(catalogue, laydown, lon, lat):
    return question.what_reaches(catalogue, laydown, question.Asked("", shapely.Point(lon, lat)))


def covers(catalogue: Catalogue, laydown: Laydown, lon: float, lat: float):
    return {one.figure.id: one for one in found_at(catalogue, laydown, lon, lat)}


def test_what_covers_bucharest_by_whose_figure(catalogue, first_screen, first_laydown):
    found = covers(catalogue, first_laydown, 26.10626, 44.43225)
    limit = next(iter(first_screen.figures))
    cover = found[limit]
    assert cover.within
    assert cover.distance_km == pytest.approx(1585, abs=1)
    assert cover.margin_km == pytest.approx(2000 - cover.distance_km)
    margins = [cover.margin_km for cover in found.values()]
    assert margins == sorted(margins, reverse=True)
    assert any(not cover.within for cover in found.values())


def test_the_origin_counts(catalogue, first_screen):
    scenario = first_screen.with_origin("iran", "tabriz")
    found = covers(catalogue, resolve(catalogue, scenario), 26.10626, 44.43225)
    cover = found[next(iter(first_screen.figures))]
    away = GEOD.inv(TABRIZ.x, TABRIZ.y, 26.10626, 44.43225)[2] / 1000
    assert cover.origin.id == "tabriz"
    assert cover.distance_km == pytest.approx(away, abs=15)


def test_interceptors_count_from_the_sites_of_the_day(catalogue, first_screen):
    today = covers(catalogue, resolve(catalogue, first_screen), 21.0, 52.2)
    before = resolve(catalogue, replace(first_screen, as_of=dt.date(2010, 1, 1)))
    then = covers(catalogue, before, 21.0, 52.2)
    sites = {cover.origin.id for cover in today.values()}
    assert "redzikowo" in sites
    assert "redzikowo" not in {cover.origin.id for cover in then.values()}


def test_a_band_may_reach_with_its_upper_end_only(catalogue, first_laydown):
    found = found_at(catalogue, first_laydown, 26.10626, 44.43225)
    some = [cover for cover in found if cover.upper_only]
    for cover in some:
        assert cover.figure.low_km < cover.distance_km <= cover.figure.high_km
    classes = [cover for cover in found if cover.system.kind == "statement"]
    for cover in classes:
        if cover.figure.is_band and cover.within:
            assert cover.figure.low_km <= cover.distance_km


def test_what_reaches_a_place_does_not_depend_on_what_is_switched_on(catalogue, first_screen):
    bare = replace(first_screen, phases=frozenset(), hidden=frozenset({"side-russia"}))
    every = replace(first_screen, layers=catalogue.offer.layers)
    with_none, with_all = (
        covers(catalogue, resolve(catalogue, one), 32.86, 39.93) for one in (bare, every)
    )
    assert with_none == with_all
    origins = {cover.origin.layer for cover in with_none.values()}
    assert {"russian-sites", "early-warning"} <= origins


def test_a_treaty_class_holds_nothing_nearer_than_its_lower_end(catalogue, first_laydown):
    found = covers(catalogue, first_laydown, 44.4, 33.3).values()  # Baghdad, beside Iran
    classes = [one for one in found if one.system.kind == "statement" and one.figure.is_band]
    nearer = [one for one in classes if one.distance_km < one.figure.low_km]
    assert nearer and not any(one.within for one in nearer)
    assert all(one.margin_km > 0 for one in nearer)


def test_a_place_too_far_in_the_sector_is_not_said_to_be_beside_it(catalogue, first_screen):
    shown = resolve(catalogue, first_screen)
    sectors = [one for one in catalogue.figures.values() if one[1].sector_deg is not None]
    assert sectors
    site = catalogue.sites["kurecik"].geometry
    held = [pair for pair in sectors if pair[0].id in catalogue.sites["kurecik"].systems]
    for _, stated in held:
        west, east = stated.sector_deg
        for azimuth, inside in (((west + east) / 2, True), ((west + east) / 2 + 180, False)):
            far_m = (stated.reach_km + 500) * 1000
            lon, lat, _ = GEOD.fwd(site.x, site.y, azimuth, far_m)
            cover = covers(catalogue, shown, lon, lat)[stated.id]
            assert (cover.in_sector, cover.within) == (inside, False)
    assert held
