import pytest

from evals.variants import VARIANTS, ranked, reciprocal_rank_fusion


def test_ranked_by_score_then_by_age() -> None:
    assert ranked({7: 0.5, 3: 0.5, 9: 0.8, 1: -0.2}) == [9, 3, 7, 1]


def test_reciprocal_ranks_by_hand() -> None:
    fused = reciprocal_rank_fusion([{1: 0.9, 2: 0.8, 3: 0.1}, {3: 12.0, 1: 4.0}], k=60)
    assert fused == pytest.approx({1: 1 / 61 + 1 / 62, 2: 1 / 62, 3: 1 / 63 + 1 / 61})
    assert ranked(fused) == [1, 3, 2]


def test_the_four_that_are_always_compared_are_there_with_and_without_what_is_added() -> None:
    four = {"dense", "lexical", "rrf", "convex"}
    assert four | {f"plain-{name}" for name in four} | {"search"} <= VARIANTS.keys()
    assert all(VARIANTS[name].as_typed == name.startswith("plain-") for name in VARIANTS)
