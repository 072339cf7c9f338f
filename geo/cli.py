"""The command line: rings, reaches and countries within, pictures, checks and claims.

Job: arguments in, text or a file out. Ban: no geometry of its own, no drawing of its own.
Errors go to standard error in one line that says what to do; the exit code is then 2.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import difflib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

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
    geodesy,
    legend,
)
from geo.catalogue import Catalogue
from geo.errors import AtlasError, CatalogueError, ScenarioError
from geo.features import rounded
from geo.laydown import resolve
from geo.origin import place_of
from geo.reach import reach_of
from geo.scenario import EARLIEST, default

__all__ = ["main"]


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see '{self.prog} --help'\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 problems found, 2 not understood."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except AtlasError as error:
        print(f"{options.prog}: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, head for instance, has seen enough
        sys.stderr.close()
        return 0
    except OSError as error:  # where the output goes is full, or gone
        with suppress(OSError, ValueError):  # what is left in the buffer has nowhere to go either
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        why = error.strerror or type(error).__name__
        print(
            f"{options.prog}: the output cannot be written ({why.lower()}); make room, or send it "
            "elsewhere",
            file=sys.stderr,
        )
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m geo", description="EPAA Atlas on the command line.")
    commands = parser.add_subparsers(required=True, metavar="command", parser_class=_Parser)

    ring = commands.add_parser("ring", help="a geodesic ring around a point, as GeoJSON")
    ring.add_argument(
        "--lon", type=float, required=True, help="longitude in degrees, east positive"
    )
    ring.add_argument(
        "--lat", type=float, required=True, help="latitude in degrees, north positive"
    )
    ring.add_argument("--km", type=float, required=True, help="distance in kilometres")
    ring.add_argument(
        "--tolerance-m", type=float, default=100.0, help="how far a chord may stray (default 100)"
    )
    ring.set_defaults(run=_ring, prog=ring.prog)

    reach = commands.add_parser(
        "reach", help="everything within a distance of a site, a place or a country"
    )
    reach.add_argument("--from", dest="site", metavar="SITE_ID", help="a site of the catalogue")
    reach.add_argument("--country", metavar="ISO3", help="a whole country, such as IRN")
    reach.add_argument("--lon", type=float, help="longitude in degrees, east positive")
    reach.add_argument("--lat", type=float, help="latitude in degrees, north positive")
    reach.add_argument("--km", type=float, required=True, help="distance in kilometres")
    reach.add_argument(
        "--format",
        choices=("geojson", "csv"),
        default="geojson",
        help="geojson: the shape (default); csv: the countries within, one row each",
    )
    reach.add_argument("--as-of", metavar="DATE", help="day of membership; default the data's date")
    reach.add_argument(
        "--borders", choices=borders.VIEWS, default=borders.DE_JURE, help="default de-jure"
    )
    reach.add_argument(
        "--tolerance-m", type=float, default=100.0, help="how far the edge may stray (default 100)"
    )
    reach.set_defaults(run=_reach, prog=reach.prog)

    _figure_parser(commands)
    out = commands.add_parser("export", help="a map as a file for others: GIS, table, web page")
    out.add_argument("link", metavar="LINK_OR_SCENE", help="an address, its query, or a scene's id")
    out.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help=f"its ending says the format: {', '.join(files.FORMATS)}",
    )
    out.set_defaults(run=_export, prog=out.prog)

    told = commands.add_parser("claims", help="published sentences, checked against the map")
    told.add_argument("--format", choices=("text", "csv"), default="text", help="default text")
    told.set_defaults(run=_claims, prog=told.prog)

    check = commands.add_parser("check", help="check a data folder; exit 1 and every problem")
    check.add_argument("directory", nargs="?", type=Path, default=catalogue.DATA, metavar="DIR")
    check.set_defaults(run=_check, prog=check.prog)
    return parser


def _figure_parser(commands: Any) -> None:
    drawn = commands.add_parser("figure", help="a picture to publish, or a handout, as a file")
    drawn.add_argument(
        "what", metavar="LINK_OR_SCENE", help="a link of the page, or a scene such as ghadr-origin"
    )
    drawn.add_argument("--out", type=Path, required=True, metavar="FILE", help=".png, .svg or .pdf")
    drawn.add_argument(
        "--format",
        "--size",
        dest="form",
        default="16:9",
        help="16:9 (default), 1:1, 4:5, column, a4",
    )
    drawn.add_argument("--dpi", type=float, help="dots an inch of a PNG, 36 to 1200; default 96")
    drawn.add_argument("--style", default="light", help="light (default) or grey")
    drawn.add_argument("--headline", help="default: what is drawn")
    drawn.add_argument("--subhead", help="default: the day, the figures and whose they are")
    drawn.add_argument("--handout", action="store_true", help="a PDF for class, with tables")
    drawn.set_defaults(run=_figure, prog=drawn.prog)


def _figure(options: argparse.Namespace) -> int:
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
        capitals = [city for city in found.cities if city.capital]
        content = figure.draw(laydown, said, capitals, order).file(kind, options.dpi)
    files.write(options.out, content)
    return 0


def _ring(options: argparse.Namespace) -> int:
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
            "label": legend.distance_label(options.km),
            "method": "geodesic distance on WGS 84 (Karney)",
            "tolerance_m": options.tolerance_m,
        },
    }
    print(json.dumps(feature, ensure_ascii=False))


def _reach(options: argparse.Namespace) -> int:
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


def _export(options: argparse.Namespace) -> int:
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


def _claims(options: argparse.Namespace) -> int:
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


def _check(options: argparse.Namespace) -> int:
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
