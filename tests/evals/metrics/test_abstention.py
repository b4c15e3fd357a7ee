import pytest

from evals.metrics.abstention import Refusal, abstention, refusal


def whole(*, answerable: bool, refused: bool) -> Refusal:
    return refusal(answerable=answerable, refused=refused, facts=1, missing=0, left_open=0)


def test_by_hand() -> None:
    """Two of three refusals are right, two of four unanswerable questions are refused."""
    outcomes = [(False, True), (False, True), (True, True), (False, False), (False, False)]
    found = abstention(whole(answerable=a, refused=r) for a, r in [*outcomes, (True, False)])
    assert found == pytest.approx((2 / 3, 1 / 2, 2 * 2 / (3 + 4), 1 / 2))


def test_without_a_denominator_a_figure_is_0() -> None:
    assert abstention([]) == (0, 0, 0, 0)
    assert abstention([whole(answerable=True, refused=False)]) == (0, 0, 0, 0)


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
    whole_one = whole(answerable=False, refused=True)
    silent = refusal(answerable=True, refused=False, facts=3, missing=1, left_open=0)
    found = abstention([whole_one, silent])
    assert found.precision == 1
    assert found.recall == pytest.approx(1 / 1.25)
