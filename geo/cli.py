"""The command line: rings as GeoJSON, and a check of the data.

Job: arguments in, text out. Ban: no geometry of its own, no drawing.
Errors go to standard error in one line that says what to do; the exit code is then 2.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import shapely
from shapely.geometry import mapping

from geo import catalogue, claims, discs, legend
from geo.errors import AtlasError, CatalogueError

__all__ = ["main"]

DECIMALS = 7  # the most that RFC 7946 advises: about a centimetre


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see '{self.prog} --help'\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 problems found, 2 not understood."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except AtlasError as error:
        print(f"{options.prog}: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, head for instance, has seen enough
        sys.stderr.close()
        return 0
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

    told = commands.add_parser("claims", help="published sentences, checked against the map")
    told.add_argument("--format", choices=("text", "csv"), default="text", help="default text")
    told.set_defaults(run=_claims, prog=told.prog)

    check = commands.add_parser("check", help="check a data folder; exit 1 and every problem")
    check.add_argument("directory", nargs="?", type=Path, default=catalogue.DATA, metavar="DIR")
    check.set_defaults(run=_check, prog=check.prog)
    return parser


def _ring(options: argparse.Namespace) -> int:
    shape = discs.disc(options.lon, options.lat, options.km * 1000, options.tolerance_m)
    rounded = shapely.transform(shape, lambda points: points.round(DECIMALS))
    feature: dict[str, Any] = {
        "type": "Feature",
        "geometry": mapping(rounded),
        "properties": {
            "lon": options.lon,
            "lat": options.lat,
            "range_km": options.km,
            "label": legend.distance_label(options.km),
            "method": "geodesic distance on WGS 84 (Karney)",
            "tolerance_m": options.tolerance_m,
        },
    }
    print(json.dumps(feature, ensure_ascii=False))
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
