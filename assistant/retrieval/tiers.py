"""Puts groups of hits one above the other so that the scores still fall with the rank."""

from collections.abc import Sequence

from assistant.answer import Hit


def in_tiers(*tiers: Sequence[Hit]) -> list[Hit]:
    """The hits of all tiers, first tier first, ranked anew from 1.

    Tools that sort a run by its scores must find the same order, so each of n filled tiers gets an
    n-th of [0, 1], the first the topmost; the order inside a tier is the given one. A single tier
    keeps its scores.
    """
    filled = [tier for tier in tiers if tier]
    share = 1 / max(len(filled), 1)
    hits: list[Hit] = []
    for number, tier in enumerate(filled, 1):
        least = 1.0
        for hit in tier:
            least = min(least, hit.score)
            score = round((len(filled) - number + least) * share, 6)
            hits.append(hit.model_copy(update={"rank": len(hits) + 1, "score": score}))
    return hits
