import pytest

from assistant.retrieval.fusion import convex, min_max


def test_min_max_puts_the_floor_at_0_and_the_best_at_1() -> None:
    assert min_max({1: 0.9, 2: 0.5, 3: 0.1, 4: -0.2}, 0.1) == {
        1: pytest.approx(1),
        2: pytest.approx(0.5),
        3: pytest.approx(0),
        4: 0,
    }


@pytest.mark.parametrize("scores", [{}, {1: 0.2, 2: 0.2}, {1: 0.1}])
def test_scores_that_do_not_rise_above_the_floor_say_nothing(scores: dict[int, float]) -> None:
    assert min_max(scores, 0.2) == dict.fromkeys(scores, 0.0)


def test_convex_is_the_weighted_mean() -> None:
    dense, lexical = {1: 1.0, 2: 0.5}, {2: 1.0, 3: 0.4}
    assert convex(dense, lexical, 0.25) == {
        1: pytest.approx(0.25),
        2: pytest.approx(0.25 * 0.5 + 0.75),
        3: pytest.approx(0.3),
    }


@pytest.mark.parametrize(("weight", "order"), [(0.0, [2, 1]), (1.0, [1, 2])])
def test_the_weight_decides_between_the_two(weight: float, order: list[int]) -> None:
    fused = convex({1: 1.0, 2: 0.0}, {1: 0.0, 2: 1.0}, weight)
    assert sorted(fused, key=lambda key: -fused[key]) == order
