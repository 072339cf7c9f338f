"""The sources as BibTeX: a parser reads back what the catalogue says."""

import dataclasses
import re

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.latex_encoding import LatexDecodingMiddleware

from geo.bibliography import bibliography
from geo.catalogue import Catalogue
from geo.errors import CatalogueError
from geo.model import Source

NASTY = r"100% of {A} & B_c #1 $5 ~x^2 \o/ @home “ü–Ж” unbalanced }"


def with_source(catalogue: Catalogue, **changes: str | None) -> tuple[Catalogue, Source]:
    """Return the catalogue with its first source changed, and that source."""
    first = next(iter(catalogue.sources.values())).model_copy(update=changes)
    return dataclasses.replace(catalogue, sources={**catalogue.sources, first.id: first}), first


def test_every_source_stands_once_in_the_bibliography(catalogue):
    text = bibliography(catalogue)
    assert re.findall(r"^@\w+\{([^,]+),$", text, re.MULTILINE) == list(catalogue.sources)
    assert text.count("{") == text.count("}")
    assert text.isprintable() or set(filter(lambda c: not c.isprintable(), text)) == {"\n", "\t"}


def test_a_parser_reads_the_bibliography_back(catalogue):
    library = parse_string(bibliography(catalogue), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    entries = library.entries_dict
    assert set(entries) == set(catalogue.sources)
    for source in catalogue.sources.values():
        entry = entries[source.id]
        assert entry["author"] == source.publisher
        assert entry["title"] == source.title
        assert entry.entry_type == ("online" if source.url else "misc")
        if source.date:
            assert (entry["year"], entry["date"]) == (str(source.date.year), str(source.date))
        if source.note:
            assert source.note in entry["note"]


def test_addresses_stand_as_they_are(catalogue):
    text = bibliography(catalogue)
    for source in catalogue.sources.values():
        assert source.url is None or f"url = {{{source.url}}}" in text


def test_claims_and_data_sets_are_marked(catalogue):
    entries = parse_string(bibliography(catalogue)).entries_dict
    for source in catalogue.sources.values():
        note = entries[source.id].get("note")
        said = note.value if note else ""
        assert ("under test" in said.casefold()) == (source.role == "claim"), source.id
        assert said.startswith("Data set") == (source.role == "dataset"), source.id
    changed, first = with_source(catalogue, role="claim", note="Cited by one paper.")
    assert "{Claim under test. Cited by one paper.}" in bibliography(changed, [first.id])


def test_special_characters_are_escaped(catalogue):
    changed, first = with_source(
        catalogue, title=NASTY, publisher=NASTY, note=NASTY, url="https://x.org/a_{b}?c=%20&d#e~f"
    )
    text = bibliography(changed, [first.id])
    assert text.count("{") == text.count("}")
    assert text.count("“ü–Ж”") == 3
    assert r"100\% of \textbraceleft{}A\textbraceright{} \& B\_c \#1 \$5 " in text
    assert r"\textasciitilde{}x\textasciicircum{}2 \textbackslash{}o/ @home" in text
    assert "url = {https://x.org/a_%7Bb%7D?c=%20&d#e~f}" in text
    library = parse_string(text)
    assert not library.failed_blocks and list(library.entries_dict) == [first.id]


def test_two_hyphens_stay_two_in_print(catalogue):
    changed, first = with_source(catalogue, title="FOI-R--4651---SE, ''so'' <<x>>")
    text = bibliography(changed, [first.id])
    assert "{{FOI-R-{}-4651-{}-{}-SE, '{}'so'{}' <{}<x>{}>}}" in text


def test_a_part_of_the_bibliography_keeps_its_order(catalogue):
    ids = list(catalogue.sources)[3:0:-1]
    text = bibliography(catalogue, iter([*ids, ids[0]]))
    assert list(parse_string(text).entries_dict) == ids
    assert "@" not in bibliography(catalogue, [])
    with pytest.raises(CatalogueError, match="nobody-2020"):
        bibliography(catalogue, ["nobody-2020"])
