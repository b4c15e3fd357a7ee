"""Crossref's XML (unixref), as its queries by DOI answer; abstracts are JATS."""

import re
from xml.etree.ElementTree import Element

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure
from ingest.readers.fields import build_paper
from ingest.readers.xml_records import XmlReader, first_text, paragraphs_in, texts

_WORKS = (
    *("journal_article", "conference_paper", "content_item", "posted_content", "dissertation"),
    *("report-paper_metadata", "report-paper_series_metadata", "dataset", "peer_review"),
    *("book_metadata", "book_series_metadata", "book_set_metadata"),
)
_VENUES = (
    ".//journal_metadata/full_title",
    ".//proceedings_metadata/proceedings_title",
    ".//proceedings_series_metadata/proceedings_title",
    ".//book_metadata/titles/title",
    ".//book_series_metadata/titles/title",
    ".//posted_content/institution/institution_name",
)
_DATES = (
    *("publication_date/year", "posted_date/year", "approval_date/year"),
    *("database_date/publication_date/year", "review_date/year"),
)


class CrossrefXmlReader(XmlReader):
    """Reads works, each with what it appeared in."""

    name = "crossref-xml"
    mark = re.compile(r"<(?:\w+:)?(?:(?:doi_records?|crossref_result)\b|crossref\b[^>]*>\s*<)")
    records = frozenset({"crossref"})

    def paper(self, record: Element, ref: SourceRef) -> Paper | Failure:
        """Make a paper of the work; a book without chapters is itself the work."""
        works = (work for name in _WORKS for work in record.iter(name))
        work = next(works, record)
        dates = texts(work, *_DATES) or texts(record, ".//publication_date/year")
        abstracts = [paragraphs_in(found) for found in work.iterfind("abstract")]
        title, subtitle = first_text(work, "titles/title"), first_text(work, "titles/subtitle")
        venue = first_text(record, *_VENUES)
        return build_paper(
            ref,
            f"{title}: {subtitle}" if title and subtitle else title,
            abstract=next(iter(abstracts), ""),
            authors=_authors(work),
            dates=dates,
            venue="" if venue == title else venue,
            url=first_text(work, "doi_data/resource"),
            dois=texts(work, "doi_data/doi"),
        )


def _authors(work: Element) -> list[str]:
    people = [
        p for p in work.iterfind("contributors/*") if p.tag in ("person_name", "organization")
    ]
    authors = [p for p in people if p.get("contributor_role", "author") == "author"]
    return [" ".join(texts(p, "given_name", "surname", "suffix")) or p.text or "" for p in authors]
