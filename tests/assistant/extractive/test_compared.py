"""Which papers a comparison quotes beside the nearest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.extractive.compared import papers_asked_of
from assistant.extractive.question import analyse
from assistant.extractive.subject import of_paper
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import model_label
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library
from ingest.paper import Paper
from ingest.pipeline import ingest_records
from tests.support.asking import Asked, cited

PAPERS = [
    Paper(
        id="heron",
        title="HeronNet: Counting Water Birds From the Air",
        abstract="HeronNet counts water birds in photographs taken by drones. HeronNet finds 94% of"
        " the birds and needs 12 seconds for a lake.",
    ),
    Paper(
        id="reed",
        title="Counting Water Birds by Their Calls",
        abstract="Microphones in the reeds record the calls of water birds. A recurrent network"
        " tells 31 kinds of birds apart with an accuracy of 88%.",
    ),
    Paper(
        id="tide",
        title="Slow Tides",
        abstract="Tide forecasts of a harbour are made by a physical model. The mean error of the"
        " forecasts is 3.1 cm, and a forecast takes 40 minutes.",
    ),
    Paper(
        id="moss",
        title="Moss Under the Microscope",
        abstract="Moss leaves are photographed under the microscope. A network sorts them into 70"
        " species.",
    ),
]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, encoder: OnnxEncoder) -> Iterator[Asked]:
    config = LibraryConfig(path=Path(tmp_path_factory.mktemp("compared")) / "library")
    ingest_records(PAPERS, config, EmbeddingConfig())
    with Library.open(config, model_label(EmbeddingConfig())) as library:
        yield Asked(library, encoder)


@pytest.mark.parametrize(
    ("question", "papers"),
    [
        ("Which takes longer, tide forecasts or HeronNet for a lake?", {"heron", "tide"}),
        ("Compare tide forecasts of a harbour with counting birds from drones", {"heron", "tide"}),
        ("How do the two papers on water birds count them?", {"heron", "reed"}),
        ("How do both works count water birds?", {"heron", "reed"}),
        ("Does HeronNet take seconds or minutes for a lake?", {"heron"}),
        ("How does HeronNet count water birds?", {"heron"}),
        ("How long does a tide forecast take?", {"tide"}),
    ],
)
def test_each_side_of_a_comparison_is_quoted_and_no_more(
    asked: Asked, question: str, papers: set[str]
) -> None:
    assert cited(asked.answer(question)) == papers


@pytest.mark.parametrize(
    ("question", "papers"),
    [
        ("How do the two papers on water birds count them?", 2),
        ("Both of these works count birds; how?", 2),
        ("How do the three bird studies differ?", 3),
        ("How was each of the two click-through papers proven in industry?", 2),
        ("Which two papers count birds?", 1),
        ("How many birds do the two networks find?", 1),
        ("How does HeronNet count birds?", 1),
    ],
)
def test_so_many_papers_are_asked_of(question: str, papers: int) -> None:
    assert papers_asked_of(analyse(question)) == papers


@pytest.mark.parametrize(
    ("question", "one"),
    [
        ("How does HeronNet count water birds?", True),
        ("Why does a tide forecast take 40 minutes?", True),
        ("Does HeronNet take seconds or minutes for a lake?", True),
        ("How does HeronNet compare with people who count birds?", True),
        ("What does HeronNet count in?", True),
        ("Which models does HeronNet beat?", True),
        ("Which papers use HeronNet?", False),
        ("Which models count birds?", False),
        ("Which takes longer, tide forecasts or HeronNet for a lake?", False),
        ("How do both works count water birds?", False),
        ("What does HeronNet count, and how many birds does it find?", False),
    ],
)
def test_whether_one_abstract_can_answer_it_all(asked: Asked, question: str, one: bool) -> None:
    analysed, hits, answerer = analyse(question), asked.hits(question), asked.answerer
    reading = answerer.reading(analysed, hits)
    best = answerer.best_paper(analysed, hits, reading)
    of_best = of_paper(analysed, best.hit.paper, answerer.library.lexical)
    assert answerer.of_one_paper(of_best, best, reading) is one
