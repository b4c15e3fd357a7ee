"""The whole search: hints read, both indexes asked, named papers first, one of each, reranked."""

import time
from collections.abc import Sequence

from assistant.answer import Filters, Hit, SearchResult, Usage
from assistant.retrieval.direct import DirectLookup, Named
from assistant.retrieval.diversity import distinct
from assistant.retrieval.explain import Trail, explained, note_indexes
from assistant.retrieval.hints import HintMode, HintReader, ReadQuery
from assistant.retrieval.hybrid import HybridSearch
from assistant.retrieval.reranking import Reranked, Reranker
from assistant.retrieval.tiers import in_tiers
from ingest.text import encodable

_SPARE = 5
"""Hits asked for beyond the limit, to take the place of near-identical ones."""
_COMPARED = 60
"""Hits that are compared with one another; pairs grow with the square."""


class PaperSearch:
    """Searches one library. Safe to share between threads."""

    def __init__(self, hybrid: HybridSearch, reranker: Reranker | None = None) -> None:
        self.hybrid = hybrid
        self.library = hybrid.library
        self.reranker = reranker
        self._reader = HintReader(hybrid.library)
        self._direct = DirectLookup(hybrid)

    def read(
        self,
        query: str,
        filters: Filters | None = None,
        hints: HintMode | None = None,
        dismissed: Sequence[str] = (),
    ) -> ReadQuery:
        """A query's text and filters once its hints are read; the settings say how by default."""
        mode = hints or self.hybrid.config.hints
        return self._reader.read(encodable(query), filters or Filters(), mode, dismissed)

    def search(
        self,
        query: str,
        limit: int,
        filters: Filters | None = None,
        *,
        hints: HintMode | None = None,
        dismissed: Sequence[str] = (),
        explain: bool = False,
    ) -> SearchResult:
        """The best `limit` papers for a query; `explain` adds to each why, for a second search."""
        read = self.read(query, filters, hints, dismissed)
        return self.find(read, limit, explain=explain).model_copy(
            update={"query": encodable(query)}
        )

    def find(self, read: ReadQuery, limit: int, *, explain: bool = False) -> SearchResult:
        """`search` for a query whose hints are read."""
        started = time.perf_counter()
        depth = max(limit, self.reranker.candidates if self.reranker else 0) + _SPARE
        found = self.hybrid.search(read.text, depth, read.filters)
        trail = Trail()
        if explain:
            note_indexes(trail, self.hybrid, read.text, read.filters)
        trail.note("fused", found.hits)
        named = self._direct.find(read.text, found.hits, read.filters)
        hits = self._direct.promote(read.text, named, found.hits) if named else list(found.hits)
        trail.note("named", hits)
        hits = [*distinct(self.library, hits[:_COMPARED]), *hits[_COMPARED:]]
        trail.note("distinct", hits)
        hits, reranked = self._reranked(read.text, named, hits)
        trail.note("reranked", hits)
        hits = in_tiers(hits[:limit])
        if explain:
            hits = explained(self.hybrid, read.text, read.filters, named, hits, trail)
        total = round((time.perf_counter() - started) * 1000, 3)
        return SearchResult(
            query=read.text,
            filters=found.filters,
            hits=tuple(hits),
            timings_ms={**found.timings_ms, "total": total},
            hints=read.hints,
            warnings=(*read.warnings, *reranked.warnings),
            usage=reranked.usage,
        )

    def close(self) -> None:
        """Release the reranker's connections and the library."""
        if self.reranker is not None:
            self.reranker.close()
        self.library.close()

    def _reranked(self, query: str, named: Named, hits: list[Hit]) -> tuple[list[Hit], Reranked]:
        """Hits by their new relevance; those the query names outright stay before the others."""
        if self.reranker is None or not hits:
            return hits, Reranked(usage=Usage())
        first = [hit for hit in hits if any(hit.paper.id == p.id for p in named.exact)]
        others = hits[len(first) :]
        new = self.reranker.rerank(query, others)
        if not new.relevance:
            return hits, new
        order = sorted(new.relevance, key=lambda at: (-new.relevance[at], at))
        scored = [others[at].model_copy(update={"score": new.relevance[at]}) for at in order]
        rest = [hit for at, hit in enumerate(others) if at not in new.relevance]
        return in_tiers(first, scored, rest), new
