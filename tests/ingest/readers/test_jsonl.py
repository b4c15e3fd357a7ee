"""JSON lines under the names that dumps use."""

import json
from typing import Any

import pytest

from ingest.paper import Paper
from ingest.readers.jsonl import JsonlReader
from tests.ingest.readers.exports import only, read


def paper_of(**record: Any) -> Paper:
    return only(JsonlReader(), json.dumps(record))


def test_our_own_names() -> None:
    paper = paper_of(
        id="p1", title="A\ttitle", abstract="One.\n Two.", authors=["Ann Lee"], year=2020, note=3
    )
    assert (paper.id, paper.title, paper.abstract) == ("p1", "A title", "One.\nTwo.")
    assert (paper.authors, paper.year, paper.extra) == (("Ann Lee",), 2020, {"note": 3})
    assert paper.sources[0].line == 1


def test_markup_and_scripts_are_text() -> None:
    text = "<script>alert(1)</script> ![x](http://a.example/b.png) **bold** p < 0.05"
    assert paper_of(title=text, abstract=text).abstract == text


def test_beir() -> None:
    paper = paper_of(_id="4983", title="White matter", text="It develops.", metadata={})
    assert (paper.id, paper.abstract) == ("4983", "It develops.")


def test_the_arxiv_dump() -> None:
    paper = paper_of(
        **{
            "id": "0704.0001",
            "title": "Prompt diphoton\n  production",
            "authors": "C. Bal\\'azs, E. L. Berger",
            "authors_parsed": [["Balázs", "C.", ""], ["Berger", "E. L.", ""]],
            "journal-ref": "Phys.Rev.D76",
            "doi": "10.1103/PhysRevD.76.013009",
            "abstract": "Text.",
        }
    )
    assert (paper.id, paper.arxiv_id) == ("0704.0001", "0704.0001")
    assert paper.title == "Prompt diphoton production"
    assert paper.authors == ("C. Balázs", "E. L. Berger")
    assert (paper.venue, paper.doi) == ("Phys.Rev.D76", "10.1103/physrevd.76.013009")
    assert paper.extra == {"authors": "C. Bal\\'azs, E. L. Berger"}


def test_hugging_face_daily_papers_are_unwrapped() -> None:
    inner = {"id": "2409.10594", "title": "T", "summary": "S", "publishedAt": "2024-09-16T00:00Z"}
    paper = paper_of(paper=inner, title="T", numComments=3)
    assert (paper.arxiv_id, paper.abstract, paper.year) == ("2409.10594", "S", 2024)


@pytest.mark.parametrize(
    "name", ["Abstract", "abstractText", "abstract_text", "ABSTRACT", "Abstract Note"]
)
def test_names_in_any_spelling(name: str) -> None:
    assert paper_of(**{"Title": "T", name: "Text."}).abstract == "Text."


def test_of_two_names_for_a_field_the_better_wins_and_the_other_is_kept() -> None:
    for record in (
        {"text": "full", "abstract": "short", "summary": "s", "title": "T"},
        {"summary": "s", "title": "T", "abstract": "short", "text": "full"},
    ):
        paper = paper_of(**record)
        assert paper.abstract == "short"
        assert paper.extra == {"text": "full", "summary": "s"}


def test_failures_name_the_line_and_reading_goes_on() -> None:
    text = (
        '{"title": "A"}\nnonsense\n\n[1]\n{"abstract": "no title"}\n{"_header": {}}\n{"title": "B"}'
    )
    papers, failures = read(JsonlReader(), text)
    assert [(p.title, p.sources[0].line) for p in papers] == [("A", 1), ("B", 7)]
    assert [f.line for f in failures] == [2, 4, 5]


def test_what_no_file_can_store_is_replaced() -> None:
    text = '{"title": "A", "note": "\\ud800"}'
    assert only(JsonlReader(), text).model_dump_json().encode()
