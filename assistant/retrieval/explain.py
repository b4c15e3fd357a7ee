"""Says of every hit why it stands where it stands."""

import re
from collections.abc import Mapping, Sequence

from assistant.answer import Explanation, Filters, Hit
from assistant.retrieval.direct import Named
from assistant.retrieval.hybrid import HybridSearch

_WORD = re.compile(r"\w[\w’'.^{}$\\-]*")


class Trail:
    """The order of a search's hits after each of its stages."""

    def __init__(self) -> None:
        self._stages: dict[str, dict[str, int]] = {}

    def note(self, stage: str, hits: Sequence[Hit]) -> None:
        """Remember the ranks after a stage, by paper id."""
        self.note_ids(stage, [hit.paper.id for hit in hits])

    def note_ids(self, stage: str, ids: Sequence[str]) -> None:
        """The same, of paper ids."""
        self._stages[stage] = {paper_id: rank for rank, paper_id in enumerate(ids, 1)}

    def ranks(self, paper_id: str) -> dict[str, int | None]:
        """The paper's rank by stage; None where a stage did not have it."""
        return {stage: ranks.get(paper_id) for stage, ranks in self._stages.items()}


def note_indexes(trail: Trail, search: HybridSearch, query: str, filters: Filters) -> None:
    """Ask both indexes for their own orders; costs a second search."""
    found = search.candidates(query, search.config.candidates, filters)
    keys = list({**found.dense, **found.lexical})
    ids = {key: paper.id for key, paper in search.library.records.by_keys(keys).items()}
    for stage, scores in (("dense", found.dense), ("lexical", found.lexical)):
        trail.note_ids(stage, [ids[key] for key in _best_first(scores) if key in ids])


def explained(
    search: HybridSearch,
    query: str,
    filters: Filters,
    named: Named,
    hits: Sequence[Hit],
    trail: Trail,
) -> list[Hit]:
    """The hits with their explanations."""
    passed = filters.model_dump(exclude_none=True)
    how = {paper.id: "by its own words" for paper in named.phrase}
    how |= {paper.id: "by id, title or name" for paper in named.exact}
    return [
        hit.model_copy(
            update={
                "explanation": Explanation(
                    ranks=trail.ranks(hit.paper.id),
                    matched=_matched(search, query, hit),
                    named=how.get(hit.paper.id, ""),
                    filters=passed,
                )
            }
        )
        for hit in hits
    ]


def _matched(search: HybridSearch, query: str, hit: Hit) -> tuple[str, ...]:
    index = search.library.lexical
    held = set(index.terms(hit.paper.text))
    words = dict.fromkeys(_WORD.findall(query))
    return tuple(word for word in words if held.intersection(index.terms(word)))


def _best_first(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda key: (-scores[key], key))
