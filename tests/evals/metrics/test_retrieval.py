"""Every expected value is worked out by hand from the measures' definitions."""

from math import log2

import pytest

from evals.metrics.retrieval import DEPTH, MEASURES, measure_rankings


def filled(*tail: str, before: int) -> list[str]:
    """A ranking with so many irrelevant documents before the tail."""
    return [*(f"filler-{n}" for n in range(before)), *tail]


def values(graded: dict[str, int], ranking: list[str]) -> dict[str, float]:
    found = measure_rankings({"q": graded}, {"q": ranking})
    return {name: float(by_query[0]) for name, by_query in found.items()}


def test_graded_judgements_by_hand() -> None:
    found = values({"two": 2, "one": 1, "none": 0}, ["none", "two", "other", "one"])
    gained = 2 / log2(3) + 1 / log2(5)
    assert found == {
        "ndcg@10": pytest.approx(gained / (2 / log2(2) + 1 / log2(3))),
        "recall@5": 1,
        "recall@20": 1,
        "recall@50": 1,
        "mrr@10": 0.5,
        "success@1": 0,
    }


def test_the_right_paper_first_is_perfect() -> None:
    assert values({"right": 1}, ["right", "other"]) == dict.fromkeys(MEASURES, 1)


@pytest.mark.parametrize(
    ("before", "found_by"),
    [
        (4, {"ndcg@10", "mrr@10", "recall@5", "recall@20", "recall@50"}),
        (5, {"ndcg@10", "mrr@10", "recall@20", "recall@50"}),
        (9, {"ndcg@10", "mrr@10", "recall@20", "recall@50"}),
        (10, {"recall@20", "recall@50"}),
        (19, {"recall@20", "recall@50"}),
        (20, {"recall@50"}),
        (DEPTH, set()),
    ],
)
def test_each_measure_looks_as_deep_as_its_name_says(before: int, found_by: set[str]) -> None:
    found = values({"right": 1}, filled("right", before=before))
    assert {name for name, value in found.items() if value > 0} == found_by


def test_recall_is_the_share_of_the_relevant() -> None:
    found = values({"a": 1, "b": 1, "c": 1, "d": 1}, filled("a", before=2))
    assert found["recall@5"] == 0.25
    assert found["mrr@10"] == pytest.approx(1 / 3)


@pytest.mark.parametrize("ranking", [["a", "z"], ["z", "a"]])
def test_the_order_of_the_ranking_counts_not_that_of_the_ids(ranking: list[str]) -> None:
    assert values({ranking[0]: 1}, ranking)["success@1"] == 1


def test_queries_keep_their_order_and_score_0_without_a_ranking() -> None:
    qrels = {"found": {"x": 1}, "no hits": {"x": 1}, "not asked": {"x": 1}, "again": {"y": 1}}
    found = measure_rankings(qrels, {"again": ["y"], "no hits": [], "found": ["x"]})
    assert found.keys() == MEASURES.keys()
    for by_query in found.values():
        assert list(by_query) == [1, 0, 0, 1]


def test_what_is_not_judged_is_not_measured() -> None:
    found = measure_rankings({"q": {"x": 1}}, {"q": ["x"], "stranger": ["x"]})
    assert [len(by_query) for by_query in found.values()] == [1] * len(MEASURES)
