"""Hybrid search over a library: dense and lexical candidates, each scored by both, fused.

The best of them then say what the query means in this library, and all are ranked anew by it.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assistant.answer import Filters, Hit, SearchResult
from assistant.retrieval.candidates import Candidates
from assistant.retrieval.feedback import with_feedback
from assistant.retrieval.fusion import convex, lead, min_max, weight_beside
from assistant.retrieval.query_terms import asked_about, asked_words
from assistant.retrieval.rare_names import holders
from assistant.settings import RetrievalConfig
from ingest.library import Library, PaperFilter
from ingest.library.vector_store import nearest_cosines
from ingest.text import encodable

Vector = npt.NDArray[np.float32]
EmbedQuery = Callable[[str], Vector]
_FLOOR_SAMPLE = 256
_FED_BACK = 30
"""Fused hits that feedback ranks anew; the others keep their order below them."""
_LEXICAL_DEPTHS = 3
"""A longer list costs little, and tells most of the BM25 scores that dense hits would ask for."""


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
        needed = max(limit, _FED_BACK) if self.config.feedback_weight else limit
        asked = self._asked(query)
        clock.lap("embed")
        with self.library.reading():
            found = self._candidates(asked, depth, filters, clock, only_best=needed)
            hits = self._hits(found, limit)
        clock.lap("fuse")
        return SearchResult(
            query=query, filters=_shown(filters), hits=hits, timings_ms=clock.done()
        )

    def candidates(
        self, query: str, depth: int, filters: Filters | None = None, *, as_typed: bool = False
    ) -> Candidates:
        """The best `depth` papers of either index, with both scores of all; for own rankings.

        `as_typed` asks both indexes for the whole query, the words of a request included.
        """
        asked = self._asked(query, as_typed)
        with self.library.reading():
            return self._candidates(asked, depth, filters or Filters(), _Clock())

    def fuse(self, found: Candidates, *, by_lead: bool = True) -> dict[int, float]:
        """The scores in [0, 1] by which candidates are ranked first, before feedback.

        Without `by_lead` the dense weight is the same for all queries.
        """
        ahead = lead(found.lexical) if by_lead else 0.0
        fused = convex(
            min_max(found.dense, found.dense_floor),
            min_max(found.lexical, 0.0),
            weight_beside(self.config.dense_weight, ahead),
        )
        weight = self.config.name_weight if found.named else 0.0
        return convex(found.named, fused, weight) if weight else fused

    def rank(self, found: Candidates, *, by_lead: bool = True) -> dict[int, float]:
        """The scores in [0, 1] by which `search` ranks candidates: fused, then with feedback."""
        fused, weight = self.fuse(found, by_lead=by_lead), self.config.feedback_weight
        if not weight:
            return fused
        order = _best_first(fused)[:_FED_BACK]
        unread = [key for key in order if key not in found.chunks]
        chunks = {**found.chunks, **self.library.chunk_vectors(unread)} if unread else found.chunks
        return with_feedback(fused, order, chunks, found.vector, weight)

    def _asked(self, query: str, as_typed: bool = False) -> "_Asked":
        """Embedded before the library is read: a model's answer may be long in coming."""
        if not query.strip():
            return _Asked(query, "", np.zeros(0, np.float32))
        vector = self.embed(query if as_typed else asked_about(query))
        return _Asked(query, query if as_typed else asked_words(query), vector)

    def _candidates(
        self,
        asked: "_Asked",
        depth: int,
        filters: Filters,
        clock: "_Clock",
        only_best: int | None = None,
    ) -> Candidates:
        """Candidates with both scores; with `only_best`, of all that can be among so many best."""
        query, words, vector = asked
        if not query.strip():
            return Candidates(query)
        only = PaperFilter(**filters.model_dump())
        dense = dict(self.library.search_dense(vector, depth, only))
        clock.lap("dense")
        listed = self.library.search_lexical(words, _LEXICAL_DEPTHS * depth, only)
        clock.lap("lexical")
        lexical = {k: s for rank, (k, s) in enumerate(listed) if rank < depth or k in dense}
        named = holders(self.library.lexical, query, {**dense, **lexical})
        floor = self._dense_floor(vector)
        found = Candidates(query, vector, dense, lexical, named, dense_floor=floor)
        unlike = [k for k in lexical if k not in dense]
        # A list that is not full holds every paper with a word of the query.
        full = len(listed) >= _LEXICAL_DEPTHS * depth
        unworded = [k for k in dense if k not in lexical] if full else []
        likely: list[int] = []
        if only_best is not None and dense and listed:
            # No paper outside a list scores higher there than the last inside it.
            highest = replace(
                found,
                dense={**dense, **dict.fromkeys(unlike, min(dense.values()))},
                lexical={**lexical, **dict.fromkeys(unworded, listed[-1][1])},
            )
            lowest = self.fuse(found)
            likely = _best_first(lowest)[:_FED_BACK] if self.config.feedback_weight else []
            reaching = _reaching(lowest, self.fuse(highest), only_best)
            unlike = [k for k in unlike if k in reaching or len(dense) < depth]
            unworded = [k for k in unworded if k in reaching]
        chunks = self.library.chunk_vectors([*dict.fromkeys([*unlike, *likely])])
        unlike_chunks = {key: chunks[key] for key in unlike if key in chunks}
        return replace(
            found,
            chunks=chunks,
            dense={**dense, **nearest_cosines(unlike_chunks, vector)},
            lexical={**lexical, **self.library.lexical.scores(words, unworded)},
        )

    def _hits(self, found: Candidates, limit: int) -> tuple[Hit, ...]:
        ranked, dense, lexical = self.rank(found), found.dense, found.lexical
        order = _best_first(ranked)[:limit]
        papers = self.library.records.by_keys(order)
        return tuple(
            Hit(
                rank=rank,
                paper=papers[key],
                score=round(ranked[key], 6),
                dense=round(dense[key], 6) if key in dense else None,
                lexical=round(lexical.get(key, 0.0), 6),
            )
            for rank, key in enumerate((k for k in order if k in papers), 1)
        )

    def _dense_floor(self, vector: Vector) -> float:
        """Lowest cosine of the query with a sample of the library: the corpus's minimum, nearly."""
        with self._lock, self.library.reading() as version:
            if self._sample is None or self._sample[0] != version:
                self._sample = (version, self.library.sample_vectors(_FLOOR_SAMPLE))
            rows = self._sample[1]
        return float((rows @ vector).min()) if len(rows) else 0.0


class _Asked(NamedTuple):
    """A query, its words for the lexical index, and its vector for the dense one."""

    query: str
    words: str
    vector: Vector


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


def _reaching(lowest: Mapping[int, float], highest: Mapping[int, float], best: int) -> set[int]:
    """Papers that can be among the `best`, given bounds of all scores.

    This is the threshold algorithm of Fagin, Lotem and Naor (2003). A score that lacks on the side
    of the lowest counts as 0, the lowest there is.
    """
    reached = sorted(lowest.values(), reverse=True)[: max(best, 1)][-1]
    return {key for key, most in highest.items() if most >= reached}


def _best_first(scores: Mapping[int, float]) -> list[int]:
    """Keys by falling score, of equal ones the lower first; both sorts keep what is in order."""
    return sorted(sorted(scores), key=scores.__getitem__, reverse=True)


def _shown(filters: Filters) -> dict[str, object]:
    return filters.model_dump(exclude_none=True)
