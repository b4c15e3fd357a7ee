import pytest

from assistant.answer import Turn
from assistant.followup import standalone_question

KANS = Turn(question="Which papers replace MLPs with KANs?", answer="SplineBlock does [1].")
TIDES = Turn(question="how are tides forecast?", answer="By a state space model [1].")


@pytest.mark.parametrize(
    ("question", "history", "carried"),
    [
        ("How fast is it?", [KANS], ["MLPs", "KANs"]),
        ("And on ImageNet?", [KANS], ["MLPs", "KANs"]),
        ("What about its accuracy?", [KANS], ["MLPs", "KANs"]),
        ("Which of them is fastest?", [KANS], ["MLPs", "KANs"]),
        ("why?", [TIDES], ["tides", "forecast"]),
        ("how large is its error?", [KANS, TIDES], ["tides", "forecast"]),
        ("On what kind of images does that do best?", [KANS], ["MLPs", "KANs"]),
        ("Do KANs make it slower?", [KANS], ["MLPs"]),
    ],
)
def test_a_follow_up_takes_up_what_the_turn_before_named(
    question: str, history: list[Turn], carried: list[str]
) -> None:
    found = standalone_question(question, history)
    added = found.removeprefix(question).strip(" ()").split()
    assert found.startswith(f"{question} (")
    assert set(carried) <= set(added)


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("How fast is it?", []),
        ("Which papers study crop diseases?", [KANS]),
        ("What accuracy does PetalMixer reach on ImageNet-1K?", [KANS]),
        ("", [KANS]),
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str, history: list[Turn]) -> None:
    assert standalone_question(question, history) == question


def test_a_turn_that_named_nothing_gives_nothing() -> None:
    empty = Turn(question="what is it?", answer="Nothing.")
    assert standalone_question("and why?", [empty]) == "and why?"
