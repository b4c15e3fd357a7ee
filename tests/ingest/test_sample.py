"""The sample library: notes in this project's own words on 72 real papers."""

import json
import re
import unicodedata
from functools import cache
from importlib.resources import as_file, files

import pytest

from ingest.paper import Paper
from ingest.pipeline import read_papers
from tests.support.shared_data import shared_data

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LONGEST_SHARED_RUN = 13


@cache
def notes() -> tuple[Paper, ...]:
    with as_file(files("ingest.sample") / "papers.jsonl") as path:
        records = list(read_papers([path]))
    assert all(isinstance(record, Paper) for record in records), records
    return tuple(record for record in records if isinstance(record, Paper))


@cache
def page_papers() -> dict[str, str]:
    """Title and abstract of each paper of the real page, by id."""
    records = read_papers([shared_data("papers-page.txt")])
    return {r.id: r.text for r in records if isinstance(r, Paper)}


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())


def figures(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", text)
    return {number.replace(",", "") for number in _NUMBER.findall(plain)}


def test_there_are_72_and_the_header_is_none_of_them() -> None:
    assert len(notes()) == 72
    assert len({paper.id for paper in notes()}) == 72
    assert not any("_header" in paper.extra for paper in notes())


def test_the_header_and_every_note_say_whose_words_they_are() -> None:
    first, *_ = (files("ingest.sample") / "papers.jsonl").read_text("utf-8").splitlines()
    assert "written for this project" in json.loads(first)["_header"]
    assert all("written for this project" in paper.extra["note"] for paper in notes())


@pytest.mark.parametrize("paper", notes(), ids=lambda paper: paper.title[:30])
def test_a_note_has_80_to_150_words(paper: Paper) -> None:
    assert 80 <= len(paper.abstract.split()) <= 150


def test_the_notes_are_about_the_papers_of_the_page() -> None:
    assert {paper.id for paper in notes()} == page_papers().keys()


def test_every_number_in_a_note_is_the_papers_own() -> None:
    strange = {
        paper.title: missing
        for paper in notes()
        if (missing := figures(paper.abstract) - figures(page_papers()[paper.id]))
    }
    assert strange == {}


def test_no_run_of_words_is_taken_from_the_page() -> None:
    size = _LONGEST_SHARED_RUN + 1
    for paper in notes():
        theirs = words(page_papers()[paper.id])
        runs = {tuple(theirs[n : n + size]) for n in range(len(theirs) - size + 1)}
        ours = words(paper.abstract)
        for n in range(len(ours) - size + 1):
            assert tuple(ours[n : n + size]) not in runs, (paper.title, ours[n : n + size])
