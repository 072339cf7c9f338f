"""Measure the picture beside the same axes drawn by plain cartopy, in the same run.

Run from the top of the repository, on a quiet machine::

    python -m tests.bench.picture

Printed, for Mercator and true range: seconds for the 16:9 PNG at 300 dpi, cold (a new interpreter,
with imports and without the reading of the data, which both need) and warm (the median of five),
of the atlas, of plain cartopy with the same land, rings and sites and no word, and of plain cartopy
with the atlas's words besides, at the places that the atlas has found; and the sizes of the files.
The aim is 1.3 times plain cartopy or less, an SVG under 1.5 MB and a PNG of double size under
600 KB. Cartopy keeps what it has projected, so that its warm pictures project nothing.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import time
from dataclasses import replace

from geo import basemap, figure, formats, gazetteer
from geo.caption import compose
from geo.catalogue import load
from geo.laydown import Laydown, resolve
from geo.scenario import default

WARM = 5
DPI = 300
PROJECTIONS = ("mercator", "true-range")


def laydown_on(projection: str) -> Laydown:
    """Resolve the first screen on some map."""
    catalogue = load()
    scenario = replace(default(catalogue.offer), projection=projection)  # type: ignore[arg-type]
    laydown = resolve(catalogue, scenario)
    basemap.features(scenario.borders)
    return laydown


def drawn_by_atlas(laydown: Laydown) -> figure.Picture:
    """Draw with the atlas: every word, legend and note."""
    catalogue = load()
    capitals = gazetteer.capitals(catalogue.cities, catalogue.people)
    caption = compose(catalogue, laydown)
    return figure.draw(laydown, caption, capitals)


def plain(laydown: Laydown, words: figure.Picture | None = None) -> bytes:
    """Draw axes of the same size, projection and window with cartopy alone."""
    from cartopy.crs import PlateCarree
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from geo.plane import plane

    form = formats.FORMATS["16:9"]
    sheet = Figure(figsize=(form.width_in, form.height_in))
    FigureCanvasAgg(sheet)
    on = plane(laydown)
    west, east, south, north = on.window(1.9)
    axes = sheet.add_axes((0.02, 0.2, 0.7, 0.55), projection=on.crs())
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    degrees = PlateCarree()
    land = [shape for _, _, shape in basemap.features(laydown.scenario.borders)]
    axes.add_geometries(land, degrees, facecolor="#eeeeee", edgecolor="#999999", linewidth=0.5)
    for ring in laydown.rings:
        axes.add_geometries([ring.shape], degrees, facecolor="#d55e00", alpha=0.1)
        axes.add_geometries([ring.shape], degrees, facecolor="none", edgecolor="#d55e00")
    for mark in laydown.marks:
        if mark.shape.geom_type == "Point":
            axes.plot(mark.shape.x, mark.shape.y, "s", transform=degrees)
    for text in words.figure.texts if words else ():
        across, up = text.get_position()
        place = across / 72 / form.width_in, up / 72 / form.height_in
        sheet.text(*place, text.get_text(), size=text.get_size(), color=text.get_color())
    for text in words.figure.axes[0].texts if words else ():
        style = {"size": text.get_size(), "ha": "center", "weight": text.get_weight()}
        halo = text.get_path_effects()
        axes.text(*text.get_position(), text.get_text(), path_effects=halo, **style)
    file = io.BytesIO()
    sheet.savefig(file, format="png", dpi=DPI)
    return file.getvalue()


WAYS = ("atlas", "cartopy", "cartopy with words")


def once(way: str, projection: str) -> float:
    """Seconds for one picture."""
    laydown = laydown_on(projection)
    if way == "cartopy with words":
        words = drawn_by_atlas(laydown)
    began = time.perf_counter()
    if way == "atlas":
        drawn_by_atlas(laydown).file("png", DPI)
    else:
        plain(laydown, words if way == "cartopy with words" else None)
    return time.perf_counter() - began


def cold(way: str, projection: str) -> float:
    """Seconds for the first picture of a new interpreter."""
    command = [sys.executable, "-m", "tests.bench.picture", way, projection]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def main() -> None:
    """Measure and print."""
    for projection in PROJECTIONS:
        first = {
            way: statistics.median(cold(way, projection) for _ in range(3)) for way in WAYS[:2]
        }
        for way in WAYS:
            once(way, projection)
        warm = {way: statistics.median(once(way, projection) for _ in range(WARM)) for way in WAYS}
        for name, took in (("cold", first), ("warm", warm)):
            for way, seconds in took.items():
                ratio = took["atlas"] / seconds
                said = f"{projection:11} {name} {way:18} {seconds:.2f} s"
                print(f"{said}; the atlas takes {ratio:.2f} times that")
    sizes()


def sizes() -> None:
    """Print the sizes of the files of the fullest scene."""
    from geo.figure import Order
    from tests.pictures import drawn, scenario_of

    for scene in ("", "declared-assessed"):
        _, _, picture = drawn(scenario_of(scene), Order("16:9"))
        parts = {
            "PNG 1x": picture.file("png"),
            "PNG 2x": picture.file("png", 192),
            "PNG 300 dpi": picture.file("png", DPI),
            "SVG": picture.file("svg"),
            "PDF": picture.file("pdf"),
        }
        said = ", ".join(f"{name} {len(content) / 1000:,.0f} KB" for name, content in parts.items())
        print(f"{scene or 'first screen'}: {said}")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(once(sys.argv[1], sys.argv[2]))
    else:
        main()
