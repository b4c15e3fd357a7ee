import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, roc_auc_score

from evals.metrics.agreement import (
    accuracy,
    auroc,
    cohen_kappa,
    expected_calibration_error,
    kappa_in_words,
    reliability,
)
from evals.metrics.word_overlap import word_overlap


def test_auroc_by_hand() -> None:
    """Of four pairs (positive, negative) three are in order and one is a tie."""
    assert auroc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == 3.5 / 4
    assert auroc([0.9, 0.5], [True, True]) is None


def test_kappa_by_hand() -> None:
    """Agreement 7/10; by chance .5 * .6 + .5 * .4 = .5."""
    said = [True] * 5 + [False] * 5
    true = [True, True, True, True, False, True, True, False, False, False]
    assert accuracy(said, true) == 0.7
    assert cohen_kappa(said, true) == pytest.approx((0.7 - 0.5) / 0.5)
    assert cohen_kappa([True, True], [True, True]) == 0


def test_the_same_as_scikit_learn() -> None:
    generator = np.random.default_rng(3)
    scores = generator.integers(0, 20, 300) / 20
    true = generator.random(300) < scores
    said = [bool(score > 0.5) for score in scores]
    assert auroc(list(scores), list(true)) == pytest.approx(roc_auc_score(true, scores))
    assert cohen_kappa(said, list(true)) == pytest.approx(cohen_kappa_score(true, said))


def test_calibration_by_hand() -> None:
    """Two bins: .95 with 1 of 2 supported, .2 and .25 with none."""
    bins = reliability([0.95, 1.0, 0.2, 0.25], [True, False, False, False])
    assert [(b.low, b.n, b.supported) for b in bins] == [(0.2, 2, 0), (0.9, 2, 0.5)]
    expected = 0.5 * abs(0.225 - 0) + 0.5 * abs(0.975 - 0.5)
    assert expected_calibration_error(bins) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("kappa", "word"), [(-0.1, "worse than chance"), (0.1, "slight"), (0.5, "moderate")]
)
def test_kappa_in_words(kappa: float, word: str) -> None:
    assert kappa_in_words(kappa) == word


def test_word_overlap() -> None:
    assert word_overlap("Cats eat fish", "A cat may eat FISH.") == pytest.approx(2 / 3)
    assert word_overlap("", "anything") == 0
