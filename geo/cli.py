"""The command line: rings, reaches and countries within, pictures, checks and claims.

Job: arguments in, text or a file out, which `commands` makes. Ban: no geometry, no drawing.
Errors go to standard error in one line that says what to do; the exit code is then 2.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from geo import (
    borders,
    catalogue,
    files,
)
from geo.commands import check_data, draw_picture, judge_claims, write_map, write_reach, write_ring
from geo.errors import AtlasError

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
    ring.set_defaults(run=write_ring, prog=ring.prog)

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
    reach.set_defaults(run=write_reach, prog=reach.prog)

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
    out.set_defaults(run=write_map, prog=out.prog)

    told = commands.add_parser("claims", help="published sentences, checked against the map")
    told.add_argument("--format", choices=("text", "csv"), default="text", help="default text")
    told.set_defaults(run=judge_claims, prog=told.prog)

    check = commands.add_parser("check", help="check a data folder; exit 1 and every problem")
    check.add_argument("directory", nargs="?", type=Path, default=catalogue.DATA, metavar="DIR")
    check.set_defaults(run=check_data, prog=check.prog)
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
    drawn.add_argument(
        "--dpi", type=float, help="dots an inch of a PNG, 36 to 1200; default 96 or 144, by format"
    )
    drawn.add_argument("--style", default="light", help="light (default) or grey")
    drawn.add_argument("--headline", help="default: what is drawn")
    drawn.add_argument("--subhead", help="default: the day, the figures and whose they are")
    drawn.add_argument("--handout", action="store_true", help="a PDF for class, with tables")
    drawn.set_defaults(run=draw_picture, prog=drawn.prog)
