"""OAI-PMH, by which repositories give their records away, and its records alone.

https://www.openarchives.org/OAI/openarchivesprotocol.html; read are arXiv's formats (`arXiv`,
`arXivRaw`, https://info.arxiv.org/help/oa), DataCite's, and Dublin Core with what is built on it
(`oai_dc`, qualified, DOAJ's, theses'). Deleted records are passed over.
"""

import re
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.author_names import split_authors
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper, unwrap
from ingest.readers.latex import latex_to_unicode
from ingest.readers.xml_records import (
    XmlReader,
    first_text,
    in_one_language,
    paragraphs_in,
    text_in,
    texts,
)

_NOTE = re.compile(r"comment:", re.IGNORECASE)
# OpenAIRE's words for what a paper cites and for the data that it uses.
_OF_OTHERS = re.compile(r"info:eu-repo/semantics/(?:reference|dataset)/")
_ABSTRACT = "descriptions/description[@descriptionType='Abstract']"


class OaiReader(XmlReader):
    """Reads the records of an answer."""

    name = "oai"
    mark = re.compile(r"<(?:\w+:)?OAI-PMH\b|<oai_dc:dc\b|\bdatacite\.org/schema/kernel")
    records = frozenset({"record", "resource", "dc"})

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure | None:
        """Make a paper; None if the record was deleted."""
        header = record.find("header")
        if header is not None and header.get("status") == "deleted":
            return None
        item = record.find("metadata/*") if header is not None else record
        if item is None:
            return Failure(ref.file, ref.line, "the record has no metadata")
        if item.tag in ("arXiv", "arXivRaw"):
            return _from_arxiv(item, ref)
        datacite = next((r for r in item.iter("resource") if r.find("titles") is not None), None)
        if datacite is not None:
            return _from_datacite(datacite, ref)
        if not texts(item, "title"):
            reason = f"no title in its metadata <{item.tag}>; ask the repository for oai_dc"
            return Failure(ref.file, ref.line, reason)
        return _from_dublin_core(item, ref)


def _from_arxiv(item: Element, ref: SourceRef) -> Paper | Failure:
    """The names have LaTeX's accents, always before their letter."""
    names = [" ".join(texts(a, "forenames", "keyname")) for a in item.iterfind("authors/author")]
    arxiv_id = first_text(item, "id")
    return build_paper(
        ref,
        first_text(item, "title"),
        abstract=first_text(item, "abstract"),
        authors=names or split_authors(latex_to_unicode(first_text(item, "authors"))),
        dates=texts(item, "version/date", "created", "updated"),
        venue=first_text(item, "journal-ref"),
        url=f"https://arxiv.org/abs/{arxiv_id}" if arxiv_id else "",
        dois=texts(item, "doi"),
        arxiv_id=arxiv_id,
    )


def _from_datacite(item: Element, ref: SourceRef) -> Paper | Failure:
    """https://schema.datacite.org"""
    abstracts = [paragraphs_in(found) for found in item.iterfind(_ABSTRACT)]
    return build_paper(
        ref,
        first_text(item, "titles/title"),
        abstract=next(iter(abstracts), ""),
        authors=texts(item, "creators/creator/creatorName"),
        dates=texts(item, "publicationYear", "dates/date"),
        venue=first_text(item, "publisher"),
        dois=texts(item, "identifier"),
        hidden=texts(item, "alternateIdentifiers/alternateIdentifier"),
        keywords=texts(item, "subjects/subject"),
    )


def _from_dublin_core(item: Element, ref: SourceRef) -> Paper | Failure:
    """Of the identifiers some are links; of the sources some are addresses of files."""
    named = texts(item, "identifier", "fullTextUrl", "relation")
    identifiers = [each for each in named if not _OF_OTHERS.search(each)]
    sources = texts(item, "source", "journalTitle")
    return build_paper(
        ref,
        first_text(item, "title"),
        abstract=_description(item),
        authors=texts(item, "creator/name", "authors/author/name") or texts(item, "creator"),
        dates=sorted(texts(item, "date", "issued", "publicationDate"))[:1],
        venue=next((source for source in sources if not source.startswith("http")), ""),
        url=next((i for i in identifiers if i.startswith("http")), ""),
        dois=[
            *texts(item, "doi"),
            *(i for i in identifiers if i.lower().startswith(("doi:", "10."))),
        ],
        hidden=identifiers,
        keywords=texts(item, "subject", "keywords/keyword"),
    )


def _description(item: Element) -> str:
    """The abstract, else the longest description: others say where a copy came from.

    arXiv adds its comments as a second description.
    """
    abstracts = in_one_language(item.findall("abstract"))
    if abstracts:
        return unwrap("\n\n".join(abstracts))
    found = [each for each in item.iterfind("description") if not _NOTE.match(text_in(each))]
    return max(in_one_language(found), key=len, default="")
