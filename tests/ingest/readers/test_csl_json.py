"""CSL JSON and Crossref's dialect of it."""

import json
from typing import Any

import pytest

from ingest.readers.csl_json import CslJsonReader
from tests.ingest.readers.exports import only


def test_crossref_works() -> None:
    work = {
        "title": ["A title"],
        "container-title": ["A Journal"],
        "abstract": "<jats:p>Text.</jats:p>",
        "author": [{"given": "Ann", "family": "Lee"}, {"name": "A Group"}],
        "issued": {"date-parts": [[2021, 3]]},
        "DOI": "10.1000/X",
        "reference": [{"key": "1"}],
        "type": "journal-article",
    }
    text = json.dumps({"status": "ok", "message": {"total-results": 1, "items": [work]}})
    paper = only(CslJsonReader(), text)
    assert (paper.title, paper.venue, paper.year) == ("A title", "A Journal", 2021)
    assert paper.authors == ("Ann Lee", "A Group")
    assert (paper.id, paper.extra) == ("doi:10.1000/x", {"type": "journal-article"})
    assert paper.abstract == "<jats:p>Text.</jats:p>"


@pytest.mark.parametrize(
    "issued",
    [
        {"date-parts": [["2004", 5]]},
        {"raw": "May 2004"},
        {"literal": "c. 2004"},
        "2004-05",
    ],
)
def test_dates_in_every_form(issued: Any) -> None:
    assert only(CslJsonReader(), json.dumps([{"title": "T", "issued": issued}])).year == 2004


def test_an_undated_item_is_told_by_its_authors() -> None:
    record = {"type": "book", "title": "T", "author": [{"family": "Lee"}], "issued": None}
    del record["issued"]
    paper = only(CslJsonReader(), json.dumps([record]))
    assert (paper.authors, paper.year) == (("Lee",), None)


def test_particles_subtitles_and_an_arxiv_id_in_a_note() -> None:
    item = {
        "type": "article-journal",
        "title": ["Kites"],
        "subtitle": ["A study"],
        "author": [{"given": "Jan", "non-dropping-particle": "van der", "family": "Berg"}],
        "issued": {"date-parts": [["2020", 3]]},
        "note": "arXiv:2001.01234 [cs]",
    }
    paper = only(CslJsonReader(), json.dumps([item]))
    assert (paper.title, paper.authors) == ("Kites: A study", ("Jan van der Berg",))
    assert (paper.arxiv_id, paper.year) == ("2001.01234", 2020)
