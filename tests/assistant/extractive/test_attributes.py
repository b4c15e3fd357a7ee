"""Attributes that a question asks for, and sentences that give them or not."""

import pytest

from assistant.extractive.attributes import asks_meaning, not_given


@pytest.mark.parametrize(
    ("question", "sentence", "missing"),
    [
        ("Which optimizer trains Heron?", "Heron is trained on lakes.", "optimizer"),
        ("Which optimizer trains Heron?", "Heron is trained by Adam.", ""),
        ("What batch size was used?", "Large batches help.", "batch size"),
        ("What batch size was used?", "Batches hold 64 lakes.", ""),
        ("What learning rate schedule was used?", "Warm-up helps.", ""),
        ("What F1 does Heron reach?", "Heron is best in F1.", "F1"),
        ("What F1 does Heron reach?", "Heron has a macro-F1 of 91.", ""),
        ("From what is H-MAP made?", "H-MAP is made of reeds.", ""),
        ("What MAP does Heron reach?", "Heron is best in MAP.", "MRR"),
        ("What word error rate does it get?", "Its accuracy is 91.", "error rate"),
        ("What was the inter-annotator agreement?", "Two people labelled 40 lakes.",
         "agreement of annotators"),
        ("How long did the count take?", "It took three days.", ""),
        ("How long did the count take?", "It took patience.", "duration"),
        ("How long are the documents?", "They are long.", ""),
        ("Who funded the count?", "Rangers counted herons.", "funding"),
        ("What did the count cost?", "The count cost $400.", ""),
        ("What did the count cost?", "The count was cheap.", "price"),
        ("Which language pairs are covered?", "Two pairs are covered.", "languages"),
        ("Which languages are covered?", "Welsh and Irish are covered.", ""),
        ("Which large language models were used?", "GPT-4 was used.", ""),
        ("What runs on wearable hardware?", "Heron runs.", ""),
        ("What is Heron for?", "Heron counts.", ""),
        ("What does minimal accuracy measure?", "It measures how careful a model is.", ""),
    ],
)  # fmt: skip
def test_what_is_asked_for_and_not_given(question: str, sentence: str, missing: str) -> None:
    assert not_given(question, ["Herons", sentence]) == missing


def test_a_figure_must_stand_beside_its_measure() -> None:
    apart = ["Heron is best in BLEU.", "It was read by 40 rangers."]
    assert not_given("What BLEU does Heron reach?", apart) == "BLEU"


def test_the_meaning_of_a_measure_is_no_value() -> None:
    assert asks_meaning("What does the kappa measure?")
    assert not asks_meaning("What kappa was measured in the study?")
