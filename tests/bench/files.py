"""Sizes of the files and the exported page's time to first paint: ``python -m tests.bench.files``.

Needs a Chromium for the page; it draws without a graphics card, so a reader's machine is faster.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from geo import files
from geo.catalogue import load
from geo.laydown import resolve
from tests.test_browser import FLAGS

TIMES = 5
#: Time from opening to the first frame that the browser shows after the map drew its layers.
PAINTED = """() => new Promise(done => {
  const look = () => document.querySelector('#map[data-painted]')
    ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look);
  look();
})"""
TEXT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def main() -> None:
    """Print seconds to make and bytes of every format over all scenes, then the page's paint."""
    catalogue = load()
    laydowns = {
        scene.id: resolve(catalogue, files.asked(catalogue, scene.id)[0])
        for scene in catalogue.scenes
    }
    print(f"{'format':12}{'kB, median':>12}{'kB, largest':>12}{'s, median':>11}{'s, longest':>11}")
    for kind in files.FORMATS.values():
        sizes, seconds = [], []
        for laydown in laydowns.values():
            start = time.perf_counter()
            content = files.make(catalogue, laydown, kind)
            seconds.append(time.perf_counter() - start)
            sizes.append(len(content) / 1000)
        print(
            f"{kind.name:12}{median(sizes):12,.0f}{max(sizes):12,.0f}"
            f"{median(seconds):11.2f}{max(seconds):11.2f}"
        )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        path = Path(folder) / "map.html"
        files.write(path, files.make(catalogue, laydowns["9m729"], files.FORMATS[".html"]))
        chromium = shutil.which("chromium")
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        runs = [painted(browser, path) for _ in range(TIMES)]
        browser.close()
    words, maps = (sorted(one) for one in zip(*runs, strict=True))
    print(f"page of 9m729, ms from opening, {TIMES} times: text {words}, map {maps}")


def painted(browser: Browser, path: Path) -> tuple[int, int]:
    """Milliseconds from opening a page to its first text, and to its first map."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(path.as_uri(), wait_until="commit")
    drawn = page.evaluate(PAINTED)
    text = page.evaluate(TEXT)
    context.close()
    return round(text), round(drawn)


if __name__ == "__main__":
    main()
