"""Write the pictures of the first screen's map that the page shows until the live map is drawn.

Run after anything that changes the first screen, with the development requirements and a Chromium::

    python scripts/build_posters.py

The page is started and opened in Chromium, once as on a desk and once as on a phone; the picture is
what its map has drawn, without loss. ``ui/poster.py`` says when it is shown. Old files are deleted.
"""

from __future__ import annotations

import base64
import io
import json
import math
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo import webmap
from geo.catalogue import load
from geo.laydown import resolve
from geo.scenario import default
from ui import poster
from ui.drawing import MAP_PX, PHONE_PX

FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
         "--ignore-gpu-blocklist"]  # fmt: skip
AGENT = {
    "wide": None,
    "phone": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36",
}
SIZE_PX = {"wide": MAP_PX, "phone": PHONE_PX}
WINDOW_PX = "3300,1000"
CHART = "[data-testid=stDeckGlJsonChart] canvas"
#: The map stands once it has not changed for this long.
STILL_S = 5


def width_px(camera: Mapping[str, float]) -> int:
    """Give the width of the map from its middle to the 180th meridian, twice: beyond is nothing."""
    world = 512 * 2 ** camera["zoom"]
    return 2 * math.floor(world * (180 - camera["longitude"]) / 360 - 1)


def drawn(port: int, screen: str, size_px: tuple[int, int]) -> Image.Image:
    """Open the first screen and give what its map has drawn, cut to a size."""
    scale = poster.SCALE[screen]
    with sync_playwright() as play:
        browser: Browser = play.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[*FLAGS, f"--force-device-scale-factor={scale}", f"--window-size={WINDOW_PX}"],
        )
        # the window's own size and scale: where a scale is emulated, deck.gl loses all names
        tab = browser.new_page(no_viewport=True, user_agent=AGENT[screen])
        tab.goto(f"http://localhost:{port}")
        tab.locator(CHART).first.wait_for(timeout=60_000)
        last, since = "", time.monotonic()
        while time.monotonic() - since < STILL_S or len(last) < 20_000:
            tab.wait_for_timeout(500)
            now = tab.evaluate("one => document.querySelector(one).toDataURL()", CHART)
            if now != last:
                last, since = now, time.monotonic()
        browser.close()
    image = Image.open(io.BytesIO(base64.b64decode(last.partition(",")[2]))).convert("RGBA")
    width, height = (px * scale for px in size_px)
    if image.width < width or image.height != height:
        raise RuntimeError(f"the map of the {screen} screen has {image.size} pixels")
    left = (image.width - width) / 2
    if left % 1:
        raise RuntimeError(f"the middle of {image.width} pixels lies between two")
    whole = image.crop((int(left), 0, int(left) + width, height))
    # a renderer may leave the canvas's first row empty
    if whole.crop((0, scale, width, height)).getextrema()[3][0] < 255:
        raise RuntimeError(f"the map of the {screen} screen has gaps")
    return whole


def main() -> None:
    """Write both pictures."""
    for old in poster.FOLDER.glob("first-*.webp"):
        old.unlink()
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"],
        cwd=poster.FOLDER.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    catalogue = load()
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.1)
        for screen, size_px in SIZE_PX.items():
            deck = webmap.deck(resolve(catalogue, default(catalogue.offer)), size_px)
            camera = json.loads(deck.to_json())["initialViewState"]
            path = poster.FOLDER / poster.name(deck, screen)
            picture = drawn(port, screen, (width_px(camera), size_px[1]))
            picture.save(path, lossless=True, quality=100, method=6)
            print(f"{path.name}: {path.stat().st_size} bytes")
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    main()
