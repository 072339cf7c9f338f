"""Every file of a Laydown behind one door: what formats there are, made in memory, written whole.

Job: pick the maker by format; write so that no half file is left. Ban: no content of its own.
"""

from __future__ import annotations

import difflib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from geo import export, geofile, standalone
from geo.bibliography import bibliography
from geo.catalogue import Catalogue
from geo.errors import FileError, ScenarioError
from geo.kml import kml
from geo.laydown import Laydown
from geo.link import parse
from geo.provenance import provenance
from geo.scenario import Scenario
from geo.scenes import from_link

__all__ = ["FORMATS", "Format", "asked", "format_of", "make", "write"]


@dataclass(frozen=True)
class Format:
    """A kind of file."""

    suffix: str
    """Ending of its name, with the full stop."""
    name: str
    """As printed."""
    mime: str
    holds: str
    """What is in it, in one line."""
    stem: str = "map"
    """What its name says it is."""


FORMATS: Mapping[str, Format] = {
    one.suffix: one
    for one in (
        Format(
            ".html",
            "Web page",
            "text/html",
            "The map with phase switches and legend in one file that needs no network.",
        ),
        Format(
            ".geojson",
            "GeoJSON",
            "application/geo+json",
            "Sites, areas and ranges for any GIS or web map, with sources and link.",
        ),
        Format(
            ".gpkg",
            "GeoPackage",
            "application/geopackage+sqlite3",
            "The same as layers with colours and dashes for QGIS, and tables of sources.",
        ),
        Format(
            ".kml",
            "KML",
            "application/vnd.google-earth.kml+xml",
            "The same for globe viewers, in folders, with colours.",
        ),
        Format(
            ".csv",
            "CSV",
            "text/csv",
            "Every country within every range drawn: share, capital, people.",
            "coverage",
        ),
        Format(
            ".bib",
            "BibTeX",
            "application/x-bibtex",
            "The sources behind this map, for a bibliography.",
            "sources",
        ),
    )
}


def format_of(path: Path) -> Format:
    """Return the format that a file's name asks for.

    Raises
    ------
    FileError
        If its ending is none of `FORMATS`.
    """
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        msg = f"'{path.name}' does not say its format; end the name in {', '.join(FORMATS)}"
        raise FileError(msg)
    return found


def asked(catalogue: Catalogue, link: str) -> tuple[Scenario, str, tuple[str, ...]]:
    """Read a scene's id, an address, or a query with or without its question mark.

    Returns
    -------
    The scenario, the address of the page (empty if none was given), and one sentence for each
    thing that was not understood.

    Raises
    ------
    ScenarioError
        If it is neither.
    """
    scenes = {scene.id: scene for scene in catalogue.scenes}
    text = link.strip()
    if text in scenes:
        return parse(scenes[text].choices, catalogue.offer)[0], "", ()
    if "?" not in text and "=" not in text:
        near = difflib.get_close_matches(text, scenes, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"the scenes are {', '.join(scenes)}"
        msg = f"'{text[:60]}' is no scene and no link; {hint}"
        raise ScenarioError(msg)
    try:
        parts = urlsplit(text if "?" in text else f"?{text}")
    except ValueError as error:
        msg = f"'{text[:60]}' is no address ({error}); copy the link from the page"
        raise ScenarioError(msg) from error
    page = ""
    if parts.scheme in {"http", "https"} and parts.hostname:
        # no name and password, which an address may carry
        host = parts.netloc.rpartition("@")[2]
        page = urlunsplit((parts.scheme, host, parts.path, "", ""))
    scenario, warnings = from_link(f"?{parts.query}", catalogue.offer)
    return scenario, page, warnings


def make(
    catalogue: Catalogue,
    laydown: Laydown,
    kind: Format,
    page: str = "",
    progress: Callable[[str], None] = lambda _: None,
) -> bytes:
    """Make a file of a Laydown in memory.

    Parameters
    ----------
    catalogue, laydown
        What is drawn.
    kind
        One of `FORMATS`.
    page
        Address of the page, without a query; the link in the file begins with it.
    progress
        Called with a few words before each part of long work.

    Raises
    ------
    FileError
        If a GeoPackage finds no room on the way, or a part of the web page is missing.
    """
    if kind.suffix == ".gpkg":
        return _geopackage(catalogue, laydown, page)
    return _text(catalogue, laydown, kind, page, progress).encode()


def _geopackage(catalogue: Catalogue, laydown: Laydown, page: str) -> bytes:
    """Make the one format that only comes as a file, in a folder of its own.

    GDAL and SQLite each have errors of their own for a folder that is full or takes no file.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "map.gpkg"
            geofile.geopackage(catalogue, laydown, path, page)
            return path.read_bytes()
    except (OSError, sqlite3.Error, RuntimeError) as error:
        why = " ".join(str(error).split())[:200]
        msg = f"the folder for passing files cannot be written ({why}); make room there, or set "
        raise FileError(f"{msg}TMPDIR to another folder") from error


def _text(
    catalogue: Catalogue,
    laydown: Laydown,
    kind: Format,
    page: str,
    progress: Callable[[str], None],
) -> str:
    if kind.suffix == ".html":
        return standalone.page(catalogue, laydown, page, progress)
    if kind.suffix == ".geojson":
        return geofile.geojson(catalogue, laydown, page)
    if kind.suffix == ".kml":
        return kml(catalogue, laydown, page)
    made = provenance(catalogue, laydown, page)
    if kind.suffix == ".csv":
        return export.reaches_csv(catalogue, laydown, made, progress)
    said = made.caption
    remarks = (said.title, said.sentence, f"Map: {made.link}", f"Border view: {made.borders}")
    return bibliography(catalogue, [source.id for source in made.sources], remarks)


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    FileError
        If it cannot be written; what stood there before stands there still.
    """
    if path.is_dir():
        msg = f"'{path}' is a folder; give the name of a file in it"
        raise FileError(msg)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)  # noqa: PTH105 - one step, which no reader sees half done
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        why = error.strerror or type(error).__name__
        msg = f"'{path}' cannot be written ({why.lower()}); choose another place, or make room"
        raise FileError(msg) from error
