"""Questions whether papers disagree."""

from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.answer import Turn
from assistant.extractive.disputes import disputed_topic
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.paper import Paper
from ingest.pipeline import ingest_records

PAPERS = [
    Paper(
        id="helps",
        title="Feeding Moths Early",
        abstract="Moth larvae are hard to raise. Early feeding raises the survival of moth larvae"
        " in cold greenhouses. We fed 300 of them.",
    ),
    Paper(
        id="not",
        title="Moths Fed Early, Revisited",
        abstract="Greenhouses differ. Early feeding does not raise the survival of moth larvae in"
        " cold greenhouses. Light does.",
    ),
    Paper(
        id="lamps",
        title="Lamps for Orchids",
        abstract="Orchids bloom under red lamps. Blue lamps keep orchids short.",
    ),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    path: Path = tmp_path_factory.mktemp("disputes") / "library"
    ingest_records(PAPERS, LibraryConfig(path=path), EmbeddingConfig())
    return Assistant(Settings(library={"path": path}))


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("do any of these disagree?", ""),
        ("Do the papers on moths disagree?", "on moths"),
        ("do any papers here contradict each other?", ""),
        ("Which papers disagree about whether moths need light?", "about whether moths need light"),
        ("do they disagree? (moths larvae)", "moths larvae"),
        ("Is there any disagreement about moths?", "about moths"),
        ("Are there conflicting results on moths?", "on moths"),
        ("Do the papers on human evaluation conflict?", "on human evaluation"),
        ("Do any papers in my library disagree about moths?", "about moths"),
        ("Do papers in entomology disagree?", "in entomology"),
        ("Which authors' claims disagree?", ""),
    ],
)
def test_what_papers_are_asked_to_disagree_about(question: str, topic: str) -> None:
    assert disputed_topic(question) == topic


@pytest.mark.parametrize(
    "question",
    [
        "Does MothNet agree with the judgement of people?",
        "Why do the scores of MothNet contradict those of earlier studies?",
        "Which papers disagree with the lottery ticket hypothesis?",
        "Do the results contradict the scaling laws?",
        "Which papers handle sources that conflict?",
        "what happens when sources conflict?",
        "Do annotators in these works disagree?",
        "Are the two at odds?",
        "do" + " any" * 400,
        "do" + " any of these papers" * 100 + " on" + " these works" * 100,
    ],
)
def test_other_questions_about_agreement_are_questions_like_any_other(question: str) -> None:
    assert disputed_topic(question) is None


def test_papers_that_say_the_opposite_are_shown_side_by_side(assistant: Assistant) -> None:
    answer = assistant.ask("Do the papers on feeding moth larvae disagree?")
    assert answer.text.startswith("Passages found in 2 papers that disagree:")
    assert {citation.quote for citation in answer.citations} == {
        "Early feeding raises the survival of moth larvae in cold greenhouses.",
        "Early feeding does not raise the survival of moth larvae in cold greenhouses.",
    }


def test_papers_that_do_not_are_not_said_to(assistant: Assistant) -> None:
    answer = assistant.ask("Do the papers on lamps for orchids disagree?")
    assert answer.status == "not_in_library"
    assert "no two of them say the opposite" in answer.text


def test_without_a_topic_one_is_asked_for(assistant: Assistant) -> None:
    answer = assistant.ask("do any of these disagree?")
    assert answer.status == "not_in_library"
    assert "Name what they may disagree about" in answer.text


def test_a_follow_up_is_about_what_was_asked_before(assistant: Assistant) -> None:
    before = assistant.ask("Which papers study feeding moth larvae?")
    history = [Turn(question=before.question, answer=before.text)]
    answer = assistant.ask("do any of these disagree?", history=history)
    assert {citation.paper.id for citation in answer.citations} == {"helps", "not"}
