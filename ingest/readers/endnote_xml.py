"""EndNote's XML, which Zotero, Papers, RefWorks and Rayyan's users have too.

Every text may be cut into pieces of a style (`<style face="normal">`); pieces in superscript are
elements of their own. EndNote 7 wrote capitals (`<RECORD>`), as some converters still do.
"""

import re
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.author_names import split_authors
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper, unwrap
from ingest.readers.xml_records import XmlReader, first_text, texts

_AUTHORS = ("contributors/authors/author", "AUTHORS/AUTHOR")
_EDITORS = ("contributors/secondary-authors/author", "SECONDARY_AUTHORS/SECONDARY_AUTHOR")
_TITLES = ("titles/title", "titles/short-title", "TITLE")
_VENUES = (
    *("titles/secondary-title", "periodical/full-title", "titles/alt-title", "publisher"),
    *("SECONDARY_TITLE", "PUBLISHER"),
)
_DATES = ("dates/year", "dates/pub-dates/date", "YEAR", "DATE")
_URLS = ("urls/related-urls/url", "urls/web-urls/url", "URL")
_PUBMED = re.compile(r"nlm|pubmed|medline", re.IGNORECASE)


class EndNoteXmlReader(XmlReader):
    """Reads the records of an EndNote library."""

    name = "endnote-xml"
    mark = re.compile(r"<(?:source-app|ref-type|rec-number|foreign-keys|REFERENCE_TYPE)\b")
    records = frozenset({"record", "RECORD"})

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure:
        """Make a paper; edited works without authors have their editors."""
        authors = _names(record, *_AUTHORS)
        database = " ".join(texts(record, "remote-database-provider", "remote-database-name"))
        urls = texts(record, *_URLS)
        links = (url for url in urls if url.startswith(("http", "ftp", "www")))
        return build_paper(
            ref,
            first_text(record, *_TITLES),
            abstract=unwrap(_abstract(record)),
            authors=authors or _names(record, *_EDITORS),
            dates=texts(record, *_DATES),
            venue=first_text(record, *_VENUES),
            url=next(links, "").split(" ")[0],
            dois=texts(record, "electronic-resource-num"),
            pmid=first_text(record, "accession-num") if _PUBMED.search(database) else "",
            hidden=[*urls, *texts(record, "notes", "research-notes", "custom2", "NOTES")],
            keywords=texts(record, "keywords/keyword", "KEYWORDS/KEYWORD"),
        )


def _names(record: Element, *paths: str) -> list[str]:
    """One name an element; where somebody typed several into one, semicolons part them."""
    cells = texts(record, *paths)
    return [name for cell in cells for name in (split_authors(cell) if ";" in cell else [cell])]


def _abstract(record: Element) -> str:
    """The text with its line breaks, which part the sections of an abstract."""
    for name in ("abstract", "ABSTRACT"):
        if (abstract := record.find(name)) is not None:
            return "".join(abstract.itertext()).replace("\r", "\n")
    return ""
