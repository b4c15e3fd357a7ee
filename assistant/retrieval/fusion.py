"""Fusion of dense and lexical scores into one in [0, 1].

A convex combination of min-max normalised scores, which beats reciprocal rank fusion where both
score distributions are known (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for
Hybrid Retrieval").
"""

from collections.abc import Mapping

_LEAST_ODDS = 0.13


def min_max(scores: Mapping[int, float], floor: float) -> dict[int, float]:
    """Scale scores so that `floor` becomes 0 and the best 1; what lies below the floor is 0."""
    best = max(scores.values(), default=floor)
    width = best - floor
    if width <= 0:
        return dict.fromkeys(scores, 0.0)
    return {k: (score - floor) / width if score > floor else 0.0 for k, score in scores.items()}


def lead(scores: Mapping[int, float]) -> float:
    """How far the best score is above the second, as a share of it: 0 a tie, 1 no second."""
    best, second = (*sorted(scores.values(), reverse=True)[:2], 0.0, 0.0)[:2]
    return (best - second) / best if best > 0 else 0.0


def weight_beside(dense_weight: float, lexical_lead: float) -> float:
    """The dense weight for a query whose best lexical score has such a lead.

    Where one paper holds the words and no other nearly so (its title, its sentence, its name), it
    is meant; where many hold them alike, meaning decides. The odds of the dense side fall with the
    square of what is left, to a floor: one rare word may also be met by chance.
    """
    odds = dense_weight * max((1 - lexical_lead) ** 2, _LEAST_ODDS)
    return odds / (odds + (1 - dense_weight))


def convex(
    dense: Mapping[int, float], lexical: Mapping[int, float], dense_weight: float
) -> dict[int, float]:
    """Weighted mean of normalised scores; a paper that one side lacks scores 0 there."""
    fused = {key: dense_weight * score for key, score in dense.items()}
    for key, score in lexical.items():
        fused[key] = fused.get(key, 0.0) + (1 - dense_weight) * score
    return fused
