"""The load bench, on a small library and for a moment."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from evals.load_bench import bench, is_sound, made_library, new_papers
from tests.support.assistants import extractive_settings

QUESTION = "What does EmberNet consume?"


def test_readers_and_an_ingest_at_once(tmp_path: Path, small_library_path: Path) -> None:
    library = tmp_path / "library"
    shutil.copytree(small_library_path, library)
    report = bench(library, readers=3, seconds=1, papers=2)
    assert (report.errors, report.mixed) == (0, 0)
    assert report.many.replies >= 3
    assert report.lone.p95 >= report.lone.p50 > 0
    assert report.memory.most >= report.memory.after > 0
    assert report.mapped_files.most >= report.mapped_files.after > 0


@pytest.mark.parametrize("wrong", ["question", "source", "quote", None])
def test_a_mixed_answer_is_told(small_library_path: Path, wrong: str | None) -> None:
    with Assistant(extractive_settings(small_library_path)) as assistant:
        answer: dict[str, Any] = assistant.ask(QUESTION).model_dump(mode="json")
    assert answer["citations"]
    if wrong == "question":
        answer["question"] = "What is GraphTok?"
    elif wrong == "source":
        answer["sources"] = []
    elif wrong == "quote":
        answer["citations"][0]["quote"] += "!"
    assert is_sound(QUESTION, answer) is (wrong is None)


def test_a_library_is_made_where_none_is_given(tmp_path: Path) -> None:
    with Assistant(extractive_settings(made_library(tmp_path, papers=30))) as assistant:
        assert assistant.stats().papers == 30


def test_papers_for_the_ingest_differ() -> None:
    papers = list(new_papers(20))
    assert papers == list(new_papers(20))
    assert len({paper["abstract"] for paper in papers}) == 20
    assert all(100 < len(paper["abstract"].split()) < 160 for paper in papers)
