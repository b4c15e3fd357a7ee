import numpy as np
import pytest

from evals.metrics.true_rate import JudgeErrors, corrected, corrected_rate


def rate(apparent: float, sensitivity: float, specificity: float) -> float:
    return float(corrected_rate(apparent, np.array(sensitivity), np.array(specificity)))


def test_by_hand() -> None:
    """Of 100 sentences 70 are supported: .9 of them, and .2 of the other 30, are called so: 69."""
    assert rate(0.69, 0.9, 0.8) == pytest.approx(0.7)
    assert rate(0.1, 0.9, 0.8) == 0
    assert rate(0.95, 0.9, 0.8) == 1
    assert np.isnan(rate(0.5, 0.5, 0.5))


def test_the_interval_covers_the_truth_and_widens_with_fewer_pairs() -> None:
    draws = np.random.default_rng(1).binomial(200, 0.69, 5000) / 200
    many = corrected(0.69, 200, draws, JudgeErrors(900, 1000, 800, 1000), seed=1)
    few = corrected(0.69, 200, draws, JudgeErrors(18, 20, 16, 20), seed=1)
    assert many is not None
    assert few is not None
    assert many.rate == few.rate == pytest.approx(0.7)
    assert many.low < 0.7 < many.high
    assert few.high - few.low > many.high - many.low


@pytest.mark.parametrize(
    "errors", [JudgeErrors(0, 0, 5, 10), JudgeErrors(5, 10, 0, 0), JudgeErrors(5, 10, 5, 10)]
)
def test_a_judge_that_says_nothing_corrects_nothing(errors: JudgeErrors) -> None:
    assert corrected(0.5, 1, np.array([0.5]), errors, seed=1) is None


def test_answers_that_are_all_called_supported_do_not_make_it_certain() -> None:
    """200 of 200 called so: at least 3 in 200 may be wrong (rule of three), by this judge more."""
    found = corrected(1.0, 200, np.ones(1000), JudgeErrors(95, 100, 60, 100), seed=1)
    assert found is not None
    assert found.rate == found.high == 1
    assert 0.9 < found.low < 1 - 3 / 200


@pytest.mark.parametrize("truth", [1.0, 0.97, 0.7])
def test_most_intervals_hold_the_truth(truth: float) -> None:
    """Answers and pairs drawn sixty times with the truth known; 95 % should hold it."""
    generator = np.random.default_rng(7)
    held = 0
    for _ in range(60):
        share = generator.binomial(195, truth * 0.93 + (1 - truth) * 0.35) / 195
        errors = JudgeErrors(generator.binomial(44, 0.93), 44, generator.binomial(46, 0.65), 46)
        draws = generator.binomial(195, share, 1000) / 195
        found = corrected(share, 195, draws, errors, seed=1)
        assert found is not None
        held += found.low <= truth <= found.high
    assert held >= 60 * 0.88
