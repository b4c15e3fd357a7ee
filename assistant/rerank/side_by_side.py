"""Runs the calls of one reranking at a time side by side, all or none of them of use."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from assistant.rerank.budget import Batch
from ingest.errors import PaperAssistantError

_MOST_AT_A_TIME = 8
Relevance = dict[int, float]


def scored_together(
    score: Callable[[Batch], Relevance], made: Sequence[Batch]
) -> tuple[Relevance, tuple[str, ...]]:
    """The relevance of all batches, or none with the reason.

    Scores of some batches alone would put their papers before others that nobody has judged, so
    one failure gives up the whole.
    """
    relevance: Relevance = {}
    with ThreadPoolExecutor(max(1, min(_MOST_AT_A_TIME, len(made)))) as pool:
        calls = [pool.submit(score, batch) for batch in made]
        for call in calls:
            try:
                relevance |= call.result()
            except PaperAssistantError as error:
                for other in calls:
                    other.cancel()
                return {}, (f"the papers were not reranked: {error}",)
    return relevance, ()
