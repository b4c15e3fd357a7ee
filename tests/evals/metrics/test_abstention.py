import pytest

from evals.metrics.abstention import Abstention, abstention

ANSWERABLE, UNANSWERABLE = True, False
REFUSED, ANSWERED = True, False


def test_by_hand() -> None:
    """Refused: 3 of 4 unanswerable, 1 of 5 answerable."""
    outcomes = [(UNANSWERABLE, REFUSED)] * 3 + [(UNANSWERABLE, ANSWERED)]
    outcomes += [(ANSWERABLE, REFUSED)] + [(ANSWERABLE, ANSWERED)] * 4
    assert abstention(outcomes) == Abstention(0.75, 0.75, 0.75, 0.2)


def test_f1_is_the_harmonic_mean() -> None:
    outcomes = [(UNANSWERABLE, REFUSED)] + [(ANSWERABLE, REFUSED)] * 3
    found = abstention(iter(outcomes))
    assert (found.precision, found.recall, found.over_refused) == (0.25, 1, 1)
    assert found.f1 == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], Abstention(0, 0, 0, 0)),
        ([(ANSWERABLE, ANSWERED)], Abstention(0, 0, 0, 0)),
        ([(UNANSWERABLE, ANSWERED)], Abstention(0, 0, 0, 0)),
        ([(UNANSWERABLE, REFUSED)], Abstention(1, 1, 1, 0)),
        ([(ANSWERABLE, REFUSED)], Abstention(0, 0, 0, 1)),
    ],
)
def test_a_figure_without_a_denominator_is_0(
    outcomes: list[tuple[bool, bool]], expected: Abstention
) -> None:
    assert abstention(outcomes) == expected
