"""Names of people taken apart, and keys to cite papers by."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

from ingest.paper import Paper, normalise_title

_KEY_CHARACTERS = re.compile(r"[^a-z0-9]+")
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "are", "do", "does", "for", "from", "how", "in", "is", "of", "on", "the")
)


class Name(NamedTuple):
    """Given and family name."""

    given: str
    family: str


def parted(name: str) -> Name | None:
    """A name in its parts as BibTeX tells them; None where they would not make the name again."""
    try:
        parts = parse_single_name_into_parts(name, strict=True)
    except InvalidNameError:
        return None
    found = Name(" ".join(parts.first), " ".join([*parts.von, *parts.last]))
    return found if found.given and f"{found.given} {found.family}" == name else None


def keys(papers: Iterable[Paper]) -> Iterator[str]:
    """A key for each paper: author, year and first word of the title, told apart by letters."""
    used: set[str] = set()
    for paper in papers:
        plain = _plain_key(paper)
        key, number = plain, 1
        while key in used:
            number += 1
            key = f"{plain}-{number}"
        used.add(key)
        yield key


def _plain_key(paper: Paper) -> str:
    author = _ascii(paper.authors[0].split()[-1]) if paper.authors and paper.authors[0] else ""
    words = (_ascii(word) for word in paper.title.split())
    title = next((word for word in words if word and word not in _SMALL_WORDS), "")
    return f"{author}{paper.year or ''}{title}" or "paper"


def _ascii(text: str) -> str:
    return _KEY_CHARACTERS.sub("", normalise_title(text))
