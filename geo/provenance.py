"""Where a drawing comes from, in words that travel with every file made of it.

Job: title, sources, scenario, link, data edition, border view and licence of one Laydown.
Ban: no drawing, no files, no claim of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from geo import caption
from geo.caption import Caption
from geo.catalogue import Catalogue
from geo.laydown import Laydown
from geo.link import to_query
from geo.model import Source

__all__ = ["LICENCE", "Provenance", "provenance", "sources_used"]

#: Licence of this compilation of facts; see ``data/README.md``.
LICENCE = "CC BY 4.0"


@dataclass(frozen=True)
class Provenance:
    """What must be known to quote a drawing, and to make it again."""

    caption: Caption
    sources: tuple[Source, ...]
    """Every source behind what is drawn, figures first."""
    scenario: Mapping[str, str]
    """Every choice, as the keys of a link."""
    link: str
    """Address that restores the map; from its question mark on if the page's address is unknown."""
    version: str
    """Edition of the data."""
    as_of: str
    """Day the map shows."""
    borders: str
    """Border view."""
    tints: tuple[tuple[str, tuple[str, ...]], ...]
    """Groups of countries marked as a whole, and their ISO codes."""
    missing: tuple[str, ...]
    """What was asked for and cannot be drawn."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Caveats, origin note, and what is missing, a sentence or two each."""
        said = self.caption
        lines = (*said.notes, said.origin_note, said.flat, *self.missing)
        return tuple(line for line in lines if line)

    def record(self) -> dict[str, Any]:
        """All of it as plain values, for JSON."""
        return {
            "title": self.caption.title,
            "description": self.caption.sentence,
            "as_of": self.as_of,
            "data_edition": self.version,
            "licence": LICENCE,
            "credit": self.caption.credit,
            "link": self.link,
            "scenario": dict(self.scenario),
            "border_view": self.borders,
            "border_note": self.caption.borders,
            "notes": list(self.notes),
            "marked_countries": {layer: list(codes) for layer, codes in self.tints},
            "sources": [source_record(source) for source in self.sources],
        }

    def lines(self) -> dict[str, str]:
        """All of it but the sources as text, a line each, for tables."""
        record = self.record()
        del record["sources"], record["marked_countries"], record["scenario"]
        record["notes"] = " ".join(self.notes)
        record["sources"] = self.caption.sources
        marked = {f"marked countries: {layer}": " ".join(codes) for layer, codes in self.tints}
        return record | marked | {f"scenario: {key}": text for key, text in self.scenario.items()}


def provenance(catalogue: Catalogue, laydown: Laydown, page: str = "") -> Provenance:
    """Say where a Laydown comes from.

    Parameters
    ----------
    catalogue
        Where its sources are.
    laydown
        What is drawn.
    page
        Address of the page, without a query; the link begins with it.
    """
    query = to_query(laydown.scenario, catalogue.offer)
    return Provenance(
        caption=caption.compose(catalogue, laydown),
        sources=sources_used(catalogue, laydown),
        scenario=query,
        link=f"{page}?{urlencode(query)}",
        version=laydown.version,
        as_of=laydown.scenario.as_of.isoformat(),
        borders=laydown.scenario.borders,
        tints=tuple(
            (tint.layer, tuple(iso3 for iso3, _ in tint.countries)) for tint in laydown.tints
        ),
        missing=laydown.missing,
    )


def sources_used(catalogue: Catalogue, laydown: Laydown) -> tuple[Source, ...]:
    """Every source behind what is drawn, each once: figures, events, members, then positions."""
    ids = [*caption.source_ids(laydown)]
    ids += [source for mark in laydown.marks for source in mark.site.sources]
    return tuple(catalogue.sources[key] for key in dict.fromkeys(ids))


def source_record(source: Source) -> dict[str, str]:
    """Return a source as plain text values; empty where the catalogue has none."""
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "date": str(source.date or ""),
        "url": source.url or "",
        "language": source.language,
        "role": source.role,
        "note": source.note or "",
    }
