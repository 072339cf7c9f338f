"""What each command does: a ring, a reach, a picture, a map, the claims, a check of the data.

Job: options that `cli` has read in, text or a file out; each command gives its exit code. Ban: no
geometry of its own, no drawing of its own.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import difflib
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo import (
    borders,
    caption,
    catalogue,
    claims,
    coverage,
    discs,
    export,
    files,
    gazetteer,
    geodesy,
    wording,
)
from geo.catalogue import Catalogue
from geo.errors import CatalogueError, ScenarioError
from geo.features import rounded
from geo.laydown import resolve
from geo.origin import place_of
from geo.reach import reach_of
from geo.scenario import EARLIEST, default

__all__ = ["check_data", "draw_picture", "judge_claims", "write_map", "write_reach", "write_ring"]


def draw_picture(options: argparse.Namespace) -> int:
    """Write a picture, or a scene's handout."""
    from geo import figure, handout  # noqa: PLC0415 - matplotlib takes two seconds

    kind = options.out.suffix.lower().removeprefix(".")
    if kind not in figure.KINDS or (options.handout and kind != "pdf"):
        ends = "'.pdf'" if options.handout else "'.png', '.svg' or '.pdf'"
        msg = f"--out '{options.out.name}' must end in {ends}; the ending says what is written"
        raise ScenarioError(msg)
    if options.dpi is not None and not (kind == "png" and 36 <= options.dpi <= 1200):
        msg = f"--dpi {options.dpi:g} cannot be had; give 36 to 1200, and for a PNG only"
        raise ScenarioError(msg)
    found = catalogue.load()
    scenario, _, warnings = files.asked(found, options.what)
    laydown = resolve(found, scenario)
    for line in (*warnings, *laydown.missing):
        print(f"{options.prog}: {line}", file=sys.stderr)
    said = caption.compose(found, laydown)
    words = options.headline, options.subhead
    order = figure.Order(options.form, options.style, *words, by_user=any(words))
    if options.handout:
        scene = next((one for one in found.scenes if one.id == options.what), None)
        content = handout.pdf(found, laydown, said, scene, order)
    else:
        capitals = gazetteer.capitals(found.cities, found.people)
        content = figure.draw(laydown, said, capitals, order).file(kind, options.dpi)
    files.write(options.out, content)
    return 0


def write_ring(options: argparse.Namespace) -> int:
    """Print a ring around a point as GeoJSON."""
    shape = discs.disc(options.lon, options.lat, options.km * 1000, options.tolerance_m)
    _print_feature(shape, options, {"lon": options.lon, "lat": options.lat})
    return 0


def _print_feature(
    shape: BaseGeometry, options: argparse.Namespace, origin: Mapping[str, object]
) -> None:
    """Print a shape as an RFC 7946 feature that says what it is."""
    feature: dict[str, Any] = {
        "type": "Feature",
        "geometry": mapping(rounded(shape)),
        "properties": {
            **origin,
            "range_km": options.km,
            "label": wording.distance_label(options.km),
            "method": "geodesic distance on WGS 84 (Karney)",
            "tolerance_m": options.tolerance_m,
        },
    }
    print(json.dumps(feature, ensure_ascii=False))


def write_reach(options: argparse.Namespace) -> int:
    """Print a reach as GeoJSON, or the countries within as a table."""
    found = catalogue.load()
    name, origin, said = _origin(options, found)
    day = _day(options.as_of, found)
    scenario = replace(default(found.offer), as_of=day, borders=options.borders)
    if options.format == "geojson":
        shape = reach_of(origin, options.km * 1000, tolerance_m=options.tolerance_m)
        edition = {"borders": options.borders, "data_edition": found.edition.version}
        _print_feature(shape, options, {**said, "measured_from": name, **edition})
        return 0
    geodesy.check_radius(options.km * 1000)
    geodesy.check_tolerance(options.tolerance_m)  # of no use to a table, but a slip all the same
    within = coverage.coverage(found, origin, options.km, scenario)
    print(export.coverage_csv(found, within, scenario, name), end="")
    return 0


def _origin(
    options: argparse.Namespace, found: Catalogue
) -> tuple[str, BaseGeometry, dict[str, object]]:
    """Name, geometry and properties of the one origin that was asked for."""
    place = options.lon is not None or options.lat is not None
    if [options.site is not None, options.country is not None, place].count(True) != 1:
        msg = "give one origin: --from SITE_ID, --country ISO3, or --lon LON --lat LAT"
        raise ScenarioError(msg)
    if options.site is not None:
        if options.site not in found.sites:
            near = difflib.get_close_matches(options.site, found.sites, 1)
            hint = f"did you mean '{near[0]}'?" if near else "'data/sites.geojson' lists them"
            msg = f"site '{options.site}' is not in the catalogue; {hint}"
            raise ScenarioError(msg)
        site = found.sites[options.site]
        return site.name, place_of(site, options.borders), {"site": site.id}
    if options.country is not None:
        country = borders.country(options.country.upper(), options.borders)
        return f"anywhere in {country.name}", country.geometry, {"country": country.iso3}
    if options.lon is None or options.lat is None:
        msg = "a place needs both --lon and --lat"
        raise ScenarioError(msg)
    geodesy.check(options.lon, options.lat)
    where = {"lon": options.lon, "lat": options.lat}
    return f"{options.lon:g}, {options.lat:g}", shapely.Point(options.lon, options.lat), where


def _day(text: str | None, found: Catalogue) -> dt.date:
    """Read a day; the data's own date if none was given."""
    if text is None:
        return found.offer.as_of
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= found.offer.as_of:
        msg = f"--as-of '{text}' is not a day from {EARLIEST} to {found.offer.as_of}"
        raise ScenarioError(f"{msg}; write it like {found.offer.as_of}")
    return day


def write_map(options: argparse.Namespace) -> int:
    """Write a map in the format that the file name asks for."""
    kind = files.format_of(options.out)  # before anything is measured
    found = catalogue.load()
    scenario, page, warnings = files.asked(found, options.link)
    for line in warnings:
        print(f"{options.prog}: {line}", file=sys.stderr)

    def progress(words: str) -> None:
        if sys.stderr.isatty():  # for a person who waits, not for a log
            print(f"{options.prog}: {words}", file=sys.stderr)

    files.write(options.out, files.make(found, resolve(found, scenario), kind, page, progress))
    return 0


def judge_claims(options: argparse.Namespace) -> int:
    """Print every claim with its verdict and the numbers behind it."""
    found = catalogue.load()
    findings = claims.evaluate(found, found.claims)
    if options.format == "text":
        for finding in findings:
            claim = finding.claim
            print(f"{claim.id} {finding.verdict}: “{claim.quote}”\n  {claim.origin}")
            print(f"  {finding.because}")
            for label, value in finding.numbers:
                print(f"  - {label}: {value}")
        return 0
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["id", "quote", "origin", "verdict", "numbers", "source"])
    for finding in findings:
        claim = finding.claim
        numbers = " | ".join(f"{label}: {value}" for label, value in finding.numbers)
        row = [claim.id, claim.quote, claim.origin, finding.verdict, numbers]
        table.writerow([*row, " ".join(finding.sources)])
    return 0


def check_data(options: argparse.Namespace) -> int:
    """Say what is wrong with a data folder; 1 if something is."""
    if not options.directory.is_dir():
        msg = f"'{options.directory}' is not a folder; give the folder that holds sites.geojson"
        print(f"{options.prog}: {msg}", file=sys.stderr)
        return 2
    try:
        found = catalogue.load(options.directory.resolve())
    except CatalogueError as error:
        print(error)
        return 1
    figures = [figure for _, figure in found.figures.values()]
    confirmed = sum(figure.confirmed for figure in figures)
    print(
        f"{options.directory.name}: edition {found.edition.version}, {len(found.sites)} sites, "
        f"{len(found.systems)} systems, {len(figures)} figures ({confirmed} confirmed), "
        f"{len(found.sources)} sources, {len(found.scenes)} scenes; no problem found"
    )
    return 0
