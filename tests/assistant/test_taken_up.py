"""A follow-up is answered from the paper that the turn before was about, unless it says another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Hit, Turn
from assistant.extractive.taken_up import TakenUp, place_of
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.paper import Paper
from ingest.pipeline import ingest_records
from tests.support.assistants import extractive_settings

PAPERS = [
    Paper(
        id="scaled",
        title="Scaling Sponge Layers: A Tale of Patience",
        abstract="Nobody trains plain sponge layers any more. Made a hundred times as large and"
        " given a month, the scaled layers get 93% of BIRDS10 right, 79% on BIRDS100 and 69% of"
        " tiny photographs.",
    ),
    Paper(
        id="strip",
        title="StripSponge: Efficient Mixing of Tokens for Sponge Layers",
        abstract="StripSponge mixes tokens within a strip. Against plain sponge layers StripSponge"
        " gains 3.7% on MEADOWS-5 and 1.9% on BIRDS-100.",
    ),
    Paper(
        id="tide",
        title="Slow Tides",
        abstract="Tides of a harbour are forecast by a state space model. On which coast it does"
        " best depends on the wind. Its mean error is 3.1 cm.",
    ),
]
SCALED = Turn(question="How well do scaled sponge layers do on BIRDS-10?", answer="93% [1].")
LISTED = Turn(question="Which papers study sponge layers?", answer="Two of them [1][2].")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    path = Path(tmp_path_factory.mktemp("taken-up")) / "library"
    ingest_records(PAPERS, LibraryConfig(path=path), EmbeddingConfig())
    with Assistant(extractive_settings(path)) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "history", "paper", "words"),
    [
        ("and on BIRDS-100?", [SCALED], "scaled", "79% on BIRDS100"),
        ("and StripSponge on BIRDS-100?", [SCALED], "strip", "1.9%"),
        ("and on MEADOWS-5?", [SCALED], "strip", "3.7%"),
        ("What does StripSponge gain on BIRDS-100?", [SCALED], "strip", "1.9%"),
        ("What does StripSponge gain on BIRDS-100?", [LISTED], "strip", "1.9%"),
    ],
)
def test_the_paper_of_the_turn_before_is_taken_up(
    assistant: Assistant, question: str, history: list[Turn], paper: str, words: str
) -> None:
    answer = assistant.ask(question, history=history)
    assert {citation.paper.id for citation in answer.citations} == {paper}
    assert words in answer.text


def test_a_follow_up_that_the_paper_does_not_answer_is_refused(assistant: Assistant) -> None:
    assert assistant.ask("and on MOSSES-7?", history=[SCALED]).status == "not_in_library"


@pytest.mark.parametrize(
    ("asked", "place"), [("and on BIRDS-100?", 0), ("and which papers test on BIRDS-100?", None)]
)
def test_a_list_is_not_held_to_one_paper(asked: str, place: int | None) -> None:
    hits = [Hit(rank=n, paper=paper, score=1 / n) for n, paper in enumerate(PAPERS, 1)]
    assert place_of(TakenUp(asked, "scaled"), hits, PAPERS[1], {}) == place
