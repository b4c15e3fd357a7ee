"""EndNote's XML, which Zotero, Papers, RefWorks and Rayyan's users have too.

Every text may be cut into pieces of a style (`<style face="normal">`); pieces in superscript are
elements of their own.
"""

import re
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.author_names import split_authors
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper, unwrap
from ingest.readers.xml_records import XmlReader, first_text, texts

_VENUES = ("titles/secondary-title", "periodical/full-title", "titles/alt-title", "publisher")
_DATES = ("dates/year", "dates/pub-dates/date")
_PUBMED = re.compile(r"nlm|pubmed|medline", re.IGNORECASE)


class EndNoteXmlReader(XmlReader):
    """Reads the records of an EndNote library."""

    name = "endnote-xml"
    mark = re.compile(r"<(?:source-app|ref-type|rec-number|foreign-keys)\b")
    records = frozenset({"record"})

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure:
        """Make a paper; edited works without authors have their editors."""
        authors = _names(record, "contributors/authors/author")
        database = " ".join(texts(record, "remote-database-provider", "remote-database-name"))
        urls = texts(record, "urls/related-urls/url", "urls/web-urls/url")
        links = (url for url in urls if url.startswith(("http", "ftp", "www")))
        return build_paper(
            ref,
            first_text(record, "titles/title", "titles/short-title"),
            abstract=unwrap("".join(_whole(record.find("abstract")))),
            authors=authors or _names(record, "contributors/secondary-authors/author"),
            dates=texts(record, *_DATES),
            venue=first_text(record, *_VENUES),
            url=next(links, "").split(" ")[0],
            dois=texts(record, "electronic-resource-num"),
            pmid=first_text(record, "accession-num") if _PUBMED.search(database) else "",
            hidden=[*urls, *texts(record, "notes", "research-notes", "custom2")],
            keywords=texts(record, "keywords/keyword"),
        )


def _names(record: Element, path: str) -> list[str]:
    """One name an element; where somebody typed several into one, semicolons part them."""
    cells = texts(record, path)
    return [name for cell in cells for name in (split_authors(cell) if ";" in cell else [cell])]


def _whole(abstract: Element | None) -> str:
    """The text with its line breaks, which part the sections of an abstract."""
    return "" if abstract is None else "".join(abstract.itertext()).replace("\r", "\n")
