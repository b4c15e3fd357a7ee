"""Hybrid search over a library: dense and lexical candidates, each scored by both, fused."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from assistant.answer import Filters, Hit, SearchResult
from assistant.retrieval.candidates import Candidates
from assistant.retrieval.fusion import convex, min_max
from assistant.settings import RetrievalConfig
from ingest.library import Library, PaperFilter
from ingest.text import encodable

Vector = npt.NDArray[np.float32]
EmbedQuery = Callable[[str], Vector]
_FLOOR_SAMPLE = 256


class HybridSearch:
    """Searches one library. Safe to share between threads."""

    def __init__(self, library: Library, embed: EmbedQuery, config: RetrievalConfig) -> None:
        self.library = library
        self.embed = embed
        self.config = config
        self._sample: tuple[int, Vector] | None = None
        self._lock = threading.Lock()

    def search(self, query: str, limit: int, filters: Filters | None = None) -> SearchResult:
        """The best `limit` papers for a query, each with its scores; no hits for an empty query."""
        filters = filters or Filters()
        query = encodable(query)
        clock = _Clock()
        depth = max(limit, self.config.candidates)
        found = self._candidates(query, depth, filters, clock, only_best=limit)
        hits = self._hits(found, limit)
        clock.lap("fuse")
        return SearchResult(
            query=query, filters=_shown(filters), hits=hits, timings_ms=clock.done()
        )

    def candidates(self, query: str, depth: int, filters: Filters | None = None) -> Candidates:
        """The best `depth` papers of either index, with both scores of all; for own rankings."""
        return self._candidates(query, depth, filters or Filters(), _Clock())

    def fuse(self, found: Candidates) -> dict[int, float]:
        """The scores in [0, 1] by which `search` ranks candidates."""
        return convex(
            min_max(found.dense, found.dense_floor),
            min_max(found.lexical, 0.0),
            self.config.dense_weight,
        )

    def _candidates(
        self,
        query: str,
        depth: int,
        filters: Filters,
        clock: "_Clock",
        only_best: int | None = None,
    ) -> Candidates:
        """Candidates with both scores; with `only_best`, of all that can be among so many best."""
        if not query.strip():
            return Candidates(query)
        vector = self.embed(query)
        clock.lap("embed")
        only = PaperFilter(**filters.model_dump())
        dense = dict(self.library.search_dense(vector, depth, only))
        clock.lap("dense")
        lexical = dict(self.library.search_lexical(query, depth, only))
        clock.lap("lexical")
        lexical |= self.library.lexical.scores(query, [k for k in dense if k not in lexical])
        found = Candidates(query, vector, dense, lexical, self._dense_floor(vector))
        lacking = [k for k in lexical if k not in dense]
        if only_best is not None and len(dense) >= depth:
            lacking = self._contenders(found, lacking, only_best)
        return replace(found, dense={**dense, **self.library.dense_scores(vector, lacking)})

    def _contenders(self, found: Candidates, lacking: list[int], best: int) -> list[int]:
        """Those of the papers without a cosine that can still come among the `best`.

        No paper outside the dense list has a higher cosine than the last inside it, which bounds
        the fused score (the threshold algorithm of Fagin, Lotem and Naor 2003).
        """
        last = min(found.dense.values())
        bound = self.fuse(replace(found, dense={**found.dense, **dict.fromkeys(lacking, last)}))
        known = sorted((bound[key] for key in found.dense), reverse=True)
        return [key for key in lacking if bound[key] >= known[min(best, len(known)) - 1]]

    def _hits(self, found: Candidates, limit: int) -> tuple[Hit, ...]:
        fused, dense, lexical = self.fuse(found), found.dense, found.lexical
        order = sorted(fused, key=lambda key: (-fused[key], key))[:limit]
        papers = self.library.records.by_keys(order)
        return tuple(
            Hit(
                rank=rank,
                paper=papers[key],
                score=round(fused[key], 6),
                dense=round(dense[key], 6) if key in dense else None,
                lexical=round(lexical.get(key, 0.0), 6),
            )
            for rank, key in enumerate((k for k in order if k in papers), 1)
        )

    def _dense_floor(self, vector: Vector) -> float:
        """Lowest cosine of the query with a sample of the library: the corpus's minimum, nearly."""
        with self._lock:
            version = self.library.version
            if self._sample is None or self._sample[0] != version:
                self._sample = (version, self.library.sample_vectors(_FLOOR_SAMPLE))
            rows = self._sample[1]
        return float((rows @ vector).min()) if len(rows) else 0.0


class _Clock:
    """Milliseconds between laps."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name] = round((now - self._last) * 1000, 3)
        self._last = now

    def done(self) -> dict[str, float]:
        total = round((time.perf_counter() - self._started) * 1000, 3)
        return {**self._laps, "total": total}


def _shown(filters: Filters) -> dict[str, object]:
    return filters.model_dump(exclude_none=True)
