"""OpenAlex works: one work, a list, an answer page with "results", or works as JSON lines.

OpenAlex may not publish abstracts as text and gives an inverted index instead: each word with the
positions it stands at (https://docs.openalex.org, Work object, abstract_inverted_index).
"""

import re
from typing import Any

from ingest.paper import Paper, SourceRef, derive_id
from ingest.readers.base import Failure
from ingest.readers.fields import find_pmid
from ingest.readers.inverted_index import rebuild_abstract
from ingest.readers.json_fields import (
    abstract_of,
    arxiv_id_of,
    authors_of,
    dig,
    doi_of,
    first_of,
    line_of,
    string,
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
            reason = f"{title!r}: abstract_inverted_index: {error}; download the work again"
            return Failure(ref.file, ref.line, reason)
        doi = doi_of(record.get("doi"), dig(record, "ids", "doi"))
        arxiv_id = arxiv_id_of(doi, *_urls(record))
        own_id = _WORK_ID.search(string(record.get("id")))
        pmid = find_pmid(string(dig(record, "ids", "pmid")))
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
            extra={n: record[n] for n in _KEPT if record.get(n) not in (None, "", [], {})}
            | ({"pmid": pmid} if pmid else {}),
        )


def _abstract(record: dict[str, Any]) -> str:
    index = record.get("abstract_inverted_index")
    return abstract_of(record.get("abstract") if index is None else rebuild_abstract(index))


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
