"""Does an abstract answer a question: the shipped model, and whom it is asked about."""

from dataclasses import replace

import pytest

from assistant.extractive.answered import (
    Told,
    answered_decision,
    logit_of_answer,
    logit_of_sentence,
)
from assistant.extractive.passages import SentenceVectors, score_passages
from assistant.extractive.question import analyse
from assistant.extractive.quoting import said_to_answer
from assistant.verification.comparer import answer_comparer
from ingest.embedding.encoder import OnnxEncoder
from ingest.paper import Paper

HERON = Paper(
    id="heron",
    title="HeronNet: Counting Birds From the Air",
    abstract=(
        "Counting waterfowl by eye is slow. HeronNet counts them in aerial photographs with a small"
        " convolutional network that was trained on drawings. It finds 94% of 12,000 birds, more"
        " than people on the ground do, and runs on a phone."
    ),
)


@pytest.mark.parametrize(
    ("told", "untold"),
    [
        ("What was HeronNet trained on?", "Which optimizer was HeronNet trained with?"),
        (
            "What share of the birds does HeronNet find?",
            "How many drones took the photographs for HeronNet?",
        ),
        (
            "Does HeronNet find more birds than people do?",
            "Why do people on the ground find more birds than HeronNet?",
        ),
        ("Where can HeronNet run?", "Why does HeronNet need a server to run?"),
    ],
)
def test_what_is_told_ranks_above_what_is_not(told: str, untold: str) -> None:
    comparer = answer_comparer()
    above, below = (logit_of_answer(question, HERON, comparer) for question in (told, untold))
    assert above > below


def test_a_quoted_example_answers_nothing() -> None:
    said = Paper(id="p", title="Prompts", abstract='We use "The capital of Peru is Lima" as one.')
    unsaid = Paper(id="p", title="Prompts", abstract="We use as one.")
    comparer = answer_comparer()
    logits = [logit_of_answer("What is the capital of Peru?", p, comparer) for p in (said, unsaid)]
    assert logits[0] == pytest.approx(logits[1], abs=0.2)


def test_a_paper_without_abstract_is_read_by_its_title() -> None:
    bare = Paper(id="bare", title="HeronNet: Counting Birds From the Air")
    assert logit_of_answer("How many birds are there?", bare, answer_comparer()) < 0


def test_the_likeliest_sentences_are_read_one_by_one(encoder: OnnxEncoder) -> None:
    comparer = answer_comparer()
    question = analyse("What was HeronNet trained on?")
    vectors, alike = SentenceVectors(encoder.encode), dict.fromkeys(question.terms, 1.0)
    passages = score_passages(question, HERON, alike, encoder.encode_one(question.text), vectors)
    logits = [said_to_answer(question, passage, comparer) for passage in passages]
    assert logit_of_sentence(question, passages, comparer) == max(logits)
    assert logit_of_sentence(question, [], comparer) is None


UNSAID = Told(whole=-1.0, alone=-1.0, ruled=True)


@pytest.mark.parametrize(
    "better",
    [
        replace(UNSAID, whole=1.0),
        replace(UNSAID, alone=1.0),
        replace(UNSAID, ruled=False),
    ],
)
def test_each_sign_of_an_answer_makes_one_likelier(better: Told) -> None:
    decide = answered_decision()
    assert decide.probability(better.features()) > decide.probability(UNSAID.features())


def test_a_clear_answer_outweighs_a_rule_that_is_not_firm() -> None:
    decide = answered_decision()
    clear = Told(whole=3.0, alone=3.0, ruled=True)
    assert decide.probability(clear.features()) > decide.threshold
