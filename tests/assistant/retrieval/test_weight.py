import pytest

from assistant.retrieval.fusion import lead, weight_beside


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({}, 0.0),
        ({1: 0.0}, 0.0),
        ({1: 8.0}, 1.0),
        ({1: 8.0, 2: 6.0, 3: 1.0}, 0.25),
        ({1: 2, 2: 2}, 0),
    ],
)
def test_lead_is_the_share_that_the_second_lacks(scores: dict[int, float], expected: float) -> None:
    assert lead(scores) == pytest.approx(expected)


def test_without_a_lead_the_weight_is_as_set() -> None:
    assert weight_beside(0.65, 0.0) == pytest.approx(0.65)


def test_the_odds_fall_with_the_square() -> None:
    assert weight_beside(0.5, 0.5) == pytest.approx(0.125 / 0.625)


def test_the_dense_side_never_falls_silent() -> None:
    assert weight_beside(0.5, 1.0) == pytest.approx(0.065 / 0.565)
    assert weight_beside(0.5, 1.0) == weight_beside(0.5, 0.9)


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_one_side_alone_stays_alone(weight: float) -> None:
    assert weight_beside(weight, 0.7) == weight
