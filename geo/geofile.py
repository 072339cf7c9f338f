"""A Laydown as a file for a GIS: GeoJSON, and GeoPackage with the styles that QGIS looks for.

Job: features and their provenance in two formats. Ban: nothing is measured or worded here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from shapely.geometry import mapping

from geo import qgis
from geo.catalogue import Catalogue
from geo.features import FIELDS, TITLES, Feature, LayerName, features
from geo.laydown import Laydown
from geo.provenance import Provenance, provenance, source_record

__all__ = ["geojson", "geopackage"]

KINDS: Mapping[LayerName, str] = {
    "countries": "MultiPolygon",
    "ranges": "MultiPolygon",
    "range_lines": "MultiLineString",
    "areas": "MultiPolygon",
    "sites": "Point",
}


def geojson(catalogue: Catalogue, laydown: Laydown, page: str = "") -> str:
    """Write a Laydown as one RFC 7946 feature collection.

    ``metadata`` beside the features (a foreign member) says where it comes from. Every feature
    has all fields of its layer, null where nothing is known, and ``layer`` names the layer.
    """
    made = provenance(catalogue, laydown, page)
    found = _features(catalogue, laydown)
    document = {
        "type": "FeatureCollection",
        "metadata": made.record(),
        "features": [
            {
                "type": "Feature",
                "id": f"{one.layer}/{one.id}",
                "properties": {"layer": one.layer, **one.properties},
                "geometry": mapping(one.shape),
            }
            for one in found
        ],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def geopackage(catalogue: Catalogue, laydown: Laydown, path: Path, page: str = "") -> None:
    """Write a Laydown as a GeoPackage.

    Layers as in `features`, always all of them; the tables ``sources`` and ``provenance``
    (key, value); and ``layer_styles``, the table in which QGIS looks for the look of a layer.

    Parameters
    ----------
    catalogue, laydown, page
        As `provenance` takes them.
    path
        Of a file that does not exist yet.
    """
    import pyogrio  # noqa: PLC0415 - GDAL is heavy
    from geopandas import GeoDataFrame  # noqa: PLC0415

    made = provenance(catalogue, laydown, page)
    found = _features(catalogue, laydown)
    for name, fields in FIELDS.items():
        rows = [one for one in found if one.layer == name]
        columns = {
            field: _column([row.properties[field] for row in rows], kind)
            for field, kind in fields.items()
        }
        # GeoPackage keeps "fid" to itself; ids stay a column of their own
        frame = GeoDataFrame(columns, geometry=[row.shape for row in rows], crs=4326)
        pyogrio.write_dataframe(
            frame,
            path,
            layer=name,
            driver="GPKG",
            append=path.exists(),
            geometry_type=KINDS[name],
            promote_to_multi=KINDS[name].startswith("Multi"),
            dataset_options=None if path.exists() else {"VERSION": "1.3"},
            layer_options={"DESCRIPTION": TITLES[name], "GEOMETRY_NAME": "geom"},
        )
    with closing(sqlite3.connect(path)) as database, database:
        _tables(database, made)
        _styles(database, found)
        # not the clock: the same drawing gives the same file
        day = f"{catalogue.edition.as_of.last}T00:00:00.000Z"
        database.execute("UPDATE gpkg_contents SET last_change = ?", (day,))


def _features(catalogue: Catalogue, laydown: Laydown) -> tuple[Feature, ...]:
    urls = {key: source.url for key, source in catalogue.sources.items() if source.url}
    return features(laydown, urls)


def _column(values: Sequence[object], kind: type) -> Any:
    """Return a typed column, which an empty layer needs."""
    import pandas as pd  # noqa: PLC0415

    names = {str: "string", float: "Float64", bool: "boolean"}
    return pd.array(list(values), dtype=names[kind])  # type: ignore[call-overload]


def _tables(database: sqlite3.Connection, made: Provenance) -> None:
    """Write the tables that say where the layers come from."""
    database.execute(
        "CREATE TABLE provenance (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
        "key TEXT NOT NULL, value TEXT NOT NULL)"
    )
    database.executemany("INSERT INTO provenance (key, value) VALUES (?, ?)", made.lines().items())
    _register(database, "provenance", "Where the layers come from")
    database.execute(
        "CREATE TABLE sources (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, id TEXT NOT NULL, "
        "title TEXT, publisher TEXT, date TEXT, url TEXT, language TEXT, role TEXT, note TEXT)"
    )
    database.executemany(
        "INSERT INTO sources (id, title, publisher, date, url, language, role, note) "
        "VALUES (:id, :title, :publisher, :date, :url, :language, :role, :note)",
        [source_record(source) for source in made.sources],
    )
    _register(database, "sources", "Sources behind what is drawn")


def _styles(database: sqlite3.Connection, found: Sequence[Feature]) -> None:
    """Write the look of every layer where QGIS looks for it; its columns are QGIS's own."""
    database.execute(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
        "f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), "
        "f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
        "useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), "
        "update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"
    )
    database.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
        "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
        "update_time) VALUES ('', '', ?, 'geom', 'EPAA Atlas', ?, '', 1, ?, '', NULL)",
        [
            (name, qgis.qml(name, [one for one in found if one.layer == name]), TITLES[name])
            for name in FIELDS
        ],
    )
    _register(database, "layer_styles", "Looks of the layers")


def _register(database: sqlite3.Connection, table: str, description: str) -> None:
    """Make a table known as one without geometry."""
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) "
        "VALUES (?, 'attributes', ?, ?)",
        (table, table, description),
    )
