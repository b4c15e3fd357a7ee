"""JATS, the XML of articles in PubMed Central, Europe PMC and of many publishers: their heads.

Elements are those of NISO Z39.96; the body is passed over. Of several abstracts that without a
type is taken: graphical ones, teasers and summaries for the public have one. A translation is taken
where there is no other text. A collaboration that is the only author is followed by its members.
"""

import re
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper
from ingest.readers.xml_records import XmlReader, first_text, paragraphs_in, text_in, texts

_META = "front/article-meta"
_VENUES = (
    "front/journal-meta/journal-title-group/journal-title",
    "front/journal-meta/journal-title",
    "front/journal-meta/journal-id",
)
_AUTHORS = "contrib-group/contrib"
_ARXIV = (
    "article-id[@pub-id-type='arxiv']",
    "custom-meta-group/custom-meta[meta-name='arxivppt']/meta-value",
)
_WORD = re.compile(r"[^\W\d_]{2}")
_NO_NAME = frozenset({"contrib-group", "address", "email", "xref", "aff", "fn", "author-notes"})
_HEADS = re.compile(
    r"(?:abstract|summary|resumen|resumo|résumé|zusammenfassung|riassunto)\W*", re.IGNORECASE
)


class JatsReader(XmlReader):
    """Reads one article, or a set of them."""

    name = "jats"
    mark = re.compile(r"<article-meta\b|<pmc-articleset\b|<!DOCTYPE article\b")
    records = frozenset({"article"})

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure:
        """Make a paper of the front matter."""
        meta = record.find(_META)
        meta = record if meta is None else meta
        authors = list(filter(_is_author, meta.iterfind(_AUTHORS)))
        if len(authors) == 1:
            authors += authors[0].findall("collab/contrib-group/contrib")
        return build_paper(
            ref,
            _title(meta),
            abstract=_abstract(meta),
            authors=[_author(contrib) for contrib in authors],
            dates=texts(meta, "pub-date/year", "history/date/year"),
            venue=first_text(record, *_VENUES),
            url=_link(meta),
            dois=texts(meta, "article-id[@pub-id-type='doi']"),
            arxiv_id=first_text(meta, *_ARXIV),
            pmid=first_text(meta, "article-id[@pub-id-type='pmid']"),
            keywords=texts(meta, "kwd-group/kwd"),
        )


def _title(meta: Element) -> str:
    """The title without the marks of its footnotes."""
    for heading in meta.iterfind("title-group/article-title"):
        marks = [x for x in heading.iterfind("xref") if not _WORD.search(text_in(x))]
        _remove(heading, [*marks, *heading.iterfind("fn")])
    title = first_text(meta, "title-group/article-title")
    subtitle = first_text(meta, "title-group/subtitle")
    return f"{title}: {subtitle}" if title and subtitle else title


def _abstract(meta: Element) -> str:
    """The paragraphs; a heading that only says "Abstract" is left out."""
    found = [*meta.iterfind("abstract"), *meta.iterfind("trans-abstract")]
    texts_only = [a for a in found if a.get("abstract-type") != "graphical"]
    chosen = min(texts_only, key=_lateness, default=None)
    if chosen is None:
        return ""
    heads = [title for title in chosen.iterfind("title") if _HEADS.fullmatch(text_in(title))]
    _remove(chosen, [*heads, *chosen.iterfind("object-id")])
    return paragraphs_in(chosen)


def _lateness(abstract: Element) -> tuple[bool, bool]:
    return abstract.tag == "trans-abstract", bool(abstract.get("abstract-type"))


def _is_author(contrib: Element) -> bool:
    return contrib.get("contrib-type", "author") in ("author", "collab")


def _author(contrib: Element) -> str:
    parts = ("given-names", "surname", "suffix")
    for path in ("name", "name-alternatives/name", "string-name"):
        if name := " ".join(filter(None, (first_text(contrib, f"{path}/{p}") for p in parts))):
            return name
    for collaboration in contrib.iterfind("collab"):
        _remove(collaboration, [child for child in collaboration if child.tag in _NO_NAME])
    return first_text(contrib, "collab", "string-name")


def _remove(element: Element, children: list[Element]) -> None:
    """Take out these children, not the text after them."""
    unwanted = set(children)
    kept: list[Element] = []
    for child in element:
        if child not in unwanted:
            kept.append(child)
        elif kept:
            kept[-1].tail = (kept[-1].tail or "") + (child.tail or "")
        else:
            element.text = (element.text or "") + (child.tail or "")
    element[:] = kept


def _link(meta: Element) -> str:
    """The first address; some publishers have names of files beside it."""
    links = (link.get("href", "") for link in meta.iterfind("self-uri"))
    return next((link for link in links if link.startswith("http")), "")
