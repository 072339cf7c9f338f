"""GeoJSON, GeoPackage and KML: read back, they give the same features and say where from."""

import dataclasses
import io
import json
import re
import sqlite3
import subprocess
from collections import Counter
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import geopandas
import pytest
import shapely
from shapely.geometry import shape

from geo import features as listed
from geo import files, geofile, legend, palette
from geo.catalogue import Catalogue, load
from geo.features import FIELDS, TITLES, Feature
from geo.kml import kml
from geo.laydown import Laydown, resolve
from geo.provenance import provenance
from tests.rfc7946 import assert_rfc_7946, assert_valid_geojson

SCENES = [scene.id for scene in load().scenes]
KML = "{http://www.opengis.net/kml/2.2}"


def of_scene(catalogue: Catalogue, scene: str) -> Laydown:
    return resolve(catalogue, files.asked(catalogue, scene)[0])


def drawn(catalogue: Catalogue, laydown: Laydown) -> tuple[Feature, ...]:
    urls = {key: source.url for key, source in catalogue.sources.items() if source.url}
    return listed.features(laydown, urls)


def package(catalogue: Catalogue, laydown: Laydown, folder: Path) -> Path:
    path = folder / "map.gpkg"
    geofile.geopackage(catalogue, laydown, path)
    return path


@pytest.mark.parametrize("scene", SCENES)
def test_everything_drawn_is_a_feature(catalogue, scene):
    laydown = of_scene(catalogue, scene)
    counts = Counter(one.layer for one in drawn(catalogue, laydown))
    points = [mark for mark in laydown.marks if mark.shape.geom_type == "Point"]
    assert counts["sites"] == len(points)
    assert counts["areas"] == len(laydown.marks) - len(points)
    assert counts["ranges"] == len(laydown.rings)
    assert counts["range_lines"] == sum(len(ring.edges) for ring in laydown.rings)
    assert counts["countries"] == len(legend.country_tints(laydown))


@pytest.mark.parametrize("scene", SCENES)
def test_geojson_is_rfc_7946_and_gives_the_features_back(catalogue, scene):
    laydown = of_scene(catalogue, scene)
    text = geofile.geojson(catalogue, laydown)
    document = json.loads(text)
    wanted = drawn(catalogue, laydown)
    assert_valid_geojson({key: document[key] for key in ("type", "features")})
    for made, feature in zip(document["features"], wanted, strict=True):
        assert made["id"] == f"{feature.layer}/{feature.id}"
        assert made["properties"] == {"layer": feature.layer, **feature.properties}
        assert shapely.equals_exact(shape(made["geometry"]), feature.shape, tolerance=0)
        if feature.layer in {"ranges", "areas"}:
            assert_rfc_7946(feature.shape)
    if not wanted:
        return
    read = geopandas.read_file(io.StringIO(text), engine="pyogrio")
    assert len(read) == len(wanted)
    assert read.crs.to_epsg() == 4326


@pytest.mark.parametrize("scene", SCENES)
def test_a_geopackage_gives_the_features_back(catalogue, scene, tmp_path):
    laydown = of_scene(catalogue, scene)
    path = package(catalogue, laydown, tmp_path)
    wanted = drawn(catalogue, laydown)
    for name, fields in FIELDS.items():
        rows = [one for one in wanted if one.layer == name]
        read = geopandas.read_file(path, layer=name, engine="pyogrio")
        assert list(read.columns) == [*fields, "geometry"]
        assert len(read) == len(rows)
        for (_, found), row in zip(read.iterrows(), rows, strict=True):
            for field in fields:
                value = None if geopandas.pd.isna(found[field]) else found[field]
                assert value == row.properties[field], (name, row.id, field)
            parts, mine = (shapely.get_parts(one) for one in (found.geometry, row.shape))
            assert shapely.equals_exact(parts, mine, tolerance=0).all()


def test_the_same_drawing_gives_the_same_geopackage(catalogue, first_laydown, tmp_path):
    first, second = (files.make(catalogue, first_laydown, files.FORMATS[".gpkg"]) for _ in range(2))
    assert first == second


def test_every_file_says_where_it_comes_from(catalogue, first_laydown, tmp_path):
    page = "https://atlas.example/map"
    query = "v=2026.11"
    title = "declared range"
    for kind in files.FORMATS.values():
        content = files.make(catalogue, first_laydown, kind, page)
        text = content.decode("utf-8", errors="replace")
        if kind.suffix == ".gpkg":  # pages of a database, not a running text
            path = tmp_path / "map.gpkg"
            path.write_bytes(content)
            with closing(sqlite3.connect(path)) as database:
                text = "\n".join(map(str, database.execute("SELECT * FROM provenance"))) + str(
                    list(database.execute("SELECT * FROM sources"))
                )
        for needed in (page, query, "2026.11", "de-jure", "CC BY 4.0", "2017"):
            assert needed in text.replace("&amp;", "&"), (kind.suffix, needed)
        assert title in text.casefold() or kind.suffix == ".csv", kind.suffix
        assert "arms control association" in text.casefold(), kind.suffix


def test_the_link_of_a_file_restores_the_drawing(catalogue):
    for scene in SCENES:
        laydown = of_scene(catalogue, scene)
        link = json.loads(geofile.geojson(catalogue, laydown))["metadata"]["link"]
        again, page, warnings = files.asked(catalogue, link)
        assert (again, page, warnings) == (laydown.scenario, "", ())


def test_sources_in_the_file_are_those_its_features_cite(catalogue):
    for scene in SCENES:
        document = json.loads(geofile.geojson(catalogue, of_scene(catalogue, scene)))
        held = {source["id"] for source in document["metadata"]["sources"]}
        for feature in document["features"]:
            said = feature["properties"]
            cited = {said["source"]} if "source" in said else set(said.get("sources", "").split())
            assert cited <= held, (scene, feature["id"])


def test_the_styles_have_the_colours_and_dashes_of_the_legend(catalogue, tmp_path):
    laydown = of_scene(catalogue, "declared-assessed")
    with closing(sqlite3.connect(package(catalogue, laydown, tmp_path))) as database:
        found = dict(
            database.execute(
                "SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault = 1 "
                "AND f_geometry_column = 'geom'"
            )
        )
        listed_as = set(
            database.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall()
        )
    assert set(found) == set(FIELDS)
    assert {(name, "features") for name in FIELDS} < listed_as
    assert {(name, "attributes") for name in ("layer_styles", "sources", "provenance")} < listed_as
    for ring in laydown.rings:
        root = ET.fromstring(found["range_lines"])
        rule = next(
            rule
            for rule in root.iter("rule")
            if f"'{ring.system.side}'" in rule.get("filter", "")
            and f"'{ring.figure.basis}'" in rule.get("filter", "")
        )
        symbol = next(one for one in root.iter("symbol") if one.get("name") == rule.get("symbol"))
        options = {one.get("name"): one.get("value") for one in symbol.iter("Option")}
        colour = palette.SIDE_COLOUR[ring.system.side]
        rgb = ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
        assert options["line_color"] == f"{rgb},255"
        dashed = any(palette.BASIS[ring.figure.basis].dash)
        assert options["use_custom_dash"] == str(int(dashed))


@pytest.mark.parametrize("scene", SCENES)
def test_every_feature_has_exactly_one_rule_of_its_layer(catalogue, scene, tmp_path):
    """Run the filters as SQL, which QGIS's own are for so plain a case."""
    laydown = of_scene(catalogue, scene)
    with closing(sqlite3.connect(package(catalogue, laydown, tmp_path))) as database:
        styles = dict(database.execute("SELECT f_table_name, styleQML FROM layer_styles"))
        for name, text in styles.items():
            rules = [rule.get("filter") for rule in ET.fromstring(text).iter("rule")]
            counts = [
                database.execute(f"SELECT count(*) FROM {name} WHERE {rule}").fetchone()[0]
                for rule in rules
            ]
            total = database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            assert sum(counts) == total
            assert all(counts)


def ogr(*arguments: str | Path) -> str:
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr and "Warning" not in done.stderr, done.stderr
    return done.stdout


def reread(path: Path, layer: str, folder: Path) -> dict:
    out = folder / f"{layer}.geojson"
    ogr("ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15", out, path, layer)
    return json.loads(out.read_text("utf-8"))


@pytest.mark.gdal
@pytest.mark.parametrize("scene", SCENES)
def test_gdal_reads_the_geopackage(catalogue, scene, tmp_path):
    laydown = of_scene(catalogue, scene)
    path = package(catalogue, laydown, tmp_path)
    counts = Counter(one.layer for one in drawn(catalogue, laydown))
    found = ogr("ogrinfo", "-so", "-al", path)
    for name, kind in geofile.KINDS.items():
        part = found.split(f"Layer name: {name}\n")[1].split("Layer name:")[0]
        assert f"Feature Count: {counts[name]}\n" in part
        assert re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind) in part
        assert 'ID["EPSG",4326]' in part
    assert "Layer name: layer_styles" in found


@pytest.mark.gdal
@pytest.mark.parametrize("scene", SCENES)
def test_gdal_reads_the_kml_with_its_fields_and_styles(catalogue, scene, tmp_path):
    laydown = of_scene(catalogue, scene)
    path = tmp_path / "map.kml"
    path.write_text(kml(catalogue, laydown), encoding="utf-8")
    wanted = drawn(catalogue, laydown)
    for name in FIELDS:
        rows = [one for one in wanted if one.layer == name]
        if not rows:
            assert TITLES[name] not in ogr("ogrinfo", path)
            continue
        read = reread(path, TITLES[name], tmp_path)["features"]
        assert len(read) == len(rows)
        for found, row in zip(read, rows, strict=True):
            assert found["properties"]["Name"] == row.properties["name"]
            for field in FIELDS[name]:
                value = row.properties[field]
                if field != "name" and value is not None:
                    assert found["properties"][field] == value, (row.id, field)
            parts = shapely.get_parts(shape(found["geometry"]))
            mine = shapely.get_parts(row.shape)
            parts, mine = (shapely.force_2d(shapely.normalize(one)) for one in (parts, mine))
            assert shapely.equals_exact(parts, mine, tolerance=1e-12).all()
        shown = ogr("ogrinfo", "-al", path, TITLES[name])
        assert shown.count("Style = @") == len(rows)


def test_kml_styles_have_the_colours_of_the_legend(catalogue, first_laydown):
    root = ET.fromstring(kml(catalogue, first_laydown))
    styles = {one.get("id"): one for one in root.iter(f"{KML}Style")}
    used = {one.text.removeprefix("#") for one in root.iter(f"{KML}styleUrl")}
    assert used == set(styles)
    line = styles["range-lines-iran-declared"].find(f"{KML}LineStyle/{KML}color")
    red, green, blue = (palette.SIDE_COLOUR["Iran"][at : at + 2].lower() for at in (1, 3, 5))
    assert line.text == f"ff{blue}{green}{red}"
    fill = styles["ranges-iran"].find(f"{KML}PolyStyle/{KML}color")
    assert int(fill.text[:2], 16) == palette.REACH_ALPHA


def test_the_parts_of_the_kml_stand_in_the_order_of_its_schema(catalogue, first_laydown):
    document = ET.fromstring(kml(catalogue, first_laydown))[0]
    order = list(dict.fromkeys(one.tag.removeprefix(KML) for one in document))
    assert order == ["name", "description", "Style", "ExtendedData", "Schema", "Folder"]
    for placemark in document.iter(f"{KML}Placemark"):
        tags = [one.tag.removeprefix(KML) for one in placemark]
        assert tags[:3] == ["name", "styleUrl", "ExtendedData"] and len(tags) == 4


def test_hostile_names_stay_text(catalogue, first_laydown, tmp_path):
    hostile = "</name><script>alert(1)</script> & ]]> \x00\x0b ' \" =1+1"
    marks = tuple(
        dataclasses.replace(
            mark, site=mark.site.model_copy(update={"name": hostile, "label": None})
        )
        for mark in first_laydown.marks
    )
    changed = dataclasses.replace(first_laydown, marks=marks)
    root = ET.fromstring(kml(catalogue, changed))
    names = [one.text for one in root.iter(f"{KML}name")]
    assert sum("<script>alert(1)</script>" in name for name in names) >= 4
    assert not [one for one in root.iter() if one.tag.endswith("}script")]
    assert hostile in {
        one["properties"]["name"]
        for one in json.loads(geofile.geojson(catalogue, changed))["features"]
    }
    package(catalogue, changed, tmp_path)


def test_an_empty_map_is_an_empty_file_that_says_why(catalogue):
    scenario = files.asked(catalogue, "?phases=none&show=none&layers=none")[0]
    laydown = resolve(catalogue, scenario)
    document = json.loads(geofile.geojson(catalogue, laydown))
    assert document["features"] == []
    assert "Switch on a phase" in " ".join(document["metadata"]["notes"])
    assert "Switch on a phase" in kml(catalogue, laydown)


def test_caveats_stand_in_the_files(catalogue, first_screen):
    asked = dataclasses.replace(first_screen, figures=frozenset({"sm-3-iia-rand-2020"}))
    shown = resolve(catalogue, asked)
    caveat = "Stated reach of the interceptor, not the area it defends."
    ranges = [one for one in listed.features(shown, {}) if one.layer == "ranges"]
    assert ranges and all(caveat in one.properties["note"] for one in ranges)
    assert caveat in geofile.geojson(catalogue, shown)
    text = kml(catalogue, shown)
    made = provenance(catalogue, shown)
    for words in (caveat, made.caption.borders, made.caption.credit):
        assert escape(words) in text, words
