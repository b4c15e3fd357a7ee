"""RIS as its specification of 2011 has it, written by rispy."""

from collections.abc import Sequence
from typing import Any

import rispy

from ingest.paper import Paper
from ingest.text import one_line

ARXIV_PAGE = "https://arxiv.org/abs/"


def to_ris(papers: Sequence[Paper]) -> str:
    """One record a paper, in order; a value is one line, so line breaks become blanks."""
    text: str = rispy.dumps([_record(paper) for paper in papers])
    return text


def _record(paper: Paper) -> dict[str, Any]:
    links = [paper.url] if paper.url else []
    if paper.arxiv_id and paper.arxiv_id not in (paper.url or ""):
        links.append(ARXIV_PAGE + paper.arxiv_id)
    fields = {
        "type_of_reference": "JOUR" if paper.venue else "GEN",
        "title": one_line(paper.title),
        "authors": [one_line(author) for author in paper.authors],
        "year": str(paper.year) if paper.year else "",
        "journal_name": one_line(paper.venue or ""),
        "doi": paper.doi or "",
        "urls": [one_line(link) for link in links],
        "abstract": one_line(paper.abstract),
    }
    return {name: value for name, value in fields.items() if value}
