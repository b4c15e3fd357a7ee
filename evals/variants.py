"""The ways to rank candidates that `eval retrieval` compares; a new one is one line.

A variant gives scores by paper key; it sees the scored candidates of a query and the search they
come from, so that none embeds or searches again.
"""

from collections.abc import Callable, Mapping, Sequence

from assistant.retrieval import Candidates, HybridSearch

Scores = Mapping[int, float]
Variant = Callable[[Candidates, HybridSearch], Scores]

RRF_K = 60


def reciprocal_rank_fusion(sides: Sequence[Scores], k: int = RRF_K) -> dict[int, float]:
    """Sum of 1 / (k + rank) over the sides that hold a paper (Cormack, Clarke, Büttcher 2009)."""
    fused: dict[int, float] = {}
    for scores in sides:
        for rank, key in enumerate(ranked(scores), 1):
            fused[key] = fused.get(key, 0.0) + 1 / (k + rank)
    return fused


def ranked(scores: Scores) -> list[int]:
    """Keys by falling score; of equal ones the older paper first, as `search` has it."""
    return sorted(scores, key=lambda key: (-scores[key], key))


VARIANTS: dict[str, Variant] = {
    "dense": lambda found, _: found.dense,
    "lexical": lambda found, _: found.lexical,
    "rrf": lambda found, _: reciprocal_rank_fusion([found.dense, found.lexical]),
    "convex": lambda found, search: search.fuse(found),
}
