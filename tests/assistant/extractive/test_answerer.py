"""The extractive answerer over the small library, from question to draft."""

import pytest

from assistant.draft import Draft
from assistant.extractive.answerer import NO_ANSWER
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library
from tests.support.asking import Asked, cited
from tests.support.papers import INJECTION


@pytest.fixture(scope="module")
def asked(small_library: Library, encoder: OnnxEncoder) -> Asked:
    return Asked(small_library, encoder)


@pytest.mark.parametrize(
    ("question", "paper_id", "words"),
    [
        ("which papers replace MLPs with KANs?", "splineblock", "replaces every MLP"),
        ("What accuracy does PetalMixer reach on ImageNet-1K?", "petalmixer", "81.4%"),
        ("How many photographs does Harvest-26 hold?", "harvest-26", "48,200"),
        ("How does GraphTok speed up inference?", "graphtok", "codebook"),
        ("What is the mean error of tide forecasts?", "slow", "3.1 cm"),
        ("What does EmberNet consume?", "embernet", "0.8 mW"),
    ],
)
def test_it_quotes_the_sentence_that_answers(
    asked: Asked, question: str, paper_id: str, words: str
) -> None:
    draft = asked.answer(question)
    assert paper_id in cited(draft)
    assert words in " ".join(sentence.text for sentence in draft.sentences)


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "What is the capital of Peru?",
        "What does QuantumLeap gain over GNNs?",
        "Who won the football world cup?",
        "Who wrote the PetalMixer paper?",
        "",
        "?!",
        "it",
        "どの論文がKANを使っていますか",
    ],
)
def test_it_refuses_what_no_abstract_answers(asked: Asked, question: str) -> None:
    draft = asked.answer(question)
    assert not draft.answered
    assert draft.heading.startswith("No passage found that answers this")


def test_a_refusal_claims_nothing_about_the_world(asked: Asked) -> None:
    heading = asked.answer("What is the capital of France?").heading
    assert heading == f"{NO_ANSWER} The papers found do not mention France."


def test_a_name_that_only_other_papers_hold_is_told(asked: Asked) -> None:
    heading = asked.answer("Why does EmberNet use KANs on its coin cell?").heading
    told = (
        "The paper that comes nearest, EmberNet: Spiking Networks on a Coin Cell, does not mention"
    )
    assert f"{told} KANs." in heading


def test_a_false_premise_is_told_what_the_paper_says(asked: Asked) -> None:
    draft = asked.answer("Why does PetalMixer need attention to mix image tokens?")
    assert not draft.answered
    said = "“PetalMixer shows that attention is not needed to mix image tokens.”"
    assert f"PetalMixer: Token Mixing Without Attention: {said}" in draft.heading


def test_a_true_premise_is_answered(asked: Asked) -> None:
    draft = asked.answer("Why does PetalMixer need no attention to mix image tokens?")
    assert cited(draft) == {"petalmixer"}


@pytest.mark.parametrize(
    "question",
    ["which papers replace MLPs with KANs?", "How does GraphTok speed up inference?"],
)
def test_every_sentence_is_verbatim_and_cited(asked: Asked, question: str) -> None:
    draft = asked.answer(question)
    assert draft.heading.startswith("Passages found in")
    for sentence in draft.sentences:
        (quote,) = sentence.quotes
        assert quote.paper.abstract[quote.start : quote.end] == quote.text == sentence.text
    assert draft.sentences[0].lead == draft.sentences[0].quotes[0].paper.title


def test_orders_in_an_abstract_are_not_obeyed(asked: Asked) -> None:
    draft = asked.answer("Which assistants obeyed an order hidden in an abstract?")
    assert cited(draft) == {"poisoned"}
    for question in ("What accuracy does PetalMixer reach on ImageNet-1K?", INJECTION):
        assert len(cited(asked.answer(question))) <= 1


def test_an_endless_question_is_answered_or_refused(asked: Asked) -> None:
    assert isinstance(asked.answer("EmberNet " * 6000), Draft)


def test_the_chance_of_an_answer_is_a_probability(asked: Asked) -> None:
    asking = (
        "What accuracy does PetalMixer reach on ImageNet-1K?",
        "What is the capital of France?",
    )
    likely, unlikely = (asked.answerer.chance(one, asked.hits(one)) for one in asking)
    assert 0 <= unlikely < 0.3 < likely <= 1
    assert asked.answerer.chance("anything", ()) == 0
