"""The protocols of reranking endpoints: what is sent where, and how the answer is read.

`rerank` is the form of Cohere and Jina, which vLLM also serves; `score` is vLLM's; `tei` that of
Hugging Face's Text Embeddings Inference.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any


@dataclass(frozen=True)
class Protocol:
    """`body` makes a request; `results` finds the list of results, whose `score` is a number."""

    path: str
    body: Callable[[str, str, Sequence[str]], dict[str, Any]]
    results: Callable[[Any], Any]
    score: str


def _rerank(model: str, query: str, texts: Sequence[str]) -> dict[str, Any]:
    return {"model": model, "query": query, "documents": list(texts), "top_n": len(texts)}


def _score(model: str, query: str, texts: Sequence[str]) -> dict[str, Any]:
    return {"model": model, "text_1": query, "text_2": list(texts)}


def _tei(_: str, query: str, texts: Sequence[str]) -> dict[str, Any]:
    return {"query": query, "texts": list(texts), "truncate": True}


def _member(name: str) -> Callable[[Any], Any]:
    return lambda reply: reply.get(name) if isinstance(reply, Mapping) else None


PROTOCOLS: Mapping[str, Protocol] = {
    "rerank": Protocol("/rerank", _rerank, _member("results"), "relevance_score"),
    "score": Protocol("/score", _score, _member("data"), "score"),
    "tei": Protocol("/rerank", _tei, lambda reply: reply, "score"),
}


def read_scores(protocol: Protocol, reply: Any, count: int) -> dict[int, float] | None:
    """The score of each of `count` texts by its place; None where the reply is no such list."""
    results = protocol.results(reply)
    if not isinstance(results, list):
        return None
    scores: dict[int, float] = {}
    for result in results:
        place = result.get("index") if isinstance(result, Mapping) else None
        score = result.get(protocol.score) if isinstance(result, Mapping) else None
        if isinstance(place, int) and isinstance(score, int | float) and isfinite(score):
            scores[place] = float(score)
    return scores if scores.keys() == set(range(count)) else None
