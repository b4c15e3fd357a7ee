import pytest

from evals.figures import FIGURES, Scores
from evals.metrics.abstention import Refusal, refusal


def whole(*, answerable: bool, refused: bool) -> Refusal:
    return refusal(answerable=answerable, refused=refused, facts=1, missing=0, left_open=0)


def figures(*refusals: Refusal) -> tuple[float | None, ...]:
    """Precision, recall and F1 over some items."""
    scores: list[Scores] = [
        {"refusal due": one.due, "refusal made": one.made, "refusal right": one.right}
        for one in refusals
    ]
    by_name = {figure.name: figure for figure in FIGURES}
    names = ("abstention precision", "abstention recall", "abstention F1")
    return tuple(by_name[name].value(scores) for name in names)


def test_by_hand() -> None:
    """Two of three refusals are right, two of four unanswerable questions are refused."""
    outcomes = [(False, True), (False, True), (True, True), (False, False), (False, False)]
    found = figures(*(whole(answerable=a, refused=r) for a, r in [*outcomes, (True, False)]))
    assert found == pytest.approx((2 / 3, 1 / 2, 2 * 2 / (3 + 4)))


def test_without_a_denominator_there_is_no_figure() -> None:
    assert figures(whole(answerable=True, refused=False)) == (None, None, None)
    assert figures(whole(answerable=True, refused=True)) == (0, None, None)
    assert figures(whole(answerable=False, refused=False)) == (None, 0, 0)


def test_a_partial_answer_is_scored_on_its_parts() -> None:
    """Three facts are in the library and one part is not: a quarter ought to be refused."""

    def partial(*, refused: bool, left_open: int) -> Refusal:
        return refusal(answerable=True, refused=refused, facts=3, missing=1, left_open=left_open)

    assert partial(refused=False, left_open=1) == Refusal(due=0.25, made=0.25)
    assert partial(refused=False, left_open=0) == Refusal(due=0.25, made=0)
    assert partial(refused=True, left_open=0) == Refusal(due=0.25, made=1)
    assert partial(refused=True, left_open=0).right == 0.25


def test_the_parts_of_a_suite_add_up() -> None:
    """One of 1.25 parts due is refused, and all that is refused is due."""
    silent = refusal(answerable=True, refused=False, facts=3, missing=1, left_open=0)
    precision, recall, _ = figures(whole(answerable=False, refused=True), silent)
    assert (precision, recall) == (1, 1 / 1.25)
