"""Embeddings and relevance scores that need no model: texts that share words are close.

A word's vector comes from its SHAKE-256 digest, a text's is the normalised sum over its words. So
equal texts have equal vectors on every machine, word order and case do not count, and in a few
hundred dimensions texts without a common word are nearly orthogonal.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]


def text_vector(text: str, dimension: int) -> Vector:
    """A unit vector of shape `(dimension,)`."""
    words = re.findall(r"\w+", text.lower()) or [text]
    total = np.array([_word_vector(word, dimension) for word in words]).sum(axis=0)
    unit: Vector = (total / np.linalg.norm(total)).astype(np.float32)
    return unit


def _word_vector(word: str, dimension: int) -> NDArray[np.float64]:
    digest = hashlib.shake_256(word.encode()).digest(4 * dimension)
    return np.frombuffer(digest, dtype="<u4").astype(np.float64) / 2**31 - 1.0


def embeddings_json(request: Mapping[str, Any], dimension: int) -> dict[str, Any]:
    """The body of an embeddings reply; the request's `dimensions` wins over `dimension`."""
    texts = input_texts(request)
    size = request.get("dimensions") or dimension
    as_base64 = request.get("encoding_format") == "base64"
    data = [
        {
            "object": "embedding",
            "index": index,
            "embedding": _encode(text_vector(text, size), as_base64=as_base64),
        }
        for index, text in enumerate(texts)
    ]
    tokens = sum(len(text.split()) for text in texts)
    return {
        "object": "list",
        "data": data,
        "model": request["model"],
        "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
    }


def input_texts(request: Mapping[str, Any]) -> list[str]:
    """The request's `input` as a list."""
    texts = request["input"]
    return [texts] if isinstance(texts, str) else texts


def _encode(vector: Vector, *, as_base64: bool) -> str | list[float]:
    if as_base64:
        return base64.b64encode(vector.astype("<f4").tobytes()).decode()
    return [float(value) for value in vector]


def rerank_json(request: Mapping[str, Any], dimension: int) -> dict[str, Any]:
    """The body of a rerank reply in vLLM's shape, best first, scores within 0 and 1."""
    documents: list[str] = request["documents"]
    query = text_vector(request["query"], dimension)
    scores = [(1.0 + float(query @ text_vector(text, dimension))) / 2.0 for text in documents]
    order = sorted(range(len(documents)), key=lambda index: -scores[index])
    results = [
        {
            "index": index,
            "document": {"text": documents[index]},
            "relevance_score": min(1.0, max(0.0, scores[index])),
        }
        for index in order[: request.get("top_n") or len(order)]
    ]
    tokens = sum(len(text.split()) for text in [request["query"], *documents])
    return {
        "id": "rerank-1",
        "model": request["model"],
        "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
        "results": results,
    }
