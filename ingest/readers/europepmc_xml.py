"""Europe PMC's answers as XML (https://europepmc.org/RestfulWebService)."""

import re
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.author_names import split_authors
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper
from ingest.readers.xml_records import XmlReader, first_text, texts

_VENUES = ("journalInfo/journal/title", "journalTitle", "bookOrReportDetails/publisher")


class EuropePmcXmlReader(XmlReader):
    """Reads search results, with abstracts where the core results were asked for."""

    name = "europepmc-xml"
    mark = re.compile(r"<responseWrapper\b|<resultList>\s*<result>")
    records = frozenset({"result"})

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure:
        """Make a paper."""
        names = [_author(author) for author in record.iterfind("authorList/author")]
        return build_paper(
            ref,
            first_text(record, "title"),
            abstract=first_text(record, "abstractText"),
            authors=names or split_authors(first_text(record, "authorString")),
            dates=texts(record, "pubYear", "firstPublicationDate"),
            venue=first_text(record, *_VENUES),
            url=first_text(record, "fullTextUrlList/fullTextUrl/url"),
            dois=texts(record, "doi"),
            pmid=first_text(record, "pmid"),
            keywords=texts(record, "keywordList/keyword"),
        )


def _author(author: Element) -> str:
    names = " ".join(filter(None, (first_text(author, n) for n in ("firstName", "lastName"))))
    return names or first_text(author, "fullName", "collectiveName")
