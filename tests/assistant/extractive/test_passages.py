import threading
from collections.abc import Sequence

import numpy as np
import pytest

from assistant.extractive.passages import (
    MAX_SENTENCES,
    SentenceVectors,
    Vector,
    score_passages,
    weighted_coverage,
    without_quoted,
)
from assistant.extractive.question import analyse
from ingest.embedding.encoder import OnnxEncoder
from tests.support.openai_vectors import text_vector
from tests.support.papers import own_papers

PAPERS = {paper.id: paper for paper in own_papers()}


class CountingEncoder:
    """Vectors of the test server's kind, and every text that was encoded."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vector:
        self.encoded += texts
        return np.stack([text_vector(text, 16) for text in texts])


def test_a_sentence_is_encoded_once() -> None:
    encode = CountingEncoder()
    vectors = SentenceVectors(encode)
    first = vectors(["a", "b", "a"])
    again = vectors(["b", "c"])
    assert encode.encoded == ["a", "b", "c"]
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(again[0], first[1])


def test_the_vectors_used_last_are_kept_and_no_more() -> None:
    encode = CountingEncoder()
    vectors = SentenceVectors(encode, keep=2)
    vectors(["a", "b"])
    vectors(["a"])
    vectors(["c"])
    vectors(["a", "b"])
    assert encode.encoded == ["a", "b", "c", "b"]


def test_more_texts_at_once_than_are_kept() -> None:
    texts = [f"text {n}" for n in range(5)]
    vectors = SentenceVectors(CountingEncoder(), keep=2)
    assert np.array_equal(vectors(texts), np.stack([text_vector(text, 16) for text in texts]))


def test_of_a_book_in_place_of_an_abstract_the_fitting_sentences_are_read() -> None:
    filler = [f"Chapter {n} tells of weather and tides." for n in range(400)]
    told = "The lighthouse at Quillfeather burns 12 litres of oil a night."
    abstract = " ".join([*filler[:311], told, *filler[311:]])
    asked = analyse("How much oil does the lighthouse at Quillfeather burn?")
    encode = CountingEncoder()
    passages = score_passages(
        asked,
        PAPERS["slow"].model_copy(update={"abstract": abstract}),
        dict.fromkeys(asked.terms, 1.0),
        text_vector(asked.text, 16),
        SentenceVectors(encode),
    )
    assert len(encode.encoded) == len(passages) == MAX_SENTENCES
    assert passages[0].text == told
    assert passages[0].place == pytest.approx(311 / 400)


def test_threads_get_their_own_texts() -> None:
    vectors = SentenceVectors(CountingEncoder())
    wrong: list[str] = []

    def check(offset: int) -> None:
        for n in range(50):
            texts = [f"text {(n + offset + k) % 30}" for k in range(3)]
            expected = np.stack([text_vector(text, 16) for text in texts])
            if not np.array_equal(vectors(texts), expected):
                wrong.extend(texts)

    threads = [threading.Thread(target=check, args=(7 * n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_coverage_is_the_share_of_weight() -> None:
    weights = {"graph": 3.0, "fast": 1.0}
    assert weighted_coverage(["graph", "fast"], weights, "Graphs are slow") == 0.75
    assert weighted_coverage(["graph"], weights, "no such word") == 0
    assert weighted_coverage([], weights, "graph") == 0


@pytest.mark.parametrize(
    "text",
    [
        'Prompts such as "the capital of Peru is" vary',
        "Prompts such as “the capital of Peru is” vary",
        "Prompts such as ``the capital of Peru is'' vary",
    ],
)
def test_quoted_examples_are_not_what_a_paper_says(text: str) -> None:
    assert "Peru" not in without_quoted(text)
    assert "vary" in without_quoted(text)


@pytest.mark.parametrize(
    ("question", "paper_id", "best"),
    [
        ("What accuracy does PetalMixer reach?", "petalmixer", "81.4%"),
        ("How does GraphTok work?", "graphtok", "codebook"),
        ("How many photographs does Harvest-26 hold?", "harvest-26", "48,200"),
        ("what does EmberNet consume?", "embernet", "0.8 mW"),
    ],
)
def test_the_best_sentence_answers(
    encoder: OnnxEncoder, question: str, paper_id: str, best: str
) -> None:
    asked = analyse(question)
    paper = PAPERS[paper_id]
    passages = score_passages(
        asked,
        paper,
        dict.fromkeys(asked.terms, 1.0),
        encoder.encode_one(question),
        SentenceVectors(encoder.encode),
    )
    assert best in passages[0].text
    assert [p.score for p in passages] == sorted((p.score for p in passages), reverse=True)
    assert all(paper.abstract[p.start : p.end] == p.text for p in passages)
    assert len({(p.start, p.end) for p in passages}) == len(passages)
