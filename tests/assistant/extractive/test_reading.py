"""Reading no more than is needed must never change what is found."""

from collections.abc import Sequence

import pytest

from assistant.answer import Hit
from assistant.extractive import ExtractiveAnswerer
from assistant.extractive.evidence import idf_weights
from assistant.extractive.passages import SentenceVectors, Vector
from assistant.extractive.question import analyse
from assistant.extractive.reading import Reading
from assistant.retrieval import HybridSearch
from assistant.settings import RetrievalConfig
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library
from tests.support.papers import own_papers

QUESTIONS = (
    "What accuracy does PetalMixer reach on ImageNet-1K?",
    "How many photographs does Harvest-26 hold?",
    "How does GraphTok speed up inference?",
    "What is the capital of Peru?",
    "Does data augmentation help on small graphs?",
    "Is GraphTok slower than the GNN?",
    "forecasts",
)


class Texts:
    """Counts what the encoder is given."""

    def __init__(self, encoder: OnnxEncoder) -> None:
        self.count = 0
        self._encoder = encoder
        self.vectors = SentenceVectors(self.encode)

    def encode(self, texts: Sequence[str]) -> Vector:
        self.count += len(texts)
        return self._encoder.encode(texts)


@pytest.fixture(scope="module")
def answerer(small_library: Library, encoder: OnnxEncoder) -> ExtractiveAnswerer:
    return ExtractiveAnswerer(small_library, encoder)


@pytest.fixture(scope="module")
def search(small_library: Library, encoder: OnnxEncoder) -> HybridSearch:
    return HybridSearch(small_library, encoder.encode_one, RetrievalConfig())


def reading_of(
    answerer: ExtractiveAnswerer, text: str, hits: tuple[Hit, ...], vectors: SentenceVectors
) -> Reading:
    question = analyse(text)
    return Reading(
        question,
        hits,
        cosines=[hit.dense or 0.0 for hit in hits],
        weights=idf_weights(question.terms, answerer.library.lexical),
        unknown=(),
        vector=answerer.encoder.encode_one(text),
        vectors=vectors,
    )


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("judge", ["relevance", "answerable"])
def test_the_best_paper_is_the_best_of_all(
    answerer: ExtractiveAnswerer, search: HybridSearch, question: str, judge: str
) -> None:
    hits, chance = search.search(question, 10).hits, getattr(answerer, judge)
    reading = reading_of(answerer, question, hits, answerer.vectors)
    assert reading.best(chance) == max(reading.all(), key=chance)


def test_papers_that_cannot_be_the_best_are_not_encoded(
    answerer: ExtractiveAnswerer, search: HybridSearch
) -> None:
    texts = Texts(answerer.encoder)
    title = own_papers()[0].title
    hits = search.search(title, 10).hits
    reading = reading_of(answerer, f"What does {title} show?", hits, texts.vectors)
    assert reading.best(answerer.relevance).hit.paper.title == title
    few = texts.count
    reading.all()
    assert few < texts.count


def test_nothing_is_encoded_twice(answerer: ExtractiveAnswerer, search: HybridSearch) -> None:
    texts = Texts(answerer.encoder)
    reading = reading_of(answerer, QUESTIONS[0], search.search("accuracy", 10).hits, texts.vectors)
    read = reading.all()
    count = texts.count
    assert reading.first(3) == read[:3]
    assert texts.count == count == len({p.text for e in read for p in e.passages})


def test_without_papers_nothing_is_read(answerer: ExtractiveAnswerer) -> None:
    assert answerer.evidence(analyse("anything"), ()) == []
    assert answerer.chance("anything", ()) == 0
