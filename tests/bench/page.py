"""Measure the page beside the platform's floor: start, first map, and a toggle's cost.

Run from the top of the repository, on a quiet machine with a Chromium::

    python -m tests.bench.page

Printed: seconds from the start of the command to the open port, to the page's first message, to the
first painted map (which of the atlas is the picture that stands where the live map will, see
``ui/poster.py``) and to the live one; bytes over the websocket for a toggle; milliseconds from
click to the last message of the answer, to the new map's first call of the renderer, and to its
first changed pixels (between the two lies the renderer's own work, which a graphics card all but
takes away); and the server's own milliseconds for a warm rerun, without a browser.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parent.parent.parent
PAGES = {"atlas": ROOT / "app.py", "floor": Path(__file__).parent / "floor.py"}
FLAGS = [
    *("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader"),
    *("--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--disable-background-networking"),
]
TOGGLES = 14
#: Toggles before those that are timed.
WARM = 2
#: Share of the map's pixels that are not blank once something is painted.
PAINTED = """() => {
    const map = document.querySelector('[data-testid=stDeckGlJsonChart] canvas');
    if (!map) return 0;
    const small = document.createElement('canvas');
    small.width = small.height = 200;
    const pen = small.getContext('2d');
    pen.drawImage(map, 0, 0, 200, 200);
    const data = pen.getImageData(0, 0, 200, 200).data;
    let found = 0;
    for (let i = 0; i < data.length; i += 4)
        if (data[i + 3] > 0 && data[i] + data[i + 1] + data[i + 2] < 735) found += 1;
    return found;
}"""
#: When the map's picture was painted, which stands before the live map does; milliseconds.
POSTER = """() => new Promise(found => {
    new PerformanceObserver(list => {
        for (const one of list.getEntries())
            if (one.url.includes('/first-')) found(performance.timeOrigin + one.renderTime);
    }).observe({type: 'largest-contentful-paint', buffered: true});
    setTimeout(() => found(null), 500);
})"""
#: The map as it is: 240 by 180 pixels, four numbers each.
PICTURE = """
    const map = document.querySelector('[data-testid=stDeckGlJsonChart] canvas');
    const small = document.createElement('canvas');
    small.width = 240; small.height = 180;
    const pen = small.getContext('2d', {willReadFrequently: true});
    const picture = () => {
        pen.clearRect(0, 0, 240, 180);
        pen.drawImage(map, 0, 0, 240, 180);
        return pen.getImageData(0, 0, 240, 180).data;
    };"""
#: Keeps the picture of one state of the switch.
KEPT = f"(name) => {{ {PICTURE} (window.kept ??= {{}})[name] = picture(); }}"
#: Watches, from the next click on, where the two pictures differ most; `window.took` is the time.
WATCHED = f"""(name) => {{
    {PICTURE}
    const [on, off] = [window.kept.on, window.kept.off];
    let place = 0;
    for (let i = 0; i < on.length; i++)
        if (Math.abs(on[i] - off[i]) > Math.abs(on[place] - off[place])) place = i;
    const wanted = window.kept[name][place], far = Math.abs(on[place] - off[place]) / 3;
    window.took = window.called = null;
    document.addEventListener('click', () => {{
        const clicked = performance.now();
        window.drew = () => {{ window.called ??= performance.now() - clicked; }};
        const again = () => {{
            if (Math.abs(picture()[place] - wanted) < far)
                window.took = performance.now() - clicked;
            else requestAnimationFrame(again);
        }};
        requestAnimationFrame(again);
    }}, {{once: true, capture: true}});
}}"""

#: Tells `window.drew` of every drawing call.
HEARD = """() => {
    const maps = WebGL2RenderingContext.prototype;
    for (const name of
        ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']) {
        const draw = maps[name];
        maps[name] = function (...rest) { window.drew?.(); return draw.apply(this, rest); };
    }
}"""


def browser_run(page_path: Path, home: Path) -> dict[str, float]:
    """Start a page, open it in a browser, toggle it, and say what that took."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(page_path), f"--server.port={port}"],
        cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ),
    )  # fmt: skip
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.02)
        found = {"open_s": time.perf_counter() - began}
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            tab = browser.new_page(viewport={"width": 1280, "height": 800})
            found |= toggled(tab, port, began)
            browser.close()
        return found
    finally:
        server.terminate()
        server.wait(10)


def toggled(tab: Page, port: int, began: float) -> dict[str, float]:
    """First painted map, then the cost of toggles."""
    frames: list[tuple[float, int]] = []

    def heard(socket_: object) -> None:
        socket_.on(  # type: ignore[attr-defined]
            "framereceived", lambda data: frames.append((time.perf_counter(), len(data)))
        )

    tab.on("websocket", heard)
    tab.goto(f"http://localhost:{port}")
    while not frames:
        tab.wait_for_timeout(5)
    found = {"first_message_s": frames[0][0] - began}
    while tab.evaluate(PAINTED) < 20:
        time.sleep(0.02)
    found["painted_s"] = found["live_s"] = time.perf_counter() - began
    poster_ms = tab.evaluate(POSTER)
    if poster_ms is not None:
        now = time.perf_counter() - began, time.time()
        found["painted_s"] = min(found["live_s"], now[0] - (now[1] - poster_ms / 1000))
    tab.wait_for_timeout(8000)
    sizes, answers, calls, pixels = [], [], [], []
    label = tab.locator(".st-key-phase2 label").first
    states = ["on", "off"]
    tab.evaluate(HEARD)
    tab.evaluate(KEPT, states[0])
    for turn in range(TOGGLES):
        state = states[(turn + 1) % 2]
        frames.clear()
        if turn >= WARM:
            tab.evaluate(WATCHED, state)
        clicked = time.perf_counter()
        label.click()
        tab.wait_for_timeout(3000)
        sizes.append(sum(size for _, size in frames))
        answers.append((frames[-1][0] - clicked) * 1000)
        if turn == 0:
            tab.evaluate(KEPT, state)
        if turn >= WARM:
            calls.append(tab.evaluate("window.called"))
            pixels.append(tab.evaluate("window.took"))
    found["toggle_bytes"] = statistics.median(sizes)
    found["toggle_bytes_most"] = max(sizes)
    found["answer_ms"] = statistics.median(answers[WARM:])
    found["called_ms"] = statistics.median(calls)
    found["pixels_ms"] = statistics.median(pixels)
    found["pixels_ms_most"] = max(pixels)
    return found


def server_ms(page_path: Path) -> float:
    """Median of warm reruns without a browser."""
    page = AppTest.from_file(str(page_path), default_timeout=60).run()
    took = []
    for index in range(40):
        page.toggle(key="phase2").set_value(bool(index % 2))
        began = time.perf_counter()
        page.run()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took[4:])


def main() -> None:
    """Print both pages and the ratio of each figure."""
    results: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copytree(ROOT / ".streamlit", home / ".streamlit")
        for name, path in PAGES.items():
            results[name] = browser_run(path, ROOT if name == "atlas" else home)
            results[name]["server_ms"] = server_ms(path)
    print(f"{'':18}{'atlas':>10}{'floor':>10}{'ratio':>8}")
    for key in results["atlas"]:
        atlas, floor = results["atlas"][key], results["floor"][key]
        print(f"{key:18}{atlas:10.1f}{floor:10.1f}{atlas / floor:8.2f}")


if __name__ == "__main__":
    main()
