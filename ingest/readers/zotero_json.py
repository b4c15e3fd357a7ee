"""Zotero items as JSON: Better BibTeX's "BetterBibTeX JSON", and Zotero's own web API.

Both use Zotero's field names; the API wraps each item's fields in a member "data".
"""

import re
from typing import Any

from ingest.paper import Paper, SourceRef, derive_id
from ingest.readers.base import Failure
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

_NO_PAPERS = frozenset({"attachment", "note", "annotation"})
_USED = frozenset({"title", "abstractNote", "creators", "date", "url", "DOI", "attachments"})
_VENUES = (
    "publicationTitle",
    "proceedingsTitle",
    "conferenceName",
    "bookTitle",
    "repository",
    "university",
    "institution",
    "websiteTitle",
)
_DOI_LINE = re.compile(r"^\s*DOI:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_PMID_LINE = re.compile(r"^\s*PMID:\s*(\d+)", re.IGNORECASE | re.MULTILINE)
_ARXIV_LINE = re.compile(r"^\s*arxiv:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class ZoteroJsonReader(JsonReader):
    """Reads Zotero items."""

    name = "zotero-json"
    signature = re.compile(r'(?<!\\)"itemType"\s*:')

    def recognises(self, record: dict[str, Any]) -> bool:
        """Told by Zotero's item type."""
        return "itemType" in _fields(record)

    def parts(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        """Attachments and notes of a paper, which the API lists beside it, are no records."""
        return [] if _fields(record).get("parentItem") else [record]

    def paper(self, record: dict[str, Any], ref: SourceRef) -> Paper | Failure:
        """Make a paper; an attachment or note that stands alone is a failure."""
        fields = _fields(record)
        kind = string(fields.get("itemType"))
        if kind in _NO_PAPERS:
            return Failure(ref.file, ref.line, f"a Zotero {kind} that stands alone, not a paper")
        title = line_of(first_of(fields, "title", "caseName", "nameOfAct", "subject"))
        if not title:
            return Failure(ref.file, ref.line, "no title; add one in Zotero and export again")
        url = line_of(fields.get("url"))
        lines = _extra_lines(fields)
        doi, arxiv_id = _identifiers(fields, url, lines)
        pmid_line = _PMID_LINE.search(lines)
        pmid = pmid_line[1] if pmid_line else None
        extra = {n: v for n, v in fields.items() if n not in _USED and v not in ("", [], {})}
        return Paper(
            id=derive_id(title, doi, arxiv_id, pmid),
            title=title,
            abstract=abstract_of(fields.get("abstractNote")),
            authors=_authors(fields.get("creators")),
            year=year_of(fields.get("date")),
            venue=line_of(first_of(fields, *_VENUES)) or None,
            url=url or None,
            doi=doi,
            arxiv_id=arxiv_id,
            sources=(ref,),
            extra={**extra, "pmid": pmid} if pmid else extra,
        )


def _fields(record: dict[str, Any]) -> dict[str, Any]:
    data = record.get("data")
    return data if isinstance(data, dict) and "itemType" in data else record


def _extra_lines(fields: dict[str, Any]) -> str:
    """The free field "Extra", which Better BibTeX has as a list of its lines."""
    extra = fields.get("extra")
    return "\n".join(map(string, extra)) if isinstance(extra, list) else string(extra)


def _identifiers(fields: dict[str, Any], url: str, lines: str) -> tuple[str | None, str | None]:
    """DOI and arXiv id, which older Zoteros keep as lines of the free field "Extra"."""
    doi_line, arxiv_line = _DOI_LINE.search(lines), _ARXIV_LINE.search(lines)
    doi = doi_of(
        fields.get("DOI"), doi_line and doi_line[1], url if "doi.org" in url.lower() else None
    )
    arxiv_id = arxiv_id_of(
        fields.get("archiveID"),
        arxiv_line and arxiv_line[1],
        url,
        fields.get("publicationTitle"),
        doi,
    )
    return doi, arxiv_id


def _authors(creators: Any) -> tuple[str, ...]:
    """The authors; the editors or other creators where there is no author."""
    if not isinstance(creators, list):
        return ()
    authors = [c for c in creators if dig(c, "creatorType") in ("author", None)]
    return authors_of(authors or creators)
