"""OAI-PMH, by which repositories give their records away: arXiv's own format and Dublin Core.

https://www.openarchives.org/OAI/openarchivesprotocol.html; arXiv's formats are `arXiv`, `arXivRaw`
and `oai_dc` (https://info.arxiv.org/help/oa). Deleted records are passed over.
"""

import re
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.author_names import split_authors
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper, unwrap
from ingest.readers.xml_records import XmlReader, first_text, texts

_ARXIV = ("metadata/arXiv", "metadata/arXivRaw")
_NOTE = re.compile(r"comment:", re.IGNORECASE)


class OaiReader(XmlReader):
    """Reads the records of an answer."""

    name = "oai"
    mark = re.compile(r"<(?:\w+:)?OAI-PMH\b")
    records = frozenset({"record"})

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure | None:
        """Make a paper; None if the record was deleted."""
        header = record.find("header")
        if header is not None and header.get("status") == "deleted":
            return None
        arxiv = next((a for a in map(record.find, _ARXIV) if a is not None), None)
        if arxiv is not None:
            return _from_arxiv(arxiv, ref)
        core = record.find("metadata/dc")
        return _from_dublin_core(record if core is None else core, ref)


def _from_arxiv(item: Element, ref: SourceRef) -> Paper | Failure:
    names = [" ".join(texts(a, "forenames", "keyname")) for a in item.iterfind("authors/author")]
    arxiv_id = first_text(item, "id")
    return build_paper(
        ref,
        first_text(item, "title"),
        abstract=first_text(item, "abstract"),
        authors=names or split_authors(first_text(item, "authors")),
        dates=texts(item, "version/date", "created", "updated"),
        venue=first_text(item, "journal-ref"),
        url=f"https://arxiv.org/abs/{arxiv_id}" if arxiv_id else "",
        dois=texts(item, "doi"),
        arxiv_id=arxiv_id,
    )


def _from_dublin_core(item: Element, ref: SourceRef) -> Paper | Failure:
    """arXiv adds its comments as a second description."""
    identifiers = texts(item, "identifier", "relation")
    descriptions = [text for text in texts(item, "description") if not _NOTE.match(text)]
    return build_paper(
        ref,
        first_text(item, "title"),
        abstract=unwrap("\n\n".join(descriptions)),
        authors=texts(item, "creator"),
        dates=sorted(texts(item, "date"))[:1],
        venue=first_text(item, "source"),
        url=next((i for i in identifiers if i.startswith("http")), ""),
        dois=[i for i in identifiers if i.lower().startswith(("doi:", "10."))],
        hidden=identifiers,
        keywords=texts(item, "subject"),
    )
