"""OpenAlex works: one work, a list, an answer page with "results", or works as JSON lines.

OpenAlex may not publish abstracts as text and gives an inverted index instead: each word with the
positions it stands at (https://docs.openalex.org, Work object, abstract_inverted_index).
"""

import re
from typing import Any

from ingest.paper import Paper, SourceRef, derive_id
from ingest.readers.base import Failure
from ingest.readers.json_fields import (
    arxiv_id_of,
    authors_of,
    dig,
    doi_of,
    first_of,
    line_of,
    string,
    tidy,
    year_of,
)
from ingest.readers.json_reader import JsonReader

_WORK_ID = re.compile(r"openalex\.org/(?:works/)?(W\d+)", re.IGNORECASE)
_KEPT = ("ids", "type", "language", "cited_by_count", "publication_date", "is_retracted", "biblio")


class OpenAlexReader(JsonReader):
    """Reads OpenAlex works."""

    name = "openalex"
    signature = re.compile(
        r'(?<!\\)"(?:abstract_inverted_index|authorships)"\s*:|"https://openalex\.org/W\d'
    )

    def recognises(self, record: dict[str, Any]) -> bool:
        """Told by its id, its inverted abstract or its authorships."""
        ours = {"abstract_inverted_index", "authorships"} & record.keys()
        return bool(ours or _WORK_ID.search(string(record.get("id"))))

    def paper(self, record: dict[str, Any], ref: SourceRef) -> Paper | Failure:
        """Make a paper; a malformed inverted index is a failure that names the work."""
        title = line_of(first_of(record, "title", "display_name"))
        if not title:
            return Failure(ref.file, ref.line, "no title; every paper needs one")
        try:
            abstract = _abstract(record)
        except ValueError as error:
            return Failure(ref.file, ref.line, f"{title!r}: {error}; download the work again")
        doi = doi_of(record.get("doi"), dig(record, "ids", "doi"))
        arxiv_id = arxiv_id_of(doi, *_urls(record))
        own_id = _WORK_ID.search(string(record.get("id")))
        return Paper(
            id=f"openalex:{own_id[1]}"
            if own_id and not doi and not arxiv_id
            else derive_id(title, doi, arxiv_id),
            title=title,
            abstract=abstract,
            authors=_authors(record),
            year=year_of(first_of(record, "publication_year", "publication_date")),
            venue=_venue(record),
            url=next(iter(_urls(record)), None) or line_of(first_of(record, "doi", "id")) or None,
            doi=doi,
            arxiv_id=arxiv_id,
            sources=(ref,),
            extra={n: record[n] for n in _KEPT if record.get(n) not in (None, "", [], {})},
        )


def rebuild_abstract(index: Any) -> str:
    """The text of an inverted index, {word: [positions]}; ValueError if it is anything else.

    Words are put in the order of their positions; a gap becomes one "…" however wide it is, so
    that words which don't follow each other are never read, or quoted, as if they did.
    """
    if not isinstance(index, dict):
        raise ValueError("abstract_inverted_index is no object of words")
    placed: list[tuple[int, str]] = []
    for word, positions in index.items():
        if not isinstance(positions, list) or not all(type(p) is int for p in positions):
            raise ValueError(f"abstract_inverted_index gives no list of positions for {word!r}")
        placed.extend((position, word) for position in positions)
    placed.sort(key=lambda pair: pair[0])
    before = [position for position, _ in placed]
    words = (
        word if position - last <= 1 else f"… {word}"
        for last, (position, word) in zip([-1, *before], placed, strict=False)
    )
    return " ".join(words)


def _abstract(record: dict[str, Any]) -> str:
    index = record.get("abstract_inverted_index")
    text = string(record.get("abstract")) if index is None else rebuild_abstract(index)
    return tidy(text)


def _authors(record: dict[str, Any]) -> tuple[str, ...]:
    authorships = record.get("authorships")
    if not isinstance(authorships, list):
        return ()
    return authors_of(
        [dig(a, "author", "display_name") or dig(a, "raw_author_name") for a in authorships]
    )


def _venue(record: dict[str, Any]) -> str | None:
    names = (
        dig(record, "primary_location", "source", "display_name"),
        dig(record, "host_venue", "display_name"),
        dig(record, "primary_location", "raw_source_name"),
    )
    return next(filter(None, map(line_of, names)), None)


def _urls(record: dict[str, Any]) -> list[str]:
    """Landing pages, the publisher's first; arXiv copies stand among them."""
    locations = record.get("locations")
    places = [record.get("primary_location"), *(locations if isinstance(locations, list) else [])]
    return list(filter(None, (line_of(dig(place, "landing_page_url")) for place in places)))
