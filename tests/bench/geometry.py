"""Measure rings, reaches and coverage: how right, and how fast against yardsticks of the same run.

Run from the top of the repository, on a quiet machine::

    python -m tests.bench.geometry [rings|scenario|iran|coverage|points] ...

Yardsticks: the raw ``Geod.fwd`` for batches of rings; a plain ``geopandas.overlay`` on the same
borders for coverage. Cold means a new process.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry import Point

from geo import basemap, borders, discs, laydown
from geo.catalogue import load
from geo.link import parse
from geo.reach import outline, reach_of
from geo.scenario import PHASES, default
from tests import hard

GEOD = Geod(ellps="WGS84")
ROOT = Path(__file__).parent.parent.parent
TABRIZ = Point(46.2919, 38.08)
RINGS = 2000


def seconds(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def rings() -> None:
    """Batches of 360-vertex rings, cut and closed, against the bare vertices."""
    print("\nRing batches of 2,000 rings at 360 vertices: share of the raw Geod.fwd limit")
    rng = np.random.default_rng(1)
    anywhere = rng.uniform(-180, 180, RINGS), np.degrees(np.arcsin(rng.uniform(-1, 1, RINGS)))
    no_seam = rng.uniform(-60, 60, RINGS), rng.uniform(-40, 40, RINGS)
    azimuths = np.tile(np.linspace(360, 0, 360, endpoint=False), RINGS)
    cases = [
        ("2,000 km, no seam", no_seam, 2e6, 0.85),
        ("2,000 km, anywhere", anywhere, 2e6, 0.75),
        ("5,500 km, anywhere", anywhere, 5.5e6, 0.65),
        ("12,000 km, anywhere", anywhere, 12e6, 0.45),
    ]
    for name, (lons, lats), radius_m, asked in cases:
        raw = [np.repeat(lons, 360), np.repeat(lats, 360), azimuths, np.full(360 * RINGS, radius_m)]
        ratios, rates = [], []
        for _ in range(7):
            limit = seconds(lambda raw=raw: GEOD.fwd(*raw, return_back_azimuth=False))
            ours = seconds(lambda x=lons, y=lats, r=radius_m: discs.discs(x, y, r, count=360))
            ratios.append(limit / ours)
            rates.append(RINGS / ours)
        print(
            f"  {name:22s} {statistics.median(ratios):.2f} (asked {asked}), "
            f"{statistics.median(rates):,.0f} rings/s"
        )


def scenario() -> None:
    """All rings of the richest scene, and of everything that can be drawn, in a new process."""
    print("\nAll rings of a scenario (resolve, in a new process; catalogue already read)")
    for name in ("richest scene", "every point ring", "everything"):
        times = [_in_new_process("scenario", name) for _ in range(3)]
        best = min(times, key=lambda item: item["cold"])
        print(
            f"  {name:18s} {best['rings']} rings: cold {1000 * best['cold']:.0f} ms, "
            f"warm {1000 * best['warm']:.1f} ms"
        )


def _scenario(name: str) -> dict[str, float]:
    catalogue = load()
    first = default(catalogue.offer)
    if name == "richest scene":
        asked = max(
            (
                parse({key: [value] for key, value in scene.choices.items()}, catalogue.offer)[0]
                for scene in catalogue.scenes
            ),
            key=lambda item: len(item.figures),
        )
    else:
        asked = replace(first, figures=catalogue.offer.figures, phases=frozenset(PHASES))
        asked = replace(asked, layers=catalogue.offer.layers)
        if name == "every point ring":
            asked = asked.with_origin("iran", "tabriz").with_origin(
                "kaliningrad", catalogue.offer.origins["kaliningrad"][-1]
            )
    cold = seconds(lambda: laydown.resolve(catalogue, asked))
    warm = seconds(lambda: laydown.resolve(catalogue, asked))
    return {"cold": cold, "warm": warm, "rings": len(laydown.resolve(catalogue, asked).rings)}


def iran() -> None:
    """Reach of Iran at 2,000 km: time, vertices, largest error, on three borders."""
    print("\nReach of Iran at 2,000 km (error: every vertex and three points a chord, brute force)")
    full = borders.country("IRN", "de-jure").geometry
    drawn = next(shape for code, _, shape in basemap.features("de-jure") if code == "IRN")
    for name, shape, tolerance_m in (
        ("map detail, 500 m", drawn, 500),
        ("map detail, 100 m", drawn, 100),
        ("full 1:10m, 100 m", full, 100),
    ):
        times = [
            seconds(lambda s=shape, t=tolerance_m: reach_of(s, 2e6, tolerance_m=t))
            for _ in range(5)
        ]
        found = reach_of(shape, 2e6, tolerance_m=tolerance_m)
        worst = np.abs(hard.true_distance_m(_on_edge(found), hard.densified(shape, 500)) - 2e6)
        print(
            f"  {name}: first {times[0]:.3f} s, then {statistics.median(times):.3f} s; "
            f"{shapely.get_num_coordinates(shape)} border vertices, "
            f"{shapely.get_num_coordinates(found)} in the ring, error {worst.max():.0f} m"
        )


def _on_edge(found: shapely.Geometry) -> np.ndarray:
    """Vertices of an outline, and three points on each of its chords."""
    points = []
    for line in shapely.get_parts(outline(found)):
        corners = shapely.get_coordinates(line)
        for share in (0.0, 0.25, 0.5, 0.75):
            points.append(corners[:-1] + share * np.diff(corners, axis=0))
    return np.vstack(points)


def coverage() -> None:
    """Every country's share of one ring, against a plain overlay giving the same shares."""
    print("\nCoverage of Tabriz at 2,000 km, all countries, full 1:10m borders")
    ours = [_in_new_process("coverage") for _ in range(3)]
    plain = [_in_new_process("overlay") for _ in range(3)]
    cold, other = (min(item["cold"] for item in runs) for runs in (ours, plain))
    again, new, table, fresh = (
        min(item[key] for item in ours) for key in ("again", "new", "table", "other")
    )
    warm = min(item["again"] for item in plain)
    shares, same = ours[0]["shares"], plain[0]["shares"]
    apart = max(abs(shares.get(key, 0) - share) for key, share in same.items())
    print(f"  shares differ by at most {100 * apart:.4f} points in {len(same)} countries")
    print(
        f"  shares, cold, files read: {cold:.3f} s against {other:.3f} s, {other / cold:.1f} times"
    )
    print(f"  shares of another ring: {new:.3f} s against {warm:.3f} s, {warm / new:.1f} times")
    print(f"  the same table again: {1e3 * again:.2f} ms, {warm / again:,.0f} times")
    print(f"  distances to all of them, which an overlay does not give: {table:.3f} s more, cold")
    print(f"  the whole table for another origin: {fresh:.3f} s")


def _coverage() -> dict[str, object]:
    from geo import coverage as covered

    catalogue = load()
    first = default(catalogue.offer)
    shapely.prepare(TABRIZ)
    result: dict[str, object] = {}
    wkb = shapely.to_wkb(TABRIZ)
    result["cold"] = seconds(lambda: covered._parts(wkb, 2000, "de-jure"))
    result["table"] = seconds(lambda: covered.coverage(catalogue, TABRIZ, 2000, first))
    result["again"] = seconds(lambda: covered.coverage(catalogue, TABRIZ, 2000, first))
    result["new"] = seconds(lambda: covered._parts(wkb, 1999, "de-jure"))
    result["other"] = seconds(lambda: covered.coverage(catalogue, Point(51.4, 35.7), 2000, first))
    rows = covered.coverage(catalogue, TABRIZ, 2000, first).rows
    result["shares"] = {row.iso3: row.area_share for row in rows if row.iso3}
    return result


def _overlay() -> dict[str, object]:
    import geopandas

    ring = discs.disc(TABRIZ.x, TABRIZ.y, 2e6)
    began = time.perf_counter()
    files = sorted((ROOT / "data" / "countries").glob("*.geojson"))
    frame = geopandas.GeoDataFrame(
        {"iso3": [path.stem for path in files]},
        geometry=[shapely.from_geojson(path.read_text(encoding="utf-8")) for path in files],
        crs=4326,
    )

    def shares() -> dict[str, float]:
        area = geopandas.GeoDataFrame(geometry=[ring], crs=4326)
        within = geopandas.overlay(frame, area, how="intersection", keep_geom_type=True)
        parts = within.set_index("iso3").to_crs(6933).area
        whole = frame.set_index("iso3").to_crs(6933).area
        return (parts / whole).dropna().to_dict()

    found = shares()
    cold = time.perf_counter() - began
    named = {key: value for key, value in found.items() if not key.startswith("x-")}
    return {"cold": cold, "again": seconds(shares), "shares": named}


def points() -> None:
    """Errors and sides of reaches on hard cases, by brute force: 100,000 points in all."""
    each = round(100_000 / len(hard.CASES))
    print(f"\nReaches on {len(hard.CASES)} hard cases, {each} test points each, half at the edge")
    wrong_in_all, total = 0, 0
    for name, (make, radius_m) in hard.CASES.items():
        source = make()
        began = time.perf_counter()
        shape = reach_of(source, radius_m)
        took = time.perf_counter() - began
        cut = hard.densified(source)
        edge = hard.outline_of(shape)
        few = edge[:: max(1, len(edge) // 1500)]
        off = np.abs(hard.true_distance_m(few, cut) - radius_m).max()
        places = hard.probes(edge, radius_m, each)
        wrong = hard.on_the_wrong_side(shape, source, cut, radius_m, places)
        wrong_in_all, total = wrong_in_all + len(wrong), total + len(places)
        print(
            f"  {name:38s} {took:5.2f} s, worst vertex {off:6.1f} m of "
            f"{hard.allowed_m(radius_m):.0f} allowed, {len(wrong)} wrong, "
            f"{'valid' if shape.is_valid else 'INVALID'}",
            flush=True,
        )
    print(f"  {wrong_in_all} of {total} points on the wrong side beyond the tolerance")


def _in_new_process(*arguments: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.geometry", "--one", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


ALONE = {"scenario": _scenario, "coverage": _coverage, "overlay": _overlay}
PARTS = {
    "rings": rings,
    "scenario": scenario,
    "iran": iran,
    "coverage": coverage,
    "points": points,
}

if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(ALONE[sys.argv[2]](*sys.argv[3:])))
    else:
        for part in sys.argv[1:] or PARTS:
            PARTS[part]()
