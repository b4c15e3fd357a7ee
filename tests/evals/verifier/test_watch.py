import math

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from evals.verifier.watch import auroc, evening_weights, figures


def test_a_pair_counts_if_the_true_one_is_higher_and_half_if_they_are_equal() -> None:
    labels = np.array([True, False, True, False])
    assert auroc(labels, np.array([2.0, 1.0, 1.0, 0.0])) == pytest.approx(3.5 / 4)


def test_weights_count_pairs() -> None:
    labels = np.array([True, False, True])
    scores = np.array([1.0, 2.0, 3.0])
    assert auroc(labels, scores, np.array([3.0, 1.0, 1.0])) == pytest.approx(1 / 4)


def test_it_is_what_others_compute() -> None:
    rng = np.random.default_rng(1)
    labels, scores = rng.random(200) < 0.3, rng.integers(0, 20, 200).astype(float)
    weights = rng.random(200)
    expected = roc_auc_score(labels, scores, sample_weight=weights)
    assert auroc(labels, scores, weights) == pytest.approx(expected)


@pytest.mark.parametrize("label", [True, False])
def test_labels_that_are_all_alike_have_none(label: bool) -> None:
    assert math.isnan(auroc(np.array([label] * 3), np.zeros(3)))


def test_what_the_words_give_away_weighs_least_and_nothing_over_ten() -> None:
    labels = np.array([True, False, True, False])
    weights = evening_weights(labels, np.array([0.0, 0.0, np.log(4), 50.0]))
    assert weights.tolist() == pytest.approx([2, 2, 1.25, 10])


def test_each_origin_has_a_line() -> None:
    origins = np.array(["claim", "question", "claim", "question"])
    labels = np.array([True, True, False, False])
    lines = list(figures(origins, labels, np.zeros(4), np.array([2.0, -2.0, 1.0, -1.0])))
    assert lines == [
        "claim: 2 pairs, AUROC 1.000, weighted 1.000, right 0.500",
        "question: 2 pairs, AUROC 0.000, weighted 0.000, right 0.500",
    ]
