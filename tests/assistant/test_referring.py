"""What a sentence claims that leans on what stands before it."""

import pytest

from assistant.referring import full_claims
from assistant.sentences import answer_parts

QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"


@pytest.mark.parametrize(
    ("answer", "claims"),
    [
        (
            "GraphTok gains 3 %. It infers 35 times faster.",
            ["GraphTok gains 3 %.", "GraphTok infers 35 times faster."],
        ),
        (
            "GraphTok gains 3 %. Its codebook is small. This method is fast.",
            ["GraphTok gains 3 %.", "GraphTok's codebook is small.", "GraphTok is fast."],
        ),
        ("It reaches 81.4 %.", ["PetalMixer reaches 81.4 %."]),
        (
            "GraphTok gains 3 %. It is known that graphs are slow.",
            ["GraphTok gains 3 %.", "It is known that graphs are slow."],
        ),
        (
            "GraphTok gains 3 %. In short, it is fast.",
            ["GraphTok gains 3 %.", "In short, GraphTok is fast."],
        ),
        (
            "GraphTok and EmberNet are light. They save energy.",
            ["GraphTok and EmberNet are light.", "GraphTok and EmberNet save energy."],
        ),
        (
            "GraphTok:\n- has 19M parameters\n- small codebook\n- EmberNet is light",
            ["", "GraphTok has 19M parameters", "GraphTok: small codebook", "EmberNet is light"],
        ),
        ("81.4 %.", ["PetalMixer, ImageNet-1K: 81.4 %."]),
        ("On ImageNet-1K.", [""]),
        ("PetalMixer reaches 81.4 %.", ["PetalMixer reaches 81.4 %."]),
        ("Graphs are slow. They need memory.", ["Graphs are slow.", "They need memory."]),
    ],
)
def test_in_full(answer: str, claims: list[str]) -> None:
    assert full_claims(answer_parts(answer), QUESTION) == claims


def test_without_a_question_a_fragment_stays_what_it_is() -> None:
    assert full_claims(answer_parts("81.4 %.")) == ["81.4 %."]
