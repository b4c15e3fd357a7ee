import numpy as np
import pytest

from assistant.retrieval.feedback import with_feedback
from tests.support.vectors import unit

ONE, OTHER = unit(1, 0, 0)[np.newaxis], unit(0, 1, 0)[np.newaxis]
NOTHING = np.zeros(3, np.float32)


def test_a_paper_like_the_best_passes_one_that_is_not() -> None:
    scores = {1: 1.0, 2: 0.5, 3: 0.45, 4: 0.0}
    chunks = {1: ONE, 2: OTHER, 3: ONE, 4: OTHER}
    found = with_feedback(scores, [1, 2, 3, 4], chunks, NOTHING, 0.25)
    assert found[3] > found[2]
    assert found[1] == pytest.approx(1)
    assert found[2] == pytest.approx(0.75 * 0.5)


def test_no_weight_leaves_scores_alone() -> None:
    scores = {1: 1.0, 2: 0.5}
    assert with_feedback(scores, [1, 2], {1: ONE, 2: OTHER}, NOTHING, 0.0) == scores


def test_what_is_not_compared_stays_below_what_is() -> None:
    scores = {1: 0.9, 2: 0.5, 3: 0.4}
    found = with_feedback(scores, [1, 2], {1: ONE, 2: OTHER}, NOTHING, 0.25)
    assert found[3] == pytest.approx(0.75 * 0.4)
    assert min(found[1], found[2]) > found[3]


def test_equal_scores_name_no_best() -> None:
    found = with_feedback({1: 0.4, 2: 0.4}, [1, 2], {1: ONE, 2: OTHER}, NOTHING, 0.25)
    assert found == pytest.approx({1: 0.3, 2: 0.3})


def test_nothing_to_compare() -> None:
    assert with_feedback({}, [], {}, NOTHING, 0.25) == {}


def test_a_paper_of_several_chunks_counts_by_their_mean() -> None:
    both = np.concatenate([ONE, OTHER])
    chunks = {1: ONE, 2: both, 3: OTHER}
    found = with_feedback({1: 1.0, 2: 0.0, 3: 0.0}, [1, 2, 3], chunks, NOTHING, 1.0)
    assert found == pytest.approx({1: 1.0, 2: 2**-0.5, 3: 0.0}, abs=1e-6)


def test_the_query_counts_beside_the_best() -> None:
    scores = {1: 1.0, 2: 0.0, 3: 0.0}
    chunks = {1: ONE, 2: OTHER, 3: unit(0, 0, 1)[np.newaxis]}
    found = with_feedback(scores, [1, 2, 3], chunks, unit(0, 1, 0), 1.0)
    # Likeness to (1, 0, 0) + (0, 1, 0) / 4: 1, 1/4 and 0.
    assert found == pytest.approx({1: 1.0, 2: 0.25, 3: 0.0}, abs=1e-6)
