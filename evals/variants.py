"""The ways to rank candidates that `eval retrieval` compares; a new one is one line.

A variant gives scores by paper key; it sees a query's scored candidates and the search they come
from, so that none embeds or searches again. The variants named `plain-...` see the candidates of
the query as it was typed, the others those of what it asks about. `names` and `feedback` are
`convex` with rare names or with feedback alone; `search` has both. `no-lead` is `search` with one
dense weight for all queries.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.retrieval import Candidates, HybridSearch

Scores = Mapping[int, float]

RRF_K = 60


class Variant(NamedTuple):
    """A way to rank; `as_typed` says which candidates it is given."""

    rank: Callable[[Candidates, HybridSearch], Scores]
    as_typed: bool = False


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


def _dense(found: Candidates, _: HybridSearch) -> Scores:
    return found.dense


def _lexical(found: Candidates, _: HybridSearch) -> Scores:
    return found.lexical


def _rrf(found: Candidates, _: HybridSearch) -> Scores:
    return reciprocal_rank_fusion([found.dense, found.lexical])


def _convex(found: Candidates, search: HybridSearch) -> Scores:
    return search.fuse(replace(found, named={}))


def _names(found: Candidates, search: HybridSearch) -> Scores:
    return search.fuse(found)


def _feedback(found: Candidates, search: HybridSearch) -> Scores:
    return search.rank(replace(found, named={}))


def _no_lead(found: Candidates, search: HybridSearch) -> Scores:
    return search.rank(found, by_lead=False)


def _search(found: Candidates, search: HybridSearch) -> Scores:
    return search.rank(found)


VARIANTS: dict[str, Variant] = {
    "plain-dense": Variant(_dense, as_typed=True),
    "plain-lexical": Variant(_lexical, as_typed=True),
    "plain-rrf": Variant(_rrf, as_typed=True),
    "plain-convex": Variant(_convex, as_typed=True),
    "plain-search": Variant(_search, as_typed=True),
    "dense": Variant(_dense),
    "lexical": Variant(_lexical),
    "rrf": Variant(_rrf),
    "convex": Variant(_convex),
    "names": Variant(_names),
    "feedback": Variant(_feedback),
    "no-lead": Variant(_no_lead),
    "search": Variant(_search),
}
