from math import sqrt

import numpy as np
import pytest

from evals.figures import ABSTENTION_F1, FIGURES, Scores, mean_of, ratio_of
from evals.resampling import interval, paired, resampled

MEAN = mean_of("x")
MICRO = next(figure for figure in FIGURES if figure.name == "citation F1 (micro)")


def xs(*values: float | None) -> list[Scores]:
    return [{"x": value} for value in values]


def test_a_mean_is_over_the_items_that_have_it() -> None:
    assert MEAN.value(xs(1, None, 0)) == 0.5
    assert MEAN.count(xs(1, None, 0)) == 2
    assert MEAN.value(xs(None)) is None
    assert MEAN.value([{}]) is None


def test_a_ratio_is_of_sums() -> None:
    scores: list[Scores] = [{"a": 1, "b": 1}, {"a": 0, "b": 3}]
    assert ratio_of("r", "a", "b").value(scores) == 0.25


def test_micro_f1_by_hand() -> None:
    """Precision 3/4, recall 2/4."""
    scores: list[Scores] = [
        {"precise": 3, "citations": 4, "supported": 1, "sentences": 1},
        {"precise": 0, "citations": 0, "supported": 1, "sentences": 3},
        {},
    ]
    assert MICRO.value(scores) == pytest.approx(2 * 0.75 * 0.5 / 1.25)


def test_micro_f1_without_sentences_is_none_and_without_citations_0() -> None:
    assert MICRO.value([{}]) is None
    spoken: list[Scores] = [{"precise": 0, "citations": 0, "supported": 0, "sentences": 2}]
    assert MICRO.value(spoken) == 0


def test_abstention_f1_by_hand() -> None:
    """One right of two made and three due."""
    scores: list[Scores] = [
        {"refusal right": 1, "refusal made": 1, "refusal due": 1},
        {"refusal right": 0, "refusal made": 1, "refusal due": 0},
        {"refusal right": 0, "refusal made": 0, "refusal due": 1},
        {"refusal right": 0, "refusal made": 0, "refusal due": 1},
    ]
    assert ABSTENTION_F1.value(scores) == pytest.approx(2 * 1 / (2 + 3))


def test_an_interval_is_as_wide_as_theory_says() -> None:
    (draws,) = resampled([MEAN], xs(*[0, 1] * 200))
    found = interval(0.5, draws, 400)
    assert found is not None
    assert found.low == pytest.approx(0.5 - 1.96 * 0.5 / sqrt(400), abs=0.004)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.5 / sqrt(400), abs=0.004)


@pytest.mark.parametrize(
    ("each", "low", "high"), [(1, 0.7225, 1), (0, 0, 0.2775)], ids=["all", "none"]
)
def test_ten_of_ten_are_not_certain(each: int, low: float, high: float) -> None:
    """Wilson's bound by hand: 10 / (10 + 1.96 ** 2)."""
    (draws,) = resampled([MEAN], xs(*[each] * 10))
    found = interval(each, draws, 10)
    assert found is not None
    assert found[1:] == pytest.approx((low, high), abs=1e-4)


def test_what_applies_to_nothing_has_no_interval() -> None:
    (draws,) = resampled([MEAN], xs(None, None))
    assert interval(None, draws, 0) is None
    (empty,) = resampled([MEAN], [])
    assert np.isnan(empty).all()


def test_the_seed_decides() -> None:
    scores = xs(*np.random.default_rng(1).random(40))
    assert (resampled([MEAN], scores, 3)[0] == resampled([MEAN], scores, 3)[0]).all()
    assert (resampled([MEAN], scores, 3)[0] != resampled([MEAN], scores, 4)[0]).any()


def test_a_drop_of_all_ten_items_is_as_rare_as_ten_coins() -> None:
    found = paired(MEAN, xs(*[1] * 10), xs(*[0] * 10))
    assert found.difference == -1
    assert found.p_worse == pytest.approx(2**-10, abs=0.001)
    assert found.p_value == pytest.approx(2**-9, abs=0.0015)


def test_a_rise_is_no_drop() -> None:
    found = paired(MEAN, xs(*[0] * 10), xs(*[1] * 10))
    assert found.p_worse == 1


def test_a_rise_is_worse_where_less_is_better() -> None:
    errors = mean_of("x", less_is_better=True)
    assert (paired(errors, xs(*[0] * 10), xs(*[1] * 10)).p_worse or 1) < 0.01


def test_equal_runs_differ_by_chance() -> None:
    found = paired(MEAN, xs(1, 0, 1), xs(1, 0, 1))
    assert (found.difference, found.p_value, found.p_worse) == (0, 1, 1)


def test_what_cannot_be_measured_is_not_compared() -> None:
    found = paired(MEAN, xs(1, 1), xs(None, None))
    assert (found.before, found.after, found.p_value) == (1, None, None)
