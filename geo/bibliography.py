"""Sources as BibTeX, for those who cite them.

Job: text that biber and BibTeX read alike. Ban: no file is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field, ImplicitComment

from geo.catalogue import Catalogue
from geo.errors import CatalogueError
from geo.model import Source
from geo.provenance import LICENCE

__all__ = ["bibliography"]

# BibTeX counts a brace even behind a backslash, so braces are written as words.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "%&#_$"},
    }
)
# TeX makes one character of two of these: the report FOI-R--4651--SE would lose its number.
_LIGATURE = re.compile(r"([-'`,<>])(?=\1)|[?!](?=`)")
# The url field is printed as it stands; only what would break the file is replaced.
_URL = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})

_LANGUAGE = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


def bibliography(
    catalogue: Catalogue, source_ids: Iterable[str] | None = None, remarks: Iterable[str] = ()
) -> str:
    """The sources as BibTeX in UTF-8, their ids as keys; made for biber and BibTeX alike.

    The publisher stands as a corporate author. A claim under test says so in its note.

    Parameters
    ----------
    catalogue
        Where the sources are.
    source_ids
        Which to write, in this order, each once; all of them unless given.
    remarks
        Lines at the head of the file, such as the title and link of the map that uses them.

    Raises
    ------
    CatalogueError
        If an id is not that of a source.
    """
    wanted = list(dict.fromkeys(catalogue.sources if source_ids is None else source_ids))
    unknown = [item for item in wanted if item not in catalogue.sources]
    if unknown:
        raise CatalogueError(
            tuple(f"sources.json: {item}: is not the id of a source" for item in unknown)
        )
    library = Library()
    edition = f"EPAA Atlas, data edition {catalogue.edition.version}"
    head = [f"{edition}. Licence: {LICENCE}. Encoding: UTF-8.", *remarks]
    # BibTeX reads what stands outside entries for an at sign
    lines = (" ".join(line.split()).replace("@", "(at)") for line in head)
    library.add(ImplicitComment("\n".join(f"% {line}" for line in lines)))
    library.add([_entry(catalogue.sources[item]) for item in wanted])
    return write_string(library)


def _entry(source: Source) -> Entry:
    """Return a source as an entry; inner braces keep names and capitals as they are."""
    role = {"claim": "Claim under test", "dataset": "Data set"}.get(source.role)
    if source.note and "under test" in source.note.casefold():
        role = None  # the note says it already
    note = ". ".join(filter(None, (role, source.note)))
    values = {
        "author": f"{{{_tex(source.publisher)}}}",
        "title": f"{{{_tex(source.title)}}}",
        "year": str(source.date.year) if source.date else "",
        "date": str(source.date or ""),
        "url": (source.url or "").translate(_URL),
        "language": _LANGUAGE.get(source.language, source.language),
        "note": _tex(note),
    }
    return Entry(
        "online" if source.url else "misc",
        source.id,
        [Field(key, value) for key, value in values.items() if value],
    )


def _tex(text: str) -> str:
    """Return a text on one line, so written that TeX prints its every character."""
    return _LIGATURE.sub(r"\g<0>{}", " ".join(text.split()).translate(_TEX))
