"""JATS, the XML of articles in PubMed Central, Europe PMC and of many publishers: their heads.

Elements are those of NISO Z39.96; the body is passed over. Of several abstracts that without a
type is taken: graphical ones, teasers and summaries for the public have one.
"""

import re
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper
from ingest.readers.xml_records import XmlReader, first_text, paragraphs_in, texts

_META = "front/article-meta"
_VENUES = (
    "front/journal-meta/journal-title-group/journal-title",
    "front/journal-meta/journal-title",
    "front/journal-meta/journal-id",
)
_AUTHORS = "contrib-group/contrib"
_HEADS = re.compile(r"(?:abstract|summary)\W*", re.IGNORECASE)


class JatsReader(XmlReader):
    """Reads one article, or a set of them."""

    name = "jats"
    mark = re.compile(r"<article-meta\b|<pmc-articleset\b|<!DOCTYPE article\b")
    records = frozenset({"article"})

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure:
        """Make a paper of the front matter."""
        meta = record.find(_META)
        meta = record if meta is None else meta
        authors = filter(_is_author, meta.iterfind(_AUTHORS))
        return build_paper(
            ref,
            _title(meta),
            abstract=_abstract(meta),
            authors=[_author(contrib) for contrib in authors],
            dates=texts(meta, "pub-date/year", "history/date/year"),
            venue=first_text(record, *_VENUES),
            url=_link(meta),
            dois=texts(meta, "article-id[@pub-id-type='doi']"),
            pmid=first_text(meta, "article-id[@pub-id-type='pmid']"),
            keywords=texts(meta, "kwd-group/kwd"),
        )


def _title(meta: Element) -> str:
    title = first_text(meta, "title-group/article-title")
    subtitle = first_text(meta, "title-group/subtitle")
    return f"{title}: {subtitle}" if title and subtitle else title


def _abstract(meta: Element) -> str:
    """The paragraphs; a heading that only says "Abstract" is left out."""
    abstracts = meta.findall("abstract")
    plain = [a for a in abstracts if not a.get("abstract-type")] or abstracts
    if not plain:
        return ""
    for title in plain[0].findall("title"):
        if _HEADS.fullmatch("".join(title.itertext()).strip()):
            plain[0].remove(title)
    return paragraphs_in(plain[0])


def _is_author(contrib: Element) -> bool:
    return contrib.get("contrib-type", "author") == "author"


def _author(contrib: Element) -> str:
    parts = ("given-names", "surname", "suffix")
    for path in ("name", "name-alternatives/name", "string-name"):
        if name := " ".join(filter(None, (first_text(contrib, f"{path}/{p}") for p in parts))):
            return name
    return first_text(contrib, "collab", "string-name")


def _link(meta: Element) -> str:
    link = meta.find("self-uri")
    return link.get("href", "") if link is not None else ""
