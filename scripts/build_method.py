"""Draw the pictures of ``docs/method.md`` and compute its numbers, with the atlas's own code.

Run after a change of the data, the style or the geometry::

    python scripts/build_method.py            # draw docs/method/*.png
    python scripts/build_method.py numbers    # print every number of the text

A test draws them again and compares, and looks for every number in the text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo import borders, discs, palette, projection, reach, sector
from scripts.method_lines import (
    FAR_M,
    RANGE_M,
    VIEW,
    beyond_km,
    compass,
    end_of,
    from_iran,
    geodesic,
    iran,
    mercator,
    place,
    ring_of,
)
from scripts.method_maps import (
    DASH,
    FONT,
    FULL,
    LEFT,
    PLAIN,
    RIGHT,
    SIZE,
    TRUE,
    Map,
    new_page,
    plain,
    png,
)
from scripts.method_numbers import METHODS, chord_m, largest, numbers, share_of

PAGE = ROOT / "docs" / "method.md"
FOLDER = ROOT / "docs" / "method"


def stated() -> bytes:
    """Step 1: an origin and a distance."""
    page = new_page()
    here = place("tabriz")
    area = Map(page, FULL, mercator)
    area.show(18, 76, 17, 58)
    area.line(geodesic(*here, 300, RANGE_M), color=palette.INK, linewidth=2.4)
    end = end_of(*here, 300, RANGE_M)
    x, y = area.at(end)
    area.axes.plot([x], [y], "|", ms=18, mew=2.6, color=palette.INK)
    area.dot(here)
    area.word("origin: Tabriz", here, (14, -14), "left", weight="bold")
    area.word(
        "distance: 2,000 km", end_of(*here, 300, 0.5 * RANGE_M), (26, 24), "left", weight="bold"
    )
    area.word("in which direction?\nin every direction", end, (0, 38))
    return png(page)


def flat_circle() -> bytes:
    """Step 2: compasses on a Mercator map."""
    page = new_page(7.4)
    here = place("tabriz")
    area = Map(page, FULL, mercator)
    area.show(15, 78, 13.5, 60.5)
    area.area(ring_of("tabriz", RANGE_M))
    circle = compass(*here, RANGE_M, here[1])
    area.line(
        shapely.LinearRing(circle), color=PLAIN, linewidth=2.6, linestyle=DASH, dash_capstyle="butt"
    )
    north, south = circle[0], circle[720]
    true_north, true_south = end_of(*here, 0, RANGE_M), end_of(*here, 180, RANGE_M)
    for one, other in ((tuple(north), true_north), (tuple(south), true_south)):
        area.axes.annotate(
            "",
            area.at(one),
            area.at(other),
            arrowprops={
                "arrowstyle": "<->", "lw": 1.8, "color": palette.INK, "shrinkA": 0, "shrinkB": 0
            },
        )  # fmt: skip
    off = beyond_km(*here, RANGE_M, circle)
    area.word(f"{-off[0]:.0f} km too short", true_north, (0, 20))
    area.word(f"{off[720]:.0f} km too far", tuple(south), (0, -20))
    area.word(
        "true ring, 2,000 km", end_of(*here, 335, RANGE_M), (-8, 22), "right", TRUE, weight="bold"
    )
    area.word(
        "circle drawn\nwith compasses",
        tuple(circle[930]),
        (-12, -26),
        "right",
        PLAIN,
        weight="bold",
    )
    area.dot(here)
    area.word("Tabriz", here, (12, -12), "left")
    return png(page)


def walking() -> bytes:
    """Step 3: the same distance in every direction."""
    page = new_page(7.0)
    here = place("tabriz")
    area = Map(page, FULL, mercator)
    area.show(15, 78, 19, 57.5)
    azimuths = np.arange(0, 360, 10.0)
    for azimuth in azimuths:
        area.line(geodesic(*here, azimuth, RANGE_M), color=palette.FAINT_INK, linewidth=1)
    area.line(reach.outline(ring_of("tabriz", RANGE_M)), color=TRUE, linewidth=1.4)
    for azimuth in azimuths:
        x, y = area.at(end_of(*here, azimuth, RANGE_M))
        area.axes.plot([x], [y], "o", ms=7, color=TRUE, mec=palette.HALO, mew=1, zorder=5)
    area.word(
        "each line is\n2,000 km long",
        end_of(*here, 315, RANGE_M),
        (-22, 24),
        "right",
        weight="bold",
    )
    area.word(
        "its end is\na vertex of\nthe ring",
        end_of(*here, 110, RANGE_M),
        (22, -26),
        "left",
        TRUE,
        weight="bold",
    )
    area.dot(here)
    area.word("Tabriz", here, (0, -20), weight="bold")
    return png(page)


def egg_and_circle() -> bytes:
    """Step 4: one ring on two maps."""
    page = new_page(5.6)
    here = place("kaliningrad")
    left = Map(page, LEFT, mercator)
    left.show(-16, 57, 34, 74.5)
    left.title("Mercator: an egg")
    right = Map(page, RIGHT, projection.true_range(*here, 3_500))
    right.show_km(2_350)
    right.title("True range: a circle")
    for area in (left, right):
        area.area(ring_of("kaliningrad", RANGE_M))
        for azimuth in (0, 180):
            area.line(geodesic(*here, azimuth, RANGE_M), color=palette.INK, linewidth=1.6)
            area.word("2,000 km", end_of(*here, azimuth, RANGE_M / 2), (6, 0), "left")
        area.dot(here)
        area.word("Kaliningrad", here, (-10, 0), "right", size=SIZE - 1)
    return png(page)


def over_the_pole() -> bytes:
    """Step 5: cut at 180°, closed over the pole."""
    page = new_page(6.5)
    cases = (
        ("fort-greely", RANGE_M, "Fort Greely", "2,000 km: cut in two at 180°", 0.505),
        ("kaliningrad", FAR_M, "Kaliningrad", "5,500 km: closed along the pole", 0.01),
    )
    for site, metres, name, words, bottom in cases:
        area = Map(page, (0.005, bottom, 0.99, 0.425), plain)
        area.show(-180, 180, 0, 90)
        area.axes.set_xlim(-181, 181)
        area.axes.set_ylim(3, 92)
        area.title(f"{name}, {words}")
        shape = ring_of(site, metres)
        area.area(shape)
        area.line(
            shapely.difference(shapely.boundary(shape), reach.outline(shape).buffer(1e-6)),
            color=palette.INK, linewidth=3.2, linestyle=(0, (2, 1)), clip_on=False,
        )  # fmt: skip
        area.dot(place(site))
        area.word(name, place(site), (0, -20))
    return png(page)


def border_discs() -> bytes:
    """Step 6: discs along a border."""
    page = new_page(7.0)
    area = Map(page, FULL, mercator)
    area.show(18, 88, 2, 63.5)
    edge = shapely.LineString(max(shapely.get_parts(iran()), key=lambda part: part.area).exterior)
    stops = shapely.get_coordinates(
        shapely.line_interpolate_point(edge, np.arange(0, 1, 1 / 18), normalized=True)
    )
    area.fill(iran(), facecolor=palette.TINTS["both"].colour, edgecolor=palette.INK, linewidth=1)
    for shape in discs.discs(*stops.T, RANGE_M):
        area.line(reach.outline(shape), color=palette.FAINT_INK, linewidth=0.9)
    for x, y in mercator(stops):
        area.axes.plot([x], [y], "o", ms=5, color=palette.INK, zorder=5)
    area.line(reach.outline(from_iran()), color=TRUE, linewidth=3)
    area.word("Iran", (54.5, 32.3), weight="bold")
    top = shapely.get_coordinates(reach.outline(from_iran()))
    area.word(
        "their common edge:\nfrom anywhere in Iran",
        tuple(top[top[:, 1].argmax()]),
        (0, 34),
        colour=TRUE,
        weight="bold",
    )
    area.word(
        "discs of 2,000 km\nabout points of the border", (2, 7), (0, 0), "left", palette.QUIET_INK
    )
    return png(page)


def country() -> bytes:
    """Step 6: from a country, and from two towns."""
    page = new_page(7.0)
    area = Map(page, FULL, mercator)
    area.show(18, 88, 2, 63.5)
    area.fill(iran(), facecolor=palette.TINTS["both"].colour, edgecolor=palette.INK, linewidth=1)
    area.area(from_iran(), opaque=0.07)
    for site, colour, dash in (("tabriz", PLAIN, DASH), ("tehran", palette.INK, (0, (1.5, 1.5)))):
        area.line(
            reach.outline(ring_of(site, RANGE_M)), color=colour, linewidth=2.4, linestyle=dash,
            dash_capstyle="butt",
        )  # fmt: skip
        area.dot(place(site), 8)
    area.word("Tabriz", place("tabriz"), (-11, 4), "right")
    area.word("Tehran", place("tehran"), (10, -13), "left")
    top = shapely.get_coordinates(reach.outline(from_iran()))
    area.word(
        "from anywhere in Iran", tuple(top[top[:, 1].argmax()]), (0, 24), colour=TRUE, weight="bold"
    )
    area.word(
        "from Tabriz", end_of(*place("tabriz"), 180, 1.5e6), (0, 0), "center", PLAIN, weight="bold"
    )
    area.word("from Tehran", end_of(*place("tehran"), 150, RANGE_M), (14, -24), weight="bold")
    return png(page)


def sector_and_band() -> bytes:
    """Step 7: part of the directions, part of the distances."""
    page = new_page(5.6)
    here = place("tabriz")
    left, right = Map(page, LEFT, mercator), Map(page, RIGHT, mercator)
    left.title("A sector: 270° to 30°")
    right.title("A band: 500 to 2,000 km")
    shapes = (
        sector.sector(*here, RANGE_M, 270, 30),
        reach.band(shapely.Point(here), 500_000, RANGE_M),
    )
    for area, shape in zip((left, right), shapes, strict=True):
        area.show(17.5, 75.1, 18, 57.5)
        area.area(shape, opaque=0.18)
        area.dot(here)
    left.word("Tabriz", here, (0, -20))
    right.word("Tabriz", here, (0, -18), size=SIZE - 2)
    left.word("2,000 km", end_of(*here, 330, 1.25e6))
    right.word("inside", end_of(*here, 0, 1.25e6))
    return png(page)


def errors() -> bytes:
    """Step 8: how far from the truth each method is."""
    page = new_page(5.0)
    axes = page.add_axes((0.4, 0.19, 0.575, 0.8))
    rows = [
        ("this atlas", largest(chord_m, RANGE_M) / 1000, TRUE),
        *((name, largest(draw, RANGE_M), PLAIN) for name, draw in METHODS.items()),
    ]
    for row, (name, off_km, colour) in enumerate(rows):
        axes.barh(-row, off_km - 0.01, left=0.01, height=0.62, color=colour)
        said = f"{off_km:,.0f} km" if off_km >= 10 else f"{off_km:.1f} km"
        if row == 0:
            said = "under 0.1 km"
        inside = off_km > 400
        axes.annotate(
            said, (off_km, -row), (-8 if inside else 8, 0), textcoords="offset points",
            ha="right" if inside else "left", va="center", size=SIZE, family=FONT,
            color=palette.HALO if inside else palette.INK,
        )  # fmt: skip
        axes.annotate(
            name, (0, -row), (-10, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", ha="right", va="center", size=SIZE, family=FONT,
            color=palette.INK,
        )  # fmt: skip
    axes.set_xscale("log")
    axes.set_xlim(0.01, 3_500)
    axes.set_yticks([])
    axes.set_xticks(
        [0.01, 0.1, 1, 10, 100, 1000], ["10 m", "100 m", "1 km", "10 km", "100 km", "1,000 km"]
    )
    axes.minorticks_off()
    axes.tick_params(labelsize=SIZE - 4, colors=palette.QUIET_INK, length=0)
    axes.set_xlabel(
        "largest error at 2,000 km; each step is ten times the last",
        size=SIZE - 2, color=palette.QUIET_INK, family=FONT, x=0.2, labelpad=8,
    )  # fmt: skip
    axes.spines[:].set_visible(False)
    return png(page)


def greece() -> bytes:
    """Step 9: the share of a country."""
    page = new_page(7.4)
    area = Map(page, FULL, mercator)
    area.show(18.6, 30.4, 34.4, 42.2)
    whole = borders.country("GRC", VIEW).geometry
    disc = ring_of("tabriz", RANGE_M)
    inside = shapely.intersection(whole, disc)
    area.fill(whole, facecolor=palette.LAND_EDGE, edgecolor=palette.QUIET_INK, linewidth=0.9)
    area.fill(inside, facecolor=TRUE, alpha=0.45, linewidth=0)
    area.fill(inside, facecolor="none", edgecolor=TRUE, hatch="///", linewidth=0)
    area.line(reach.outline(disc), color=TRUE, linewidth=2.6)
    share = share_of(whole, disc)
    area.word(
        f"{share:.0f} % of the area\nlies within 2,000 km", (26.2, 37.9), (105, 25), weight="bold"
    )
    area.word(f"the other\n{100 - share:.0f} % does not", (22.2, 38.6), (-20, 75), weight="bold")
    area.word("← 2,000 km from Tabriz", (24.15, 34.6), (20, 0), "left", TRUE, weight="bold")
    return png(page)


PICTURES: dict[str, Callable[[], bytes]] = {
    "stated": stated,
    "flat-circle": flat_circle,
    "walking": walking,
    "egg-and-circle": egg_and_circle,
    "over-the-pole": over_the_pole,
    "border-discs": border_discs,
    "country": country,
    "sector-and-band": sector_and_band,
    "errors": errors,
    "greece": greece,
}


if __name__ == "__main__":
    if sys.argv[1:] == ["numbers"]:
        print("\n".join(numbers()))
    else:
        FOLDER.mkdir(exist_ok=True)
        for stem, draw in PICTURES.items():
            (FOLDER / f"{stem}.png").write_bytes(draw())
