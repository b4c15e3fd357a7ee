"""Semantic Scholar: a paper, a list of papers, a search answer, citations, or its data sets.

The Academic Graph API writes `paperId` and `externalIds`, the data sets `corpusid` and
`externalids` (https://api.semanticscholar.org/api-docs). Embeddings, citations and references are
left out of a paper's extra fields: they have no use here and outweigh the abstract by far.
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

_IDS = frozenset({"paperId", "corpusId", "corpusid"})
_HOLDERS = ("citedPaper", "citingPaper")
_KEPT = (
    "corpusId",
    "externalIds",
    "publicationTypes",
    "publicationDate",
    "fieldsOfStudy",
    "citationCount",
    "referenceCount",
    "openAccessPdf",
    "journal",
)


class SemanticScholarReader(JsonReader):
    """Reads Semantic Scholar's JSON."""

    name = "semantic-scholar"
    signature = re.compile(r'(?<!\\)"(?:paperId|corpusId|corpusid|citedPaper|citingPaper)"\s*:')

    def recognises(self, record: dict[str, Any]) -> bool:
        """Told by its ids, or by a citation's paper."""
        return bool(_IDS & record.keys() or any(holder in record for holder in _HOLDERS))

    def paper(self, record: dict[str, Any], ref: SourceRef) -> Paper | Failure:
        """Make a paper; one without title, as deleted papers are answered, is a failure."""
        record = next((record[h] for h in _HOLDERS if isinstance(record.get(h), dict)), record)
        title = line_of(record.get("title"))
        if not title:
            return Failure(ref.file, ref.line, "no title; ask Semantic Scholar for fields=title")
        ids = first_of(record, "externalIds", "externalids")
        doi = doi_of(dig(ids, "DOI"), record.get("doi"))
        arxiv_id = arxiv_id_of(dig(ids, "ArXiv"), record.get("arxivId"), doi)
        pmid = find_pmid(string(dig(ids, "PubMed")))
        own_id = line_of(first_of(record, "paperId", "corpusId", "corpusid"))
        return Paper(
            id=derive_id(title, doi, arxiv_id) if doi or arxiv_id or not own_id else f"s2:{own_id}",
            title=title,
            abstract=abstract_of(record.get("abstract")),
            authors=authors_of(record.get("authors")),
            year=year_of(first_of(record, "year", "publicationDate", "publicationdate")),
            venue=line_of(first_of(record, "venue", "journal")) or None,
            url=line_of(record.get("url")) or None,
            doi=doi,
            arxiv_id=arxiv_id,
            sources=(ref,),
            extra=_extra(record) | ({"pmid": pmid} if pmid else {}),
        )


def _extra(record: dict[str, Any]) -> dict[str, Any]:
    kept = {name: record[name] for name in _KEPT if record.get(name) not in (None, [], {})}
    summary = string(dig(record, "tldr", "text"))
    return {**kept, "tldr": summary} if summary else kept
