"""PubMed's XML, as efetch and PubMed's baseline files have it (PubmedArticleSet).

Elements are those of NLM's PubMed DTD.
"""

import re
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper
from ingest.readers.xml_records import XmlReader, first_text, text_in, texts

_ARTICLES = ("MedlineCitation/Article", "BookDocument")
_TITLES = ("ArticleTitle", "VernacularTitle", "Book/BookTitle")
_PUBLISHER = "Book/Publisher/PublisherName"
_VENUES = ("Journal/Title", "Journal/ISOAbbreviation", "Book/BookTitle", _PUBLISHER)
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
_ABSTRACT = "Abstract/AbstractText"
# In another language or for the public; better than none.
_OTHER_ABSTRACT = "MedlineCitation/OtherAbstract"
_NO_TITLE = re.compile(r"\W*not available\W*", re.IGNORECASE)


class PubmedXmlReader(XmlReader):
    """Reads PubMed XML, one article in memory at a time."""

    name = "pubmed-xml"
    mark = re.compile(r"<(?:PubmedArticleSet|PubmedArticle|PubmedBookArticle)\b")
    records = frozenset({"PubmedArticle", "PubmedBookArticle"})

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure:
        """Make a paper of an article, a book's chapter or a book."""
        article = next((a for a in map(record.find, _ARTICLES) if a is not None), record)
        pmid = first_text(record, "./*/PMID")
        titles = texts(article, *_TITLES)
        title = next((title for title in titles if not _NO_TITLE.fullmatch(title)), "")
        authors = article.findall("AuthorList/Author") or article.findall("Book/AuthorList/Author")
        return build_paper(
            ref,
            title or first_text(article, "ArticleTitle"),
            abstract="\n".join(_sections(article, _ABSTRACT) or _other_abstract(record)),
            authors=[_author(author) for author in authors],
            dates=texts(article, *_DATES),
            venue=next((venue for venue in texts(article, *_VENUES) if venue != title), ""),
            url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isdecimal() else "",
            dois=texts(record, *_DOIS),
            pmid=pmid,
            keywords=texts(record, "./*/KeywordList/Keyword"),
        )


def _sections(element: Element, path: str) -> list[str]:
    """The sections of the abstract, each with its label where it has one."""
    sections = []
    for section in element.iterfind(path):
        label = section.get("Label", "").strip().rstrip(":")
        text = text_in(section)
        if text:
            sections.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    return sections


def _other_abstract(record: Element) -> list[str]:
    """The English one, else the first."""
    others = record.findall(_OTHER_ABSTRACT)
    english = (other for other in others if other.get("Language") == "eng")
    return [text for other in (*english, *others)[:1] for text in _sections(other, "AbstractText")]


def _author(author: Element) -> str:
    names = (first_text(author, tag) for tag in ("ForeName", "LastName", "Suffix"))
    return " ".join(filter(None, names)) or first_text(author, "CollectiveName")
