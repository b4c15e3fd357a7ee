"""Which sentences fall into clauses that stand alone."""

import pytest

from assistant.clauses import clauses

PETAL = "PetalMixer reaches 81.4% accuracy"
GRAPH = "GraphTok infers 35 times faster"


@pytest.mark.parametrize("joint", [", while ", " whereas ", "; ", ", and ", ", but "])
def test_two_subjects_are_two_clauses(joint: str) -> None:
    assert clauses(f"{PETAL}{joint}{GRAPH}.") == (PETAL, f"{GRAPH}.")


@pytest.mark.parametrize(
    "sentence",
    [
        f"{PETAL}.",
        f"{PETAL}, and runs at 2,150 images a second.",
        f"{PETAL}, while it infers 35 times faster.",
        f"{PETAL}, while the model infers 35 times faster.",
        "PetalMixer and GraphTok reach 81.4% accuracy.",
        f"{PETAL}; GraphTok too.",
    ],
)
def test_other_sentences_stay_whole(sentence: str) -> None:
    assert clauses(sentence) == ()
