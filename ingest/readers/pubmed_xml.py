"""PubMed's XML, as efetch and PubMed's baseline files have it (PubmedArticleSet).

Elements are those of NLM's PubMed DTD. The DTD, which every real file names, is not fetched; XML
that defines entities is refused before they can grow (defusedxml).
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from ingest.errors import SourceError
from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure, Source
from ingest.readers.fields import build_paper, first_filled

_RECORDS = frozenset({"PubmedArticle", "PubmedBookArticle"})
_RECORD_IN_HEAD = re.compile(r"<(?:PubmedArticleSet|PubmedArticle|PubmedBookArticle)\b")
_CHUNK_BYTES = 1 << 16
_ARTICLES = ("MedlineCitation/Article", "BookDocument")
_TITLES = ("ArticleTitle", "VernacularTitle", "Book/BookTitle")
_VENUES = ("Journal/Title", "Journal/ISOAbbreviation", "Book/BookTitle")
_DATES = (
    "Journal/JournalIssue/PubDate/Year",
    "Journal/JournalIssue/PubDate/MedlineDate",
    "ArticleDate/Year",
    "Book/PubDate/Year",
    "ContributionDate/Year",
)
_DOIS = (
    "PubmedData/ArticleIdList/ArticleId[@IdType='doi']",
    "PubmedBookData/ArticleIdList/ArticleId[@IdType='doi']",
    "MedlineCitation/Article/ELocationID[@EIdType='doi']",
    "BookDocument/ArticleIdList/ArticleId[@IdType='doi']",
)
_NO_TITLE = re.compile(r"\W*not available\W*", re.IGNORECASE)
_REFUSED = "the XML defines entities, which can hide an attack, and is refused; export it anew"
_POWER = re.compile(r"\s*[+\-−–]?\d+\s*")


class PubmedXmlReader:
    """Reads PubMed XML, one article in memory at a time."""

    name = "pubmed-xml"

    def sniff(self, source: Source) -> float:
        """Sure when XML names PubMed's elements."""
        head = source.head_text.lstrip("\ufeff \t\r\n")
        return 1.0 if head.startswith("<") and _RECORD_IN_HEAD.search(head) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the articles; where the XML breaks off or is unsafe, a failure ends them."""
        articles = _ArticleBuilder()
        line = None
        try:
            for line, element in articles.read(source):
                yield _paper(element, SourceRef(file=source.name, line=line, reader=self.name))
        except ParseError as error:
            yield Failure(source.name, error.position[0], f"the XML is damaged here ({error})")
        except DefusedXmlException:
            yield Failure(source.name, articles.line_number, _REFUSED)
        else:
            if line is None:
                yield Failure(source.name, None, "no PubmedArticle in this XML")


class _ArticleBuilder(TreeBuilder):
    """Builds the tree and lets go of each article once it is complete."""

    def __init__(self) -> None:
        super().__init__()
        self._parser = DefusedXMLParser(target=self)
        self._root: Element | None = None
        self._start = 0
        self._complete: list[tuple[int, Element]] = []

    @property
    def line_number(self) -> int:
        """The 1-based line that is being parsed."""
        return int(self._parser.parser.CurrentLineNumber)

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        """Remember where an article starts."""
        if tag in _RECORDS:
            self._start = self.line_number
        element = super().start(tag, attrs)
        if self._root is None:
            self._root = element
        return element

    def end(self, tag: str) -> Element:
        """Set a complete article aside."""
        element = super().end(tag)
        if tag in _RECORDS:
            self._complete.append((self._start, element))
        return element

    def read(self, source: Source) -> Iterator[tuple[int, Element]]:
        """(1-based line, article) of the articles; ParseError or a defusedxml error at bad XML."""
        with source.open() as file:
            try:
                while data := file.read(_CHUNK_BYTES):
                    try:
                        self._parser.feed(data)
                    finally:
                        yield from self._take()
            except (OSError, EOFError) as error:
                raise SourceError(f"{source.name}: damaged gzip data ({error})") from error
        self._parser.close()

    def _take(self) -> Iterator[tuple[int, Element]]:
        complete, self._complete = self._complete, []
        yield from complete
        if complete and self._root is not None:
            self._root.clear()


def _paper(record: Element, ref: SourceRef) -> Paper | Failure:
    article = next((a for a in map(record.find, _ARTICLES) if a is not None), record)
    pmid = first_filled(e.text for e in record.iterfind("./*/PMID"))
    title = first_filled(
        text for path in _TITLES for text in _texts(article, path) if not _NO_TITLE.fullmatch(text)
    )
    return build_paper(
        ref,
        title or first_filled(_texts(article, "ArticleTitle")),
        abstract="\n".join(_sections(article)),
        authors=[_author(author) for author in article.iterfind("AuthorList/Author")],
        dates=[text for path in _DATES for text in _texts(article, path)],
        venue=first_filled(text for path in _VENUES for text in _texts(article, path)),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isdecimal() else "",
        dois=[text for path in _DOIS for text in _texts(record, path)],
        pmid=pmid,
        keywords=_texts(record, "./*/KeywordList/Keyword"),
    )


def _sections(article: Element) -> Iterator[str]:
    """The sections of the abstract, each with its label where it has one."""
    for section in article.iterfind("Abstract/AbstractText"):
        label = section.get("Label", "").strip().rstrip(":")
        text = _text(section)
        if text:
            yield f"{label}: {text}" if label and label != "UNLABELLED" else text


def _author(author: Element) -> str:
    names = (first_filled(_texts(author, tag)) for tag in ("ForeName", "LastName", "Suffix"))
    return " ".join(filter(None, names)) or first_filled(_texts(author, "CollectiveName"))


def _texts(element: Element, path: str) -> list[str]:
    return [_text(found) for found in element.iterfind(path)]


def _text(element: Element) -> str:
    """The text without its markup; a power of a number keeps its mark: 10^3 is not 103."""
    for parent in element.iter():
        before = parent.text or ""
        for child in parent:
            power = child.text or ""
            if child.tag == "sup" and before[-1:].isdigit() and _POWER.fullmatch(power):
                child.text = f"^{power}"
            before = child.tail or ""
    return " ".join("".join(element.itertext()).split())
