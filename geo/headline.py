"""What is drawn, in a headline.

Job: one Laydown in a few exact, neutral words. Ban: as `sentence`.
"""

from __future__ import annotations

from geo import legend, wording
from geo.laydown import Laydown
from geo.scenario import LAYERS
from geo.sentence import LISBON, MOST_NAMED, tint_words
from geo.vocabulary import YOURS
from geo.wording import listed

__all__ = ["headline"]


def headline(laydown: Laydown) -> str:
    """What is drawn, and the kind of range."""
    shown = [mark for mark in laydown.marks if mark.status != "reference"]
    planned = laydown.scenario.plan == "planned" and any(mark.site.phases for mark in shown)
    whose = "US" if planned or laydown.scenario.as_of < LISBON else "NATO's"
    what = f"{whose} missile defence in Europe" if shown else ""
    if planned:
        what += " as planned in 2009"
    others = ""
    layers = list(dict.fromkeys(mark.site.layer for mark in shown))
    if shown and not any(mark.site.phases for mark in shown) and None not in layers:
        named = [LAYERS[layer] for layer in layers if layer]
        what = listed([named[0], *map(_inside, named[1:])])
    elif (planned and set(layers) != {None}) or {mark.site.side for mark in shown} - {"NATO/US"}:
        others = "other sites"
    if layers == ["third-site"]:
        what = "The third site of 2007 to 2009"
    elif shown and all(mark.site.side == "Russia" for mark in shown):
        what = "Russian sites"
    elif not shown and laydown.tints:
        what = tint_words(laydown)
    drawn = {ring.figure.id: ring for ring in laydown.rings}
    rings = [ring for ring in drawn.values() if ring.figure.basis != YOURS]
    own = len(drawn) - len(rings)
    systems = list(dict.fromkeys(ring.system.name for ring in rings))
    ranges = ""
    if len(rings) == 1:
        ring = rings[0]
        ranges = f"{legend.ring_name(ring)}, {wording.figure_label(ring.figure).split(' (')[0]}"
        if ring.system.kind != "statement":
            ranges += f", {ring.figure.basis}"
    elif len(systems) <= MOST_NAMED:
        ranges = f"stated ranges: {listed(systems)}" if systems else ""
    else:
        ranges = f"{len(rings)} stated ranges"
    yours = f"{'a ring' if own == 1 else f'{own} rings'} of {YOURS}" if own else ""
    title = listed(part for part in (what, others, yours, ranges) if part) or "Nothing is drawn"
    return title[:1].upper() + title[1:]


def _inside(name: str) -> str:
    """A layer's name within a sentence: a common noun has no capital there."""
    common = name.startswith(("Ports", "Early", "Third"))
    return name[:1].lower() + name[1:] if common else name
