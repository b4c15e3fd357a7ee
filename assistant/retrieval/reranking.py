"""What a reranker is to the search: hits in, the best of them in a better order out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.answer import Hit, Usage


@dataclass(frozen=True)
class Reranked:
    """Relevance in [0, 1] by place in the list that was given; papers without one keep their order.

    `warnings` say what was not scored and why; without any score the order stays as it was.
    """

    relevance: dict[int, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)


class Reranker(Protocol):
    """Scores the first `candidates` hits of a query anew.

    Never raises for what an endpoint does.
    """

    candidates: int

    def rerank(self, query: str, hits: Sequence[Hit]) -> Reranked:
        """Relevance of the hits, best candidates first in the list."""
        ...

    def close(self) -> None:
        """Release connections."""
        ...
