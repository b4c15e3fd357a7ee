"""Fusion of dense and lexical scores into one in [0, 1].

A convex combination of min-max normalised scores, which beats reciprocal rank fusion where both
score distributions are known (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for
Hybrid Retrieval").
"""

from collections.abc import Mapping


def min_max(scores: Mapping[int, float], floor: float) -> dict[int, float]:
    """Scale scores so that `floor` becomes 0 and the best 1; what lies below the floor is 0."""
    best = max(scores.values(), default=floor)
    width = best - floor
    if width <= 0:
        return dict.fromkeys(scores, 0.0)
    return {key: max(0.0, (score - floor) / width) for key, score in scores.items()}


def convex(
    dense: Mapping[int, float], lexical: Mapping[int, float], dense_weight: float
) -> dict[int, float]:
    """Weighted mean of normalised scores; a paper that one side lacks scores 0 there."""
    return {
        key: dense_weight * dense.get(key, 0.0) + (1 - dense_weight) * lexical.get(key, 0.0)
        for key in {**dense, **lexical}
    }
