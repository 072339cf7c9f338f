"""What nobody sane would send: values, links and files, each from a seed."""

from __future__ import annotations

import json
import random
import zipfile
from io import BytesIO

#: Text that something, somewhere, once took for more than text.
WORDS = (
    "<script>window.hit=1</script>",
    '"><img src=x onerror="window.hit=1">',
    "</script><svg onload=window.hit=1>",
    "![x](http://example.org/x.png)",
    "[click](javascript:window.hit=1)",
    "@@=alert(1)",
    "@@#window.hit",
    "{{7*7}}${7*7}#{7*7}",
    "$\\href{javascript:window.hit=1}{x}$",
    '=HYPERLINK("http://example.org","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "'; DROP TABLE rings; --",
    "../../../../etc/passwd",
    "\u202egnp.exe",
    "\ufeff\u200b\u2060",
    "e\u0301" * 30,
    "\u0000\u0001\u001b[31m",
    "\ud800",
    "\U0001f680" * 20,
    "İıſK",
    "٣٤٥",
    "１２３",
    "²³",
    "NaN",
    "-Infinity",
    "1e309",
    "9" * 400,
    "0x10",
    "1_000",
    "-0",
    "0000-00-00",
    "99999-12-31",
    "2011-13-45",
    "2011-W10-1",
    "none",
    "null",
    "__class__",
    "a.b.c",
    "1.1.1.1",
    "1.2.3.4.5",
    "file.3",
    "file.99999999999999999999",
    "46.29e38.08n",
    "46.29e38.08n~1500~x~y",
    "46.29e38.08n~-1~x~y!",
    "!!!~~~",
    "%00%0a%0d",
    "%",
    "",
    " ",
    "\n",
    "+",
    ".",
    "..",
    "~",
    "x" * 5000,
)


def text(dice: random.Random) -> str:
    """Some text: bytes, letters of any script, or something from the list, whole or mixed."""
    kind = dice.randrange(5)
    if kind == 0:
        return dice.randbytes(dice.randrange(40)).decode("utf-8", "surrogateescape")
    if kind == 1:
        return "".join(chr(dice.choice((dice.randrange(128), dice.randrange(0x11000)))) for _ in
                       range(dice.randrange(30)))  # fmt: skip
    if kind == 2:
        return str(dice.choice((-1, 0, 1, 5, 2**31, 2**63, 1e308, 0.1, -7.5)) * dice.random())
    one = dice.choice(WORDS)
    return one if kind == 3 else one[: dice.randrange(20)] + dice.choice(WORDS)[:40]


def link(dice: random.Random, sound: dict[str, str]) -> tuple[dict[str, list[str]], set[str]]:
    """Spoil some keys of a sound link; also which keys are no longer as they were."""
    query = {key: [value] for key, value in sound.items()}
    touched = set()
    for _ in range(dice.randrange(1, 5)):
        key = dice.choice((*sound, "own", "place", "dossier", f"b-{dice.choice(list(sound))}", ""))
        if not key:
            key = text(dice)
        way = dice.randrange(6)
        if way == 0:
            query[key] = [text(dice) for _ in range(dice.randrange(1, 4))]
        elif way == 1:
            query[key] = [*query.get(key, []), text(dice)]
        elif way == 2 and query.get(key):
            whole = query[key][0]
            cut = dice.randrange(len(whole) + 1)
            query[key] = [whole[:cut] + text(dice)[:10] + whole[cut:]]
        elif way == 3 and query.get(key):
            query[key] = query[key] * dice.randrange(2, 40)
        elif way == 4:
            query[key] = []
        else:
            query[key] = [text(dice)]
        touched.add(key)
    return query, touched


def file(dice: random.Random) -> bytes:
    """A file of rings as somebody hostile, or only careless, would make it."""
    return dice.choice((_table, _table, _features, _features, _broken))(dice)


def _table(dice: random.Random) -> bytes:
    sign = dice.choice(",;\t")
    head = sign.join(dice.sample(("name", "lon", "lat", "range_km", "source"), 5))
    if not dice.randrange(6):
        head = text(dice)
    lines = [head]
    for _ in range(dice.choice((1, 1, 2, 2, 3, 0, 101))):
        name = dice.choice((text(dice), dice.choice(WORDS[:14])))
        cells = {"name": name, "lon": "46.29", "lat": "38.08", "range_km": "500"}
        cells |= {"source": dice.choice((text(dice), "A"))}
        if not dice.randrange(3):
            cells[dice.choice(list(cells))] = text(dice)
        row = [cells.get(name, text(dice)) for name in head.split(sign)]
        lines.append(sign.join(dice.choice((cell, f'"{cell}"')) for cell in row))
    return (
        dice.choice(("\n", "\r\n", "\r"))
        .join(lines)
        .encode(dice.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16")), "surrogatepass")
    )


def _features(dice: random.Random) -> bytes:
    def value(depth: int = 0) -> object:
        kind = dice.randrange(9 if depth < 3 else 6)
        if kind < 2:
            return text(dice)
        if kind < 4:
            return dice.choice((0, -1, 500, 46.29, 1e308, 1e400, float("nan"), 2**70))
        if kind < 6:
            return dice.choice((None, True, "500", "46.29"))
        if kind < 8:
            return [value(depth + 1) for _ in range(dice.randrange(4))]
        return {text(dice): value(depth + 1) for _ in range(dice.randrange(3))}

    def place() -> list[float]:
        return [dice.choice((0, 46.29, -181, 180, 1e300, float("nan"))), dice.choice((38.08, 90.1))]

    shapes = (
        {"type": "Point", "coordinates": [46.29, 38.08]},
        {"type": "Point", "coordinates": place()},
        {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[place() for _ in range(dice.randrange(6))]]},
        {"type": "MultiPolygon", "coordinates": value()},
        {"type": text(dice), "coordinates": value()},
        {"type": "GeometryCollection", "geometries": [value()]},
        value(),
    )
    features = [
        {
            "type": "Feature",
            "properties": dice.choice((
                {"name": text(dice), "range_km": dice.choice((500, 500, value()))},
                {"name": "A", "range_km": 500, "@@type": "X", "@@=": text(dice)},
                value(),
            )),
            "geometry": dice.choice(shapes),
        }
        for _ in range(dice.choice((0, 1, 1, 2, 5)))
    ]  # fmt: skip
    document = {
        "type": dice.choice(("FeatureCollection", "FeatureCollection", "Feature", text(dice)))
    }
    document |= {"features": dice.choice((features, features, features, value()))}
    if not dice.randrange(5):
        named = {"type": "name", "properties": {"name": "EPSG:3857"}}
        document["crs"] = dice.choice((value(), named))
    return json.dumps(document).encode()


def _broken(dice: random.Random) -> bytes:
    whole = dice.choice((_table, _features))(dice)
    way = dice.randrange(5)
    if way == 0:
        return dice.randbytes(dice.randrange(400))
    if way == 1:
        return whole[: dice.randrange(len(whole) + 1)]
    if way == 2:
        return dice.choice((b"[", b'{"a":', b'{"type":"FeatureCollection","features":[')) * 3000
    spoiled = bytearray(whole)
    for _ in range(dice.randrange(1, 9)):
        if spoiled:
            spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
    return bytes(spoiled)


def bomb() -> bytes:
    """Fifty million zeros in a zip of fifty thousand bytes."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rings.csv", b"0" * 50_000_000)
    return held.getvalue()
