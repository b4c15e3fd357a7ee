"""The paper that comes nearest does not answer; one of the next does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answer import Hit
from assistant.draft import Draft
from assistant.extractive import ExtractiveAnswerer
from assistant.extractive.question import analyse
from assistant.extractive.taken_up import TakenUp
from assistant.retrieval import HybridSearch
from assistant.settings import RetrievalConfig
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import model_label
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library
from ingest.paper import Paper
from ingest.pipeline import ingest_records

PAPERS = [
    Paper(
        id="harvest",
        title="Forecasting the Wheat Harvest",
        abstract="Forecasts of the wheat harvest help farmers to sell their wheat in time."
        " We forecast the wheat harvest and compare our forecasts by their error.",
    ),
    Paper(
        id="grain",
        title="Grain Yield Seen From Space",
        abstract="We predict the yield of wheat fields. Radar pictures from two satellites are read"
        " by a convolutional network.",
    ),
    Paper(
        id="bread",
        title="A Lexical Network of Bread",
        abstract="We build a lexical network of the word bread from parallel texts.",
    ),
]


ASKED = "Which pictures are the forecasts of the wheat harvest made from?"


@pytest.fixture
def answerer(tmp_path: Path, encoder: OnnxEncoder) -> ExtractiveAnswerer:
    config = LibraryConfig(path=tmp_path / "library")
    ingest_records(PAPERS, config, EmbeddingConfig())
    return ExtractiveAnswerer(Library.open(config, model_label(EmbeddingConfig())), encoder)


@pytest.fixture
def find(answerer: ExtractiveAnswerer) -> Callable[[str], list[Hit]]:
    encode = answerer.encoder.encode_one
    search = HybridSearch(answerer.library, encode, RetrievalConfig())
    return lambda text: list(search.search(text, 10).hits)


def cited(draft: Draft) -> set[str]:
    return {quote.paper.id for sentence in draft.sentences for quote in sentence.quotes}


def test_the_next_paper_is_read_where_the_nearest_does_not_answer(
    answerer: ExtractiveAnswerer, find: Callable[[str], list[Hit]]
) -> None:
    hits, question = find(ASKED), analyse(ASKED)
    nearest = answerer.best_paper(question, hits, answerer.reading(question, hits))
    assert nearest.hit.paper.id == "harvest"
    assert cited(answerer.answer(ASKED, hits)) == {"grain"}


def test_it_is_refused_where_no_other_answers_either(
    answerer: ExtractiveAnswerer, find: Callable[[str], list[Hit]]
) -> None:
    others = [hit for hit in find(ASKED) if hit.paper.id != "grain"]
    draft = answerer.answer(ASKED, others)
    assert not draft.answered
    assert "Forecasting the Wheat Harvest" in draft.heading


def test_a_follow_up_stays_with_its_paper(
    answerer: ExtractiveAnswerer, find: Callable[[str], list[Hit]]
) -> None:
    before = TakenUp(asked="From which pictures?", paper_id="harvest")
    assert not answerer.answer(ASKED, find(ASKED), before).answered
