"""OpenAlex works and their inverted abstracts."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.inverted_index import rebuild_abstract
from ingest.readers.openalex import OpenAlexReader
from tests.ingest.readers.exports import only, read

WORK = {"id": "https://openalex.org/W7", "title": "Bridges", "authorships": []}


@given(st.lists(st.sampled_from(["we", "show", "that", "the", "bridge", "."]), max_size=40))
def test_an_index_gives_its_text_back(words: list[str]) -> None:
    index: dict[str, list[int]] = {}
    for position, word in enumerate(words):
        index.setdefault(word, []).append(position)
    assert rebuild_abstract(index) == " ".join(words)


def test_gaps_are_marked_and_take_no_memory() -> None:
    assert rebuild_abstract({"a": [0, 10**15], "b": [1], "c": [3]}) == "a b … c … a"


@pytest.mark.parametrize("index", [[], "text", {"a": 3}, {"a": ["0"]}, {"a": [True]}, {"a": None}])
def test_a_malformed_index_is_a_failure_that_names_the_work(index: Any) -> None:
    papers, (failure,) = read(
        OpenAlexReader(), json.dumps([{**WORK, "abstract_inverted_index": index}])
    )
    assert not papers
    assert "'Bridges'" in failure.reason
    assert "abstract_inverted_index" in failure.reason


def test_a_work_without_doi_keeps_its_own_id() -> None:
    assert only(OpenAlexReader(), json.dumps(WORK)).id == "openalex:W7"


def test_an_arxiv_copy_gives_the_arxiv_id() -> None:
    places = [
        {"landing_page_url": "https://x.example"},
        None,
        {"landing_page_url": "https://arxiv.org/abs/2409.10594"},
    ]
    paper = only(OpenAlexReader(), json.dumps({**WORK, "locations": places}))
    assert (paper.arxiv_id, paper.url) == ("2409.10594", "https://x.example")


def test_an_abstract_that_is_text_already() -> None:
    work = {**WORK, "abstract": "Plain.", "abstract_inverted_index": None}
    assert only(OpenAlexReader(), json.dumps(work)).abstract == "Plain."


def test_a_retracted_or_untitled_work() -> None:
    papers, (failure,) = read(OpenAlexReader(), json.dumps([{**WORK, "title": None}]))
    assert not papers
    assert "no title" in failure.reason
