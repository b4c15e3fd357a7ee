"""What all readers of JSON share: shapes, damage, and how formats are told apart."""

import gzip
import json
from typing import Any

import pytest

from ingest.paper import Paper, SourceRef
from ingest.readers import Source, detect
from ingest.readers.json_reader import is_json_lines
from ingest.readers.openalex import OpenAlexReader
from ingest.readers.plain_json import PlainJsonReader
from ingest.readers.semantic_scholar import SemanticScholarReader
from tests.ingest.readers.exports import outcome, read

WORK = {"id": "https://openalex.org/W7", "title": "Bridges", "authorships": []}
PAPER = {"paperId": "abc", "title": "Bridges", "abstract": "They span."}
ITEM = {"itemType": "book", "title": "Bridges"}
CSL = {"type": "book", "title": "Bridges", "issued": {"date-parts": [[2001]]}}
PLAIN = {"title": "Bridges", "abstract": "They span."}


@pytest.mark.parametrize(
    ("record", "form"),
    [
        (WORK, "openalex"),
        (PAPER, "semantic-scholar"),
        (ITEM, "zotero-json"),
        (CSL, "csl-json"),
        (PLAIN, "json"),
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_every_shape_of_every_format_is_told_by_its_content(
    record: dict[str, Any], form: str, indent: int | None
) -> None:
    other = {**record, "title": "Tunnels"}
    for document in ([record, other], {"results": [record, other]}, {"data": [record, other]}):
        source = Source("x", data=json.dumps(document, indent=indent).encode())
        reader = detect(source)
        papers, failures = outcome(reader.read(source))
        assert (reader.name, failures) == (form, [])
        assert [paper.title for paper in papers] == ["Bridges", "Tunnels"]


@pytest.mark.parametrize(
    ("record", "form"), [(WORK, "openalex"), (PAPER, "semantic-scholar"), (PLAIN, "jsonl")]
)
def test_json_lines_of_every_format(record: dict[str, Any], form: str) -> None:
    data = f"{json.dumps(record)}\n\n{json.dumps(record)}\n".encode()
    reader = detect(Source("x", data=data))
    assert reader.name == form
    assert read(reader, data).lines == [1, 3]


def test_our_own_export_stays_json_lines_whatever_its_extra_fields_are_named() -> None:
    paper = Paper(
        id="s2:abc",
        title="Bridges",
        sources=(SourceRef(file="a", line=1),),
        extra={"paperId": "abc", "itemType": "book", "date-parts": [], "authorships": []},
    )
    source = Source("x", data=paper.model_dump_json().encode() + b"\n")
    reader = detect(source)
    (again,), failures = outcome(reader.read(source))
    assert (reader.name, failures) == ("jsonl", [])
    assert again.content_hash == paper.content_hash


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('{"a": 1}\n{"a": 2}', True),
        ('\n\n{"a": 1}\n', True),
        ('{"a": 1', True),
        ('{"a": damaged\n{"a": 2}\n', True),
        ('{\n"a": 1\n}', False),
        ('{"items": [\n{"a": 1}\n]}', False),
        ('[{"a": 1}]', False),
        ('{"a": 1,\n"b": {}}', False),
        ("", False),
    ],
)
def test_a_document_over_lines_is_told_from_json_lines(text: str, lines: bool) -> None:
    assert is_json_lines(text) is lines


def test_a_long_first_record_is_told_by_its_names_alone() -> None:
    record = {"filler": "x" * 100_000, **PAPER}
    source = Source("x", data=json.dumps([{**record, "embedding": []}]).encode())
    assert detect(source).name == "json"
    first = {"paperId": "abc", "filler": "x" * 100_000, "title": "Bridges"}
    source = Source("x", data=json.dumps([first]).encode())
    assert detect(source).name == "semantic-scholar"


def test_a_name_quoted_in_an_abstract_is_no_mark_of_a_format() -> None:
    record = {
        "title": "On JSON",
        "abstract": 'It holds "paperId": 3 and "itemType": 4.' + "x" * 70_000,
    }
    assert detect(Source("x", data=json.dumps([record]).encode())).name == "json"


def test_a_cut_off_download_keeps_what_stands_before_the_cut() -> None:
    text = json.dumps([PAPER, PAPER, PAPER], indent=1)
    papers, (failure,) = read(SemanticScholarReader(), text[:-40])
    assert len(papers) == 2
    assert failure.line == text[:-40].count("\n") + 1
    assert "2 records before this were read" in failure.reason


def test_a_damaged_line_costs_only_itself() -> None:
    text = f"{json.dumps(WORK)}\n{{broken}}\n{json.dumps(WORK)}\n"
    outcome = read(OpenAlexReader(), text)
    assert (outcome.lines, [f.line for f in outcome.failures]) == ([1, 3], [2])


def test_damaged_gzip_keeps_what_could_be_unpacked() -> None:
    text = json.dumps([{**PLAIN, "title": f"Bridge {n * n}"} for n in range(5000)], indent=1)
    data = gzip.compress(text.encode())
    papers, failures = read(PlainJsonReader(), data[: len(data) // 2])
    assert 1000 < len(papers) < 4500
    assert any("damaged compressed data" in failure.reason for failure in failures)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("[]", "no papers"), ("[3]", "not a JSON object but int"), ('[{"title": ""}]', "no title")],
)
def test_a_failure_says_what_is_missing(text: str, reason: str) -> None:
    papers, (failure,) = read(PlainJsonReader(), text)
    assert not papers
    assert reason in failure.reason
