"""Which sentence of an abstract is quoted, by the shipped comparer and weights."""

from dataclasses import dataclass

import pytest

from assistant.extractive.passages import Passage, SentenceVectors, score_passages
from assistant.extractive.question import Question, analyse
from assistant.extractive.quoting import by_answer
from assistant.verification.comparer import answer_comparer
from ingest.embedding.encoder import OnnxEncoder
from ingest.paper import Paper

SENTENCES = (
    "Roof gardens cool cities, yet watering them costs more than most towns can pay.",
    "This work presents MossPump, which waters roof gardens from the rain of last week.",
    "A small recurrent network guesses how dry the soil will be and opens the valve before noon.",
    "On 31 roofs in Lisbon it used 44% less water than timers did.",
    "Plants grew as high as under timers.",
    "It fails where roofs are steeper than twelve degrees, since rain runs off unmeasured.",
    "The plans of the valve and the recordings of two summers are free to use.",
)
ANSWERS = {
    "What does MossPump do?": 1,
    "How does MossPump know when to water?": 2,
    "How much water does MossPump save?": 3,
    "In which city was the controller tried?": 3,
    "Did the plants suffer under MossPump?": 4,
    "When does MossPump not work?": 5,
    "What do the authors give away?": 6,
}
MOSS = Paper(
    id="moss", title="MossPump: Watering Roof Gardens From Rain", abstract=" ".join(SENTENCES)
)


@dataclass
class Quoted:
    """Chooses from the abstract."""

    encoder: OnnxEncoder

    def passages(self, question: Question, paper: Paper = MOSS) -> list[Passage]:
        vector = self.encoder.encode_one(question.text)
        alike = dict.fromkeys(question.terms, 1.0)
        return score_passages(question, paper, alike, vector, SentenceVectors(self.encoder.encode))

    def first(self, text: str, most: int = 7) -> list[Passage]:
        question = analyse(text)
        return by_answer(question, self.passages(question), answer_comparer(), most)


@pytest.fixture(scope="module")
def quoted(encoder: OnnxEncoder) -> Quoted:
    return Quoted(encoder)


def test_the_answer_is_mostly_among_the_first_two_sentences(quoted: Quoted) -> None:
    found = {
        question: SENTENCES[answer] in [passage.text for passage in quoted.first(question)[:2]]
        for question, answer in ANSWERS.items()
    }
    assert sum(found.values()) >= 5, found


def test_scores_are_chances_in_order(quoted: Quoted) -> None:
    scores = [passage.score for passage in quoted.first("How much water does MossPump save?")]
    assert sum(scores) == pytest.approx(1)
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == len(SENTENCES)


def test_no_more_sentences_are_read_than_asked_for(quoted: Quoted) -> None:
    assert len(quoted.first("How much water does MossPump save?", most=2)) == 2


def test_a_paper_without_abstract_has_nothing_to_quote(quoted: Quoted) -> None:
    question, bare = analyse("What does MossPump do?"), Paper(id="bare", title=MOSS.title)
    passages = quoted.passages(question, bare)
    assert by_answer(question, passages, answer_comparer(), 5) == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What does MossPump cost?", False),
        ("Where is the code of MossPump?", True),
        ("Is MossPump available for download?", True),
    ],
)
def test_where_code_is_to_be_had_is_told_to_who_asks(
    quoted: Quoted, question: str, *, told: bool
) -> None:
    code = "Our code and the recordings are publicly available at https://moss.example."
    asked = analyse(question)
    paper = Paper(id="moss", title=MOSS.title, abstract=f"{MOSS.abstract} {code}")
    passages = quoted.passages(asked, paper)
    texts = [p.text for p in by_answer(asked, passages, answer_comparer(), len(passages))]
    assert (code in texts) is told


def test_a_sentence_that_also_counts_something_is_no_mere_announcement(quoted: Quoted) -> None:
    count = "The dataset is available in 8 languages with 3,000 segments each."
    asked = analyse("How many languages does it cover?")
    passages = quoted.passages(asked, Paper(id="d", title="MultiKite", abstract=f"Kites. {count}"))
    assert count in [p.text for p in by_answer(asked, passages, answer_comparer(), 5)]
