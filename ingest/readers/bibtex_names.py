"""The names in an author field of BibTeX: joined by `and`, and what else tools write there.

BibTeX parts names by `and` alone; commas stand within a name, at most two of them.
"""

import re

from bibtexparser.middlewares.names import split_multiple_persons_names

from ingest.readers.author_names import split_authors
from ingest.readers.latex import latex_to_unicode

# BibLaTeX's names by parts: `family=Gogh, given=Vincent, prefix=van, useprefix=true`.
_PART_OF_NAME = re.compile(r"(?:^|,)\s*(family|given|prefix|suffix|[a-z]+-i|useprefix)\s*=")
_ORDER = ("given", "prefix", "family", "suffix")
# Scopus, up to 2016, wrote letters that point to affiliations after the initials: `Lee, A.B.a c`.
_AFFILIATIONS = re.compile(r"(?<=,)(.*[^\W\d_a-z]\.)[a-z](?:[ ,]+[a-z])*$")
_NOBODY = frozenset({"others", "[anonymous]", "{[}anonymous]", "..."})
_AND_MORE = re.compile(r"(?:^|,|\s)\s*et\.? al\.?$", re.IGNORECASE)
# ScienceDirect, about 2020, marked surnames of several words: `Ann [van der Berg]`.
_MARKED_SURNAME = re.compile(r"(?<=\s)\[([^\[\]]+)\]$")


def people(field: str) -> list[str]:
    """The names of a field, LaTeX decoded; a name in braces is one, commas and all.

    Pure escapes the braces: `\\{van der Berg\\}, Jan`.
    """
    unescaped = field.replace(r"\{", "{").replace(r"\}", "}")
    names = split_multiple_persons_names(" ".join(unescaped.split()))
    return [
        person
        for name in names
        if name.strip().lower() not in _NOBODY
        for person in _persons(name.strip())
        if person
    ]


def _persons(name: str) -> list[str]:
    decoded = _MARKED_SURNAME.sub(r"\1", _AND_MORE.sub("", latex_to_unicode(name)))
    if _PART_OF_NAME.search(decoded):
        return [_by_parts(decoded)]
    if re.fullmatch(r"\{[^{}]*\}", name):
        return [decoded.replace(",", "")]
    parts = [part for part in map(str.strip, decoded.split(",")) if part]
    if len(parts) > 3 or (len(parts) == 3 and all(" " in part for part in parts)):
        return split_authors(decoded)
    return [_AFFILIATIONS.sub(r"\1", decoded)]


def _by_parts(name: str) -> str:
    marks = list(_PART_OF_NAME.finditer(name))
    ends = [mark.start() for mark in marks[1:]] + [len(name)]
    parts = {m[1]: name[m.end() : end].strip() for m, end in zip(marks, ends, strict=True)}
    return " ".join(parts[part] for part in _ORDER if parts.get(part))
