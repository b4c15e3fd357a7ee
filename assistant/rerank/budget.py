"""Cuts a list of papers into calls that a budget of calls and tokens allows."""

from collections.abc import Sequence

from assistant.answer import Hit
from assistant.rerank_config import RerankConfig
from assistant.tokens import count_tokens

Batch = tuple[int, ...]
"""Places in the list of hits."""


def batches(config: RerankConfig, query: str, hits: Sequence[Hit], around: int = 0) -> list[Batch]:
    """The calls for the first candidates, best first; what the budget has no room for is left out.

    `around` are the tokens of a call beside query and papers.
    """
    left = config.max_tokens
    made: list[Batch] = []
    candidates = min(config.candidates, len(hits))
    for start in range(0, candidates, config.batch_size):
        batch = tuple(range(start, min(start + config.batch_size, candidates)))
        tokens = (
            around + count_tokens(query) + sum(count_tokens(hits[at].paper.text) for at in batch)
        )
        if tokens > left or len(made) == config.max_calls:
            break
        left -= tokens
        made.append(batch)
    return made


def left_out(config: RerankConfig, hits: Sequence[Hit], made: Sequence[Batch]) -> tuple[str, ...]:
    """A warning where the budget did not reach all candidates."""
    wanted, scored = min(config.candidates, len(hits)), sum(map(len, made))
    if scored == wanted:
        return ()
    return (
        f"only {scored} of {wanted} papers were reranked: the budget is spent"
        " (PAPERS_RERANK__MAX_CALLS, PAPERS_RERANK__MAX_TOKENS)",
    )
