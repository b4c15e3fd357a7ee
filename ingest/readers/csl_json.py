"""CSL JSON, as Zotero, Mendeley and pandoc write it, and Crossref's answers, which are close to it.

The schema is https://github.com/citation-style-language/schema. Crossref makes lists of titles and
journal names and adds the abstract as JATS (https://api.crossref.org).
"""

import re
from typing import Any

from ingest.paper import Paper, SourceRef, derive_id
from ingest.readers.base import Failure
from ingest.readers.fields import find_pmid
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

_MARKS = frozenset({"issued", "container-title", "citation-key", "accessed", "title-short"})
_USED = frozenset(
    {"title", "abstract", "author", "issued", "container-title", "DOI", "URL", "id", "reference"}
)


class CslJsonReader(JsonReader):
    """Reads CSL JSON items and Crossref works."""

    name = "csl-json"
    signature = re.compile(
        r'(?<!\\)"(?:date-parts|container-title|citation-key|title-short|family)"\s*:'
    )

    def recognises(self, record: dict[str, Any]) -> bool:
        """Told by the names that only CSL has, or by a type with authors' family names."""
        return bool(_MARKS & record.keys()) or (
            "type" in record and dig(record, "author", 0, "family") is not None
        )

    def paper(self, record: dict[str, Any], ref: SourceRef) -> Paper | Failure:
        """Make a paper; shortened DOIs (10/abc) are told from the URL."""
        title = _title(record)
        if not title:
            return Failure(ref.file, ref.line, "no title; every paper needs one")
        url = line_of(record.get("URL"))
        doi = doi_of(record.get("DOI"), url if "doi.org" in url else None)
        arxiv_id = arxiv_id_of(
            record.get("arxiv"), doi, url, record.get("number"), record.get("note")
        )
        pmid = find_pmid(string(record.get("PMID")))
        used = _USED | {"PMID"} if pmid else _USED
        extra = {name: value for name, value in record.items() if name not in used}
        return Paper(
            id=derive_id(title, doi, arxiv_id, pmid),
            title=title,
            abstract=abstract_of(record.get("abstract")),
            authors=authors_of(first_of(record, "author", "editor")),
            year=_year(record),
            venue=line_of(record.get("container-title")) or None,
            url=url or None,
            doi=doi,
            arxiv_id=arxiv_id,
            sources=(ref,),
            extra={**extra, "pmid": pmid} if pmid else extra,
        )


def _title(record: dict[str, Any]) -> str:
    """The title, with the subtitle that Crossref keeps apart."""
    title, subtitle = line_of(first_of(record, "title", "title-short")), record.get("subtitle")
    more = line_of(subtitle)
    return f"{title}: {more}" if title and more and more not in title else title


def _year(record: dict[str, Any]) -> int | None:
    for name in ("issued", "published", "published-print", "published-online", "submitted"):
        date = record.get(name)
        year = year_of(
            dig(date, "date-parts", 0, 0) or first_of(date, "raw", "literal")
            if isinstance(date, dict)
            else date
        )
        if year:
            return year
    return None
