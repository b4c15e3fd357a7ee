"""TEI: the headers that GROBID writes of PDFs, and HAL's exports.

GROBID has one paper a file (https://grobid.readthedocs.io); HAL lists its papers in the body, each
with a header of its own (`biblFull`).
"""

import re
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper
from ingest.readers.xml_records import XmlReader, first_text, text_in, texts

_SOURCE = "sourceDesc/biblStruct"
_ANALYTIC = f"{_SOURCE}/analytic"
_MONOGRAPH = f"{_SOURCE}/monogr"
_PEOPLE = frozenset({"persName", "orgName", "name"})
_HEAD = re.compile(r"abstract\W*", re.IGNORECASE)


class TeiReader(XmlReader):
    """Reads headers of papers."""

    name = "tei"
    mark = re.compile(r"<(?:\w+:)?(?:TEI|teiCorpus|teiHeader)\b")
    records = frozenset({"teiHeader", "biblFull"})

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure | None:
        """Make a paper; None for a header that only says who made the list below it."""
        about = record.find("fileDesc")
        about = record if about is None else about
        if about is not record and about.find(_SOURCE) is None and not _abstracts(record):
            return None
        identifiers = about.findall(f"{_SOURCE}/idno") + about.findall(f"{_ANALYTIC}/idno")
        links = texts(about, "publicationStmt/idno[@type='halUri']")
        return build_paper(
            ref,
            first_text(about, "titleStmt/title", f"{_ANALYTIC}/title", f"{_MONOGRAPH}/title"),
            abstract=_abstract(record),
            authors=_authors(about),
            dates=_dates(about),
            venue=first_text(about, f"{_MONOGRAPH}/title[@level='j']", f"{_MONOGRAPH}/title"),
            url=next(iter(links), ""),
            dois=_of_kind(identifiers, "doi"),
            arxiv_id=next(iter(_of_kind(identifiers, "arxiv")), ""),
            pmid=next(iter(_of_kind(identifiers, "pmid", "pubmed")), ""),
            keywords=texts(
                record, "profileDesc/textClass/keywords/term", "profileDesc/textClass/keywords/item"
            ),
        )


def _of_kind(identifiers: list[Element], *kinds: str) -> list[str]:
    return [text_in(each) for each in identifiers if each.get("type", "").lower() in kinds]


def _dates(about: Element) -> list[str]:
    """Dates of printing or writing; those of submission and of the file itself only without one."""
    elements = (
        *about.iterfind(f"{_MONOGRAPH}/imprint/date"),
        *about.iterfind("publicationStmt/date"),
        *about.iterfind("editionStmt/edition/date[@type='whenProduced']"),
        *about.iterfind("editionStmt/edition/date"),
    )
    return [element.get("when") or text_in(element) for element in elements]


def _authors(about: Element) -> list[str]:
    """People with a name: GROBID makes authors of affiliations too."""
    found = about.findall(f"{_ANALYTIC}/author") or about.findall(f"{_MONOGRAPH}/author")
    authors = found or about.findall("titleStmt/author")
    people = (next((p for p in author if p.tag in _PEOPLE), None) for author in authors)
    return [_name(person) for person in people if person is not None]


def _name(person: Element) -> str:
    return " ".join(texts(person, "forename", "surname")) or text_in(person)


def _abstracts(record: Element) -> list[Element]:
    return [found for found in record.iterfind("profileDesc/abstract") if text_in(found)]


def _abstract(record: Element) -> str:
    """The English one, else the first; its paragraphs and their headings, each on its line."""
    found = _abstracts(record)
    english = (each for each in found if each.get("lang", "").startswith("en"))
    chosen = next(english, found[0] if found else None)
    if chosen is None:
        return ""
    lines = [text_in(part) for part in chosen.iter() if part.tag in ("head", "p")]
    lines = lines or [text_in(chosen)]
    return "\n".join(line for line in lines if line and not _HEAD.fullmatch(line))
