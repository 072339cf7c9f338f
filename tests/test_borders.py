"""Borders: both views are whole, valid, and say what the note says."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo import basemap, borders
from geo.borders import DE_FACTO, DE_JURE, VIEWS
from geo.errors import BordersError

ROOT = Path(__file__).resolve().parent.parent
CHANGED = {"CYP", "ESH", "ISR", "MAR", "RUS", "SOM", "SYR", "UKR"}

# Every land hole of the source: a point in it, and whose it is in the two views. None is sea.
HOLES = [
    ("Caspian Sea", 50.5244, 41.8519, None, None),
    ("Golan", 35.7287, 33.0341, "Syria", "Israel"),
    ("Abyei", 28.4248, 9.6696, "Abyei", "Abyei"),
    ("southern Patagonia", -73.3150, -49.5190, *["Southern Patagonian Ice Field"] * 2),
    ("Masoller", -55.9586, -30.9635, *["Masoller (Rincón de Artigas)"] * 2),
    ("sliver by Bir Tawil", 33.6439, 21.7210, "Bir Tawil", "Bir Tawil"),
    ("sliver 1 on 22 N", 34.3733, 22.2378, "Egypt", "Egypt"),
    ("sliver 2 on 22 N", 34.8028, 22.5533, "Egypt", "Egypt"),
    ("sliver 3 on 22 N", 35.3880, 22.9400, "Egypt", "Egypt"),
]

# Place, longitude, latitude, whose de jure, whose de facto (the same where one name is given).
PLACES = [
    ("Simferopol", 34.10, 44.95, "Ukraine", "Russia"),
    ("Sevastopol", 33.53, 44.60, "Ukraine", "Russia"),
    ("Armiansk", 33.69, 46.105, "Ukraine", "Russia"),
    ("Henichesk", 34.80, 46.17, "Ukraine"),
    ("Strilkove on the Arabat spit", 34.87, 45.90, "Ukraine"),
    ("Donetsk", 37.80, 48.00, "Ukraine"),
    ("Sukhumi", 41.02, 43.00, "Georgia"),
    ("Tskhinvali", 43.97, 42.23, "Georgia"),
    ("Tiraspol", 29.60, 46.84, "Moldova"),
    ("Kyrenia", 33.32, 35.33, "Cyprus", "Northern Cyprus"),
    ("Famagusta", 33.94, 35.12, "Cyprus", "Northern Cyprus"),
    ("Kokkina", 32.62, 35.175, "Cyprus", "Northern Cyprus"),
    ("Nicosia, south", 33.36, 35.16, "Cyprus"),
    ("Akrotiri", 32.98, 34.60, "Akrotiri (UK Sovereign Base Area)"),
    ("Pristina", 21.16, 42.66, "Kosovo"),
    ("Laayoune", -13.20, 27.15, "Western Sahara", "Morocco"),
    ("Tifariti", -10.57, 26.16, "Western Sahara"),
    ("Ramallah", 35.20, 31.90, "Palestine"),
    ("Gaza", 34.45, 31.50, "Palestine"),
    ("East Jerusalem", 35.235, 31.78, "Israel"),
    ("Majdal Shams", 35.77, 33.27, "Syria", "Israel"),
    ("Quneitra", 35.82, 33.12, "Syria"),
    ("Taipei", 121.50, 25.04, "Taiwan"),
    ("Kaliningrad", 20.51, 54.71, "Russia"),
    ("Hargeisa", 44.06, 9.56, "Somalia", "Somaliland"),
    ("Bosaso", 49.18, 11.28, "Somalia"),
    ("Bir Tawil", 33.75, 21.87, "Bir Tawil"),
    ("Halaib", 36.30, 22.30, "Egypt"),
    ("Srinagar", 74.80, 34.08, "India"),
    ("Guantánamo Bay", -75.12, 19.93, "Cuba"),
    ("69 N in Norway", 19.0, 69.0, "Norway"),
    ("69 N in Sweden", 20.8, 69.0, "Sweden"),
    ("69 N in Finland", 27.0, 69.0, "Finland"),
    ("69 N in the Norwegian Sea", 5.0, 69.0, None),
]


@pytest.fixture(scope="module", params=VIEWS)
def whole(request: pytest.FixtureRequest) -> tuple[borders.Country, ...]:
    return borders.countries(request.param)


def test_a_view_is_a_valid_coverage(whole: tuple[borders.Country, ...]) -> None:
    shapes = [country.geometry for country in whole]
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


def test_rings_and_numbers_follow_rfc_7946(whole: tuple[borders.Country, ...]) -> None:
    for country in whole:
        points = shapely.get_coordinates(country.geometry)
        assert (np.abs(points[:, 0]) <= 180).all()
        assert (np.abs(points[:, 1]) <= 90).all()
        assert (points == np.round(points, 7)).all(), country.name
        for part in shapely.get_parts(country.geometry):
            assert part.exterior.is_ccw, country.name
            assert not any(ring.is_ccw for ring in part.interiors), country.name


def test_codes_are_unique(whole: tuple[borders.Country, ...]) -> None:
    codes = [country.iso3 for country in whole if country.iso3]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 3 and code.isupper() for code in codes)
    assert {c.status for c in whole} == {"country", "dependency", "disputed", "undetermined"}
    assert len({country.name for country in whole}) == len(whole)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[0])
def test_whose_a_place_is(place: tuple[str, float, float, str]) -> None:
    _, lon, lat, *owners = place
    for view, owner in zip(VIEWS, (owners[0], owners[-1]), strict=True):
        found = borders.country_at(lon, lat, view)
        assert (found.name if found else None) == owner, view


@pytest.mark.parametrize("hole", HOLES, ids=lambda hole: hole[0])
def test_every_hole_of_the_source_is_decided(hole: tuple[str, float, float, str, str]) -> None:
    _, lon, lat, *owners = hole
    for view, owner in zip(VIEWS, owners, strict=True):
        found = borders.country_at(lon, lat, view)
        assert (found.name if found else None) == owner, view


def test_the_caspian_is_the_only_hole_left(whole: tuple[borders.Country, ...]) -> None:
    land = shapely.coverage_union_all([country.geometry for country in whole])
    rings = [shapely.Polygon(r) for part in shapely.get_parts(land) for r in part.interiors]
    assert len(rings) == 1
    assert rings[0].contains(shapely.Point(50.5244, 41.8519))


def test_areas_without_a_code_inflate_nobody() -> None:
    undetermined = {c.name for c in borders.countries(DE_JURE) if c.status == "undetermined"}
    assert undetermined == {
        "Abyei",
        "Antarctica",
        "Bir Tawil",
        "Brazilian Island (Isla Brasilera)",
        "Masoller (Rincón de Artigas)",
        "Scarborough Shoal",
        "Southern Patagonian Ice Field",
        "Spratly Islands",
    }


def test_de_facto_changes_nothing_else() -> None:
    before = {c.iso3 or c.name: c for c in borders.countries(DE_JURE)}
    after = {c.iso3 or c.name: c for c in borders.countries(DE_FACTO)}
    assert set(after) - set(before) == {"Northern Cyprus", "Somaliland"}
    changed = {key for key in before if not before[key].geometry.equals(after[key].geometry)}
    assert changed == CHANGED
    total = [sum(c.geometry.area for c in view.values()) for view in (before, after)]
    assert total[0] == pytest.approx(total[1], rel=1e-12)


def test_a_cut_leaves_no_slivers() -> None:
    """No country has a new scrap of land where an area was cut out of it."""
    for iso3 in CHANGED:
        before = shapely.get_parts(borders.country(iso3, DE_JURE).geometry)
        after = shapely.get_parts(borders.country(iso3, DE_FACTO).geometry)
        smallest = min(part.area for part in before)
        assert min(part.area for part in after) >= min(smallest, 1e-3), iso3


def test_disputed_areas_have_an_authority() -> None:
    features = json.loads((ROOT / "data" / "disputed.geojson").read_text("utf-8"))["features"]
    for feature in features:
        properties = feature["properties"]
        assert set(properties) == {*("id", "name", "de_jure", "de_facto", "authority", "area_km2")}
        assert "resolution" in properties["authority"]
        area = shapely.geometry.shape(feature["geometry"])
        owner = borders.country(properties["de_jure"], DE_JURE).geometry
        # Its corners lie in its owner's land; areas that share vertices differ by no area at all.
        assert shapely.difference(area, owner).area == 0, properties["id"]


def test_russia_is_cut_at_the_date_line() -> None:
    russia = borders.country("RUS", DE_JURE).geometry
    area_m2, _ = Geod(ellps="WGS84").geometry_area_perimeter(russia)
    assert area_m2 == pytest.approx(17.1e12, rel=0.01)


def test_part_gives_kaliningrad_alone() -> None:
    exclave = borders.part("RUS", 20.51, 54.71, DE_JURE)
    west, south, east, north = exclave.bounds
    assert (19 < west < 20) and (22 < east < 23) and (54 < south < 55) and (55 < north < 56)


@pytest.mark.parametrize("view", VIEWS)
def test_the_basemap_is_whole_and_small(view: str) -> None:
    name = basemap.land(view)
    content = (ROOT / "static" / name).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    entry = json.loads((ROOT / "data" / "basemap.json").read_text("utf-8"))[view]
    assert name == f"basemap-{view}-{digest[:8]}.geojson"
    assert (entry["sha256"], entry["bytes"]) == (digest, len(content))
    assert len(gzip.compress(content)) <= 300_000
    features = basemap.features(view)
    shapes = [shape for _, _, shape in features]
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert not shapely.is_empty(shapes).any()
    wanted = {(c.iso3, c.name) for c in borders.countries(view)}
    assert {(iso3, label) for iso3, label, _ in features} == wanted


def test_no_stale_basemap_lies_about() -> None:
    here = {path.name for path in (ROOT / "static").glob("basemap-de-*.geojson")}
    assert here == {basemap.land(view) for view in VIEWS}


@pytest.mark.parametrize("view", VIEWS)
def test_the_note_fits_and_names_the_disputes(view: str) -> None:
    note = borders.note(view)
    assert len(note) <= 420
    places = (
        "Crimea, Northern Cyprus, Golan, Kosovo, Taiwan, Western Sahara, Palestine, "
        "East Jerusalem, Somaliland, Natural Earth, nobody's official map, front lines, as-of date"
    )
    for place in places.split(", "):
        assert place in note


def test_unknown_views_and_codes_are_named() -> None:
    for call in (borders.countries, basemap.land, basemap.features, borders.note):
        with pytest.raises(BordersError, match=r"'un'.*de-jure, de-facto"):
            call("un")
    for code in ("XXX", "irn", ""):
        with pytest.raises(BordersError, match=f"'{code}'.*alpha-3"):
            borders.country(code, DE_JURE)
    with pytest.raises(BordersError, match="IRN has no land at longitude 35"):
        borders.part("IRN", 35.0, 51.0, DE_JURE)


def test_missing_and_broken_files_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BordersError, match=r"index\.json cannot be read.*its script"):
        borders.countries(DE_JURE, tmp_path)
    monkeypatch.setattr(basemap, "DATA", tmp_path)
    with pytest.raises(BordersError, match=r"basemap\.json cannot be read"):
        basemap.land(DE_JURE)
    data = tmp_path / "data"
    monkeypatch.setattr(basemap, "DATA", data)
    (data / "countries").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "basemap.json", data)
    shutil.copy(ROOT / "data" / "countries" / "index.json", data / "countries")
    with pytest.raises(BordersError, match=r"basemap-de-jure-\w{8}\.geojson is missing"):
        basemap.land(DE_JURE)
    with pytest.raises(BordersError, match=r"IRN\.geojson cannot be read"):
        borders.country("IRN", DE_JURE, data)
    (data / "countries" / "IRN.geojson").write_text("{}", encoding="utf-8")
    with pytest.raises(BordersError, match=r"IRN\.geojson is not GeoJSON"):
        borders.country("IRN", DE_JURE, data)
    (data / "disputed.geojson").write_text("{", encoding="utf-8")
    with pytest.raises(BordersError, match=r"disputed\.geojson is not JSON"):
        borders.country_at(34.1, 44.95, DE_FACTO, data)
