"""Zotero items: identifiers, creators, and what is no paper."""

import json
from typing import Any

import pytest

from ingest.paper import Paper
from ingest.readers.zotero_json import ZoteroJsonReader
from tests.ingest.readers.exports import only, read


def item(**fields: Any) -> Paper:
    return only(ZoteroJsonReader(), json.dumps({"items": [{"itemType": "book", **fields}]}))


def test_the_web_api_wraps_the_fields() -> None:
    data = {"itemType": "journalArticle", "title": "T", "abstractNote": "A.", "DOI": "10.1000/X"}
    paper = only(ZoteroJsonReader(), json.dumps([{"key": "K", "version": 1, "data": data}]))
    assert (paper.title, paper.abstract, paper.doi) == ("T", "A.", "10.1000/x")


@pytest.mark.parametrize(
    "fields",
    [
        {"extra": "Citation Key: a\nDOI: 10.1000/x"},
        {"extra": ["DOI: 10.1000/x"]},
        {"url": "https://doi.org/10.1000/x"},
        {"DOI": "https://dx.doi.org/10.1000/X"},
    ],
)
def test_where_the_doi_may_stand(fields: dict[str, Any]) -> None:
    assert item(title="T", **fields).doi == "10.1000/x"


@pytest.mark.parametrize(
    "fields",
    [
        {"archiveID": "arXiv:2409.10594"},
        {"extra": "arXiv: 2409.10594"},
        {"url": "http://arxiv.org/abs/2409.10594"},
        {"publicationTitle": "arXiv:2409.10594 [cs]"},
    ],
)
def test_where_the_arxiv_id_may_stand(fields: dict[str, Any]) -> None:
    assert item(title="T", **fields).id == "arxiv:2409.10594"


def test_editors_are_authors_only_where_there_is_no_author() -> None:
    editor = {"creatorType": "editor", "name": "Ed Itor"}
    author = {"creatorType": "author", "firstName": "Ann", "lastName": "Lee"}
    assert item(title="T", creators=[editor, author]).authors == ("Ann Lee",)
    assert item(title="T", creators=[editor]).authors == ("Ed Itor",)


def test_what_has_no_place_of_its_own_is_kept() -> None:
    paper = item(title="T", volume="3", tags=[{"tag": "x"}], attachments=[{"path": "/a"}], pages="")
    assert paper.extra == {"itemType": "book", "volume": "3", "tags": [{"tag": "x"}]}


def test_notes_and_attachments_are_named_as_no_papers() -> None:
    text = json.dumps([{"itemType": "note", "note": "x"}, {"itemType": "book", "title": "T"}])
    papers, (failure,) = read(ZoteroJsonReader(), text)
    assert len(papers) == 1
    assert "Zotero note" in failure.reason


def test_children_of_a_paper_are_no_records() -> None:
    items = [
        {"data": {"itemType": "journalArticle", "title": "Kites", "key": "A"}},
        {"data": {"itemType": "attachment", "title": "PDF", "parentItem": "A"}},
        {"data": {"itemType": "note", "note": "Mine", "parentItem": "A"}},
    ]
    got = read(ZoteroJsonReader(), json.dumps(items))
    assert ([paper.title for paper in got.papers], got.failures) == (["Kites"], [])
