"""Hostile links, through the parser and through the page: ``python -m tests.fuzz.links``.

Each link is a valid one with one to four keys spoilt, or rubbish as a whole. What a link holds is
honoured or named in a warning, never passed over in silence; its other keys are honoured.
"""

from __future__ import annotations

import argparse
import random
import string
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode

from streamlit.testing.v1 import AppTest

from geo import own
from geo.catalogue import Catalogue, load
from geo.link import parse, spot_code, to_query
from geo.scenario import EARLIEST, FRAMINGS, HIDEABLE, Offer, Scenario, default, spot
from ui import markup

APP = str(Path(__file__).parent.parent.parent / "app.py")
VIEWS = ("map", "present", "compare", "place", "timeline", "sources", "claims")
Query = dict[str, list[str]]

NASTY = (
    *("", " ", ".", "..", "...", "none", "none.none", "null", "NaN", "-1", "0", "1e999", "true"),
    *("9" * 400, "-" * 300, "1." * 900, "²", "９", "٣", "0x10", "1_000", "+1", "[]", "{}", "[[1"),
    *(
        "\0",
        "a\0b",
        "\u202egnp.exe",
        "\u200f\u200e",
        "e\u0301" * 60,
        "Z" + "\u0335" * 200,
        "\ufeff",
    ),
    *("\ud800", "\udfff\ud800", "\U0010ffff", "\u2028", "\r\nSet-Cookie: a=b", "\x1b[31m", "\t"),
    *("<script>window.hit=1</script>", "<img src=x onerror=alert(1)>", "@@=alert(1)", "@@type"),
    *("![x](http://evil.example/a.png)", "[x](javascript:alert(1))", "$x^2$", ":material/home:"),
    *(
        "{{7*7}}",
        "${7*7}",
        "%00",
        "%ff%fe",
        "../../etc/passwd",
        "C:\\con",
        "' OR 1=1 --",
        "__proto__",
    ),
    *("2011-02-30", "0000-00-00", "99999-01-01", "1971-12-31", "2199-01-01", "٢٠١١-٠١-٠١"),
    *("1e1n", "181e1n", "1e91n", "1.23456e1n", "0w0s", "file.", "file.3", "file.-1", "file.NaN"),
)
#: Keys that nobody offers; some are Streamlit's own or look like ours.
STRANGERS = (
    *(
        "colour",
        "embed_options",
        "Phases",
        " phases",
        "phases ",
        "b-",
        "b-b-phases",
        "b-view",
        "b-own",
    ),
    *(
        "b-v",
        "own[]",
        "phases[]",
        "__proto__",
        "constructor",
        "v.",
        "\u202ev",
        "a\0b",
        "k" * 3000,
        "☃",
    ),
)

#: Streamlit keeps these to itself; the page never sees them.
PLATFORM = ("embed", "embed_options")


@dataclass(frozen=True)
class Link:
    """A link to try."""

    query: Query
    spoilt: frozenset[str]
    """Keys that may hold anything; the others hold what they held in a valid link."""

    def __str__(self) -> str:
        return written(self.query)


def written(query: Mapping[str, Sequence[str]]) -> str:
    """Write a query so that it can be pasted, lone halves of a pair too."""
    pairs = [(key, value) for key, values in query.items() for value in values]
    return "&".join(
        f"{quote(key, safe='', errors='surrogatepass')}={quote(value, errors='surrogatepass')}"
        for key, value in pairs
    )


def junk(rng: random.Random) -> str:
    """Anything at all."""
    kind = rng.randrange(7)
    if kind < 3:
        return rng.choice(NASTY)
    if kind == 3:
        raw = rng.randbytes(rng.randrange(1, 40))
        return raw.decode("utf-8", rng.choice(["replace", "surrogateescape"]))
    if kind == 4:
        return "".join(chr(rng.randrange(0x110000)) for _ in range(rng.randrange(1, 12)))
    if kind == 5:
        return "".join(rng.choices(string.printable, k=rng.randrange(1, 30)))
    return rng.choice(NASTY) + rng.choice(".~!-_ ") + rng.choice(NASTY)


def own_junk(rng: random.Random) -> str:
    """What stands where own rings stand: nested, cut, too much, or with signs that part it."""
    name = quote(junk(rng)[:80], safe=rng.choice(["", "~!"]), errors="replace")
    parts = [
        rng.choice(["20.5e54.7n", "200e1n", "", "1e1n~", junk(rng)]),
        rng.choice(["600", "-5", "0", "nan", "inf", "1e3", "99999", "", "9" * 5000, junk(rng)]),
        name,
        rng.choice(["", "S", name, "%ff%00", "%25%25", "!"]),
    ]
    one = "~".join(parts[: rng.randrange(1, 5)])
    code = "!".join([one] * rng.choice([1, 1, 1, 2, 101, 4000]))
    return code if rng.random() < 0.8 else quote(quote(code, errors="replace"))


def mutated(rng: random.Random, value: str) -> str:
    """Return a valid value with one thing done to it."""
    if not value:
        return junk(rng)
    at = rng.randrange(len(value))
    done = (
        value[:at] + junk(rng)[:3] + value[at:],
        value[:at] + value[at + 1 :],
        value[:at] + chr(ord(value[at]) ^ (1 << rng.randrange(7))) + value[at + 1 :],
        value.upper(),
        value[::-1],
        value * rng.choice([2, 3, 500]),
        f"{value}.{junk(rng)}",
        f"{value}\0",
        f"\u202e{value}",
        quote(quote(value, safe="", errors="replace"), safe=""),
    )
    return rng.choice(done)


def asked(rng: random.Random, offer: Offer) -> Scenario:
    """Any choice that the atlas offers."""

    def some(items: Sequence[str]) -> frozenset[str]:
        return frozenset(rng.sample(sorted(items), rng.randrange(min(4, len(items) + 1))))

    def drawn() -> Scenario:
        return replace(
            default(offer),
            as_of=EARLIEST.fromordinal(
                rng.randrange(EARLIEST.toordinal(), offer.as_of.toordinal() + 1)
            ),
            phases=frozenset(rng.sample((1, 2, 3, 4), rng.randrange(5))),
            plan=rng.choice(["as-built", "planned"]),
            figures=some(offer.figures),
            layers=some(offer.layers),
            origins=tuple((area, rng.choice(ids)) for area, ids in sorted(offer.origins.items())),
            hidden=some(tuple(HIDEABLE)),
            borders=rng.choice(["de-jure", "de-facto"]),
        )

    place = spot_code(round(rng.uniform(-180, 180), 3), round(rng.uniform(-80, 80), 3))
    return replace(
        drawn(),
        framing=rng.choice(sorted(FRAMINGS)),
        projection=rng.choice(["mercator", "true-range", "equal-area", "globe"]),
        centre=rng.choice([place, *offer.centres]),
        flat=rng.random() < 0.3,
        view=rng.choice(VIEWS),
        dossier=rng.choice([None, *sorted(offer.dossiers)]),
        place=rng.choice([None, place, *sorted(offer.places)[:40]]),
        own=(own.ring("A b_c~d!", 20.5, 54.7, 600, "S"),) if rng.random() < 0.3 else (),
        against=drawn() if rng.random() < 0.4 else None,
    )


def links(seed: int, count: int, offer: Offer) -> Iterator[Link]:
    """Give so many links; the same seed gives the same."""
    for number in range(count):
        # each link on its own: one can be made again without those before it
        rng = random.Random(f"{seed}/{number}")
        yield _rubbish(rng) if rng.random() < 0.15 else _spoilt(rng, offer)


def _spoilt(rng: random.Random, offer: Offer) -> Link:
    scenario = asked(rng, offer)
    query = {key: [value] for key, value in to_query(scenario, offer).items()}
    spoilt = set()
    for _ in range(rng.randrange(1, 5)):
        key = rng.choice([*query, "own", "place", "dossier", "b-show", "b-date", *STRANGERS])
        if rng.random() < 0.1:
            key = junk(rng)
        spoilt.add(key)
        old = query.get(key) or [""]
        query[key] = rng.choice(
            [
                [junk(rng)],
                [junk(rng)],
                [own_junk(rng) if key == "own" else junk(rng)],
                [mutated(rng, old[0])],
                [mutated(rng, old[0])],
                [*old, junk(rng)],
                old * rng.randrange(2, 40),
                [],
            ]
        )
    return Link(query, frozenset(spoilt))


def _rubbish(rng: random.Random) -> Link:
    pairs = [(junk(rng), junk(rng)) for _ in range(rng.randrange(1, 60))]
    raw = rng.choice([urlencode(pairs, errors="replace"), junk(rng), "&" * 50 + "=" * 50])
    return Link(query := parse_qs(raw, keep_blank_values=True), frozenset(query))


def faults(link: Link, offer: Offer) -> list[str]:
    """Say what the parser did wrongly with a link."""
    try:
        scenario, warnings = parse(link.query, offer)
        back = to_query(scenario, offer)
        again = parse({key: [value] for key, value in back.items()}, offer)
    except Exception as error:
        return [f"raised {error!r:.200}"]
    found = [
        f"a warning of {len(said)} characters, or that cannot be printed: {said[:300]!r}"
        for said in warnings
        if len(said) > 1500 or not said.replace("\n", " ").isprintable()
    ]
    if again[0] != scenario and not back.get("own", "").startswith("file."):
        found.append("what was understood cannot be linked to again")
    for key, values in link.query.items():
        if key not in link.spoilt:
            if values != [back.get(key)]:
                found.append(f"the good {key}={values} beside it is not honoured: {back.get(key)}")
        elif values and not _answered(key, values, back, warnings):
            found.append(f"{key!r}={values!r:.200} is neither honoured nor named")
    return found


def _answered(
    key: str, values: Sequence[str], back: Mapping[str, str], warnings: Sequence[str]
) -> bool:
    """Tell whether a key is named in a warning, or all of it stands in the link written back."""
    shown = "".join(char if char.isprintable() else "?" for char in key)
    shown = shown if len(shown) <= 40 else shown[:39] + "…"
    words = [f"'{shown}'", f"{shown}=", f"The link's {shown} has "]
    words += {"own": ["own data"], "v": ["data edition"]}.get(key, [])
    if any(word in said for said in warnings for word in words):
        return True
    if len(values) > 1:
        return False
    (value,) = values
    kept = back.get(key, "")
    if key == "own":
        return not value or own.from_code(value) == own.from_code(kept)
    if spot(value) is not None:
        return spot(value) == spot(kept)
    return set(value.split(".")) == set(kept.split("."))


class Browsing:
    """One reader who opens one hostile link after the other."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.page = AppTest.from_file(APP, default_timeout=90)

    def faults(self, link: Link) -> list[str]:
        """Open a link and say what the page did wrongly with it."""
        # as a server takes it: bytes that are no text have become signs for it
        query = parse_qs(written(link.query), keep_blank_values=True)
        query = {key: values for key, values in query.items() if key not in PLATFORM}
        page = self.page
        page.query_params.clear()
        page.query_params.update(query)
        page.run()
        found = [f"the page raised {error.message}" for error in page.exception]
        wanted, warnings = parse(query, self.catalogue.offer)
        shown = [one.value for one in page.warning]
        if wanted.view == "present":
            warnings = ()  # it shows nothing but the map
        if shown != ([markup.lines(warnings)] if warnings else []):
            found.append(f"the page does not say {warnings}, but {shown}")
        if not found and page.session_state["last"] != wanted:
            found.append("the page shows another map than the link asks for")
        return found


def main() -> None:
    """Try many links and print what came of it."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--parser", type=int, default=20_000, help="links for the parser")
    ask.add_argument("--page", type=int, default=300, help="links for the page")
    ask.add_argument("--seed", type=int, default=1)
    given = ask.parse_args()
    catalogue = load()
    bad = 0
    for name, count, judge in (
        ("parser", given.parser, lambda link: faults(link, catalogue.offer)),
        ("page", given.page, Browsing(catalogue).faults),
    ):
        began, slowest, warned = time.perf_counter(), 0.0, 0
        for number, link in enumerate(links(given.seed, count, catalogue.offer)):
            start = time.perf_counter()
            found = judge(link)
            slowest = max(slowest, time.perf_counter() - start)
            warned += bool(parse(link.query, catalogue.offer)[1])
            if found:
                bad += 1
                print(f"{name}: link {given.seed}/{number}: {found}\n  ?{str(link)[:2000]}")
        took = time.perf_counter() - began
        print(
            f"{name}: {count} links in {took:.1f} s, {warned} of them with warnings, the slowest "
            f"{slowest * 1000:.0f} ms"
        )
    print(f"{bad} links were not answered as they should be")
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
