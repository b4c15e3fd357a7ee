import math

import pytest

from evals.verifier.scoring import best_threshold, separation


def test_the_best_threshold_separates_where_it_can() -> None:
    assert best_threshold([0.1, 0.9, 0.4, 0.7], [False, True, False, True]) == 0.7


def test_equal_scores_fall_on_one_side() -> None:
    assert best_threshold([0.5, 0.5, 0.2], [True, False, False]) in (0.5, math.inf)


def test_without_true_claims_nothing_is_accepted() -> None:
    assert best_threshold([0.3, 0.8], [False, False]) == math.inf


def test_figures_come_from_the_test_half_by_the_tuning_halfs_threshold() -> None:
    tune = ([0.2, 0.6], [False, True])
    test = ([0.1, 0.5, 0.7, 0.8], [False, True, False, True])
    found = separation(tune, test)
    assert found.auroc == pytest.approx(3 / 4)
    assert found.accuracy == pytest.approx(2 / 4)
