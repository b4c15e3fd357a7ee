from math import sqrt

import numpy as np
import pytest

from evals.statistics import Values, bootstrap_means, holm, paired_p_value, wilson


def column(*values: float) -> Values:
    return np.array(values, dtype=np.float64)[:, np.newaxis]


def row(*values: float) -> Values:
    return np.array(values, dtype=np.float64)


def test_an_interval_is_as_wide_as_theory_says() -> None:
    """The mean of 400 coin flips has a standard error of .5 / sqrt(400)."""
    (found,) = bootstrap_means(column(*[0, 1] * 200))
    error = 0.5 / sqrt(400)
    assert found.mean == 0.5
    assert found.low == pytest.approx(0.5 - 1.96 * error, abs=0.004)
    assert found.high == pytest.approx(0.5 + 1.96 * error, abs=0.004)


def test_values_without_spread_have_no_width() -> None:
    (found,) = bootstrap_means(column(0.25, 0.25, 0.25))
    assert found == (0.25, 0.25, 0.25)


def test_columns_share_their_draws() -> None:
    one, double = bootstrap_means(np.hstack([column(0, 1, 4), 2 * column(0, 1, 4)]))
    assert double == pytest.approx([2 * bound for bound in one])


def test_the_seed_decides() -> None:
    values = np.random.default_rng(1).random((50, 1))
    assert bootstrap_means(values, seed=3) == bootstrap_means(values, seed=3)
    assert bootstrap_means(values, seed=3) != bootstrap_means(values, seed=4)


def test_every_resample_counts_where_they_do_not_fill_the_last_slice() -> None:
    (found,) = bootstrap_means(column(0, 1), resamples=1001)
    assert (found.low, found.high) == (0, 1)


def test_no_queries_have_no_mean() -> None:
    with pytest.raises(ValueError, match="no queries"):
        bootstrap_means(np.zeros((0, 2)))


@pytest.mark.parametrize(
    ("differences", "p_value"),
    [
        ((1, 1, 1, 1, 1), 2 / 32),
        ((-1, -2, -4), 2 / 8),
        ((3, 1, -1), 6 / 8),
        ((1, -1), 1),
        ((0, 0, 2, 1, 0), 2 / 4),
        ((0, 0), 1),
        ((0.1, 0.2, -0.3), 1),
    ],
)
def test_few_differences_are_tested_exactly(differences: tuple[float, ...], p_value: float) -> None:
    """Counted by hand: sign patterns whose sum is as far from 0 as the one observed."""
    other = np.linspace(0.5, 0.7, len(differences))
    assert paired_p_value(other + row(*differences), other) == pytest.approx(p_value)


def test_random_signs_come_near_the_exact_test() -> None:
    differences = row(5, 4, 3, -2, 1, 1, 2, -1, 3, 2, -4, 1)
    exact = paired_p_value(differences, np.zeros(12))
    drawn = paired_p_value(differences, np.zeros(12), resamples=4000)
    assert drawn == pytest.approx(exact, abs=0.02)
    assert drawn != exact


def test_p_is_never_0() -> None:
    assert paired_p_value(np.ones(200), np.zeros(200)) == 1 / 10_001


def test_which_is_first_does_not_matter() -> None:
    generator = np.random.default_rng(2)
    one, other = generator.random(60), generator.random(60)
    assert paired_p_value(one, other) == paired_p_value(other, one)


def test_chance_is_found_significant_about_as_often_as_alpha() -> None:
    generator = np.random.default_rng(5)
    p_values = [
        paired_p_value(generator.normal(size=40), generator.normal(size=40), resamples=500)
        for _ in range(300)
    ]
    assert 0.02 < np.mean([p < 0.05 for p in p_values]) < 0.09


def test_holm_by_hand() -> None:
    adjusted = holm({"b": 0.04, "a": 0.01, "c": 0.03})
    assert adjusted == pytest.approx({"b": 0.06, "a": 0.03, "c": 0.06})
    assert list(adjusted) == ["b", "a", "c"]


def test_holm_stays_at_most_1() -> None:
    assert holm({"a": 0.5, "b": 0.9}) == {"a": 1, "b": 1}
    assert holm({"alone": 0.2}) == {"alone": 0.2}
    assert holm({}) == {}


@pytest.mark.parametrize(
    ("share", "count", "low", "high"),
    [(0.5, 100, 0.4038, 0.5962), (1.0, 10, 0.7225, 1.0), (0.0, 10, 0.0, 0.2775)],
)
def test_wilsons_interval(share: float, count: int, low: float, high: float) -> None:
    """As tables have it: 50 of 100 is .404 to .596."""
    assert wilson(share, count) == pytest.approx((low, high), abs=1e-4)
