"""Reads the reply of an embeddings endpoint and trusts none of it."""

import base64
import binascii

import numpy as np
from numpy.typing import NDArray
from openai.types import CreateEmbeddingResponse
from openai.types.create_embedding_response import Usage

from ingest.endpoint_errors import Endpoint, EndpointError

Vectors = NDArray[np.float32]


def vectors_of(reply: object, count: int, endpoint: Endpoint) -> Vectors:
    """Array of shape (count, dimension) in the order of the texts.

    Raises EndpointError of kind `bad_reply`, not retryable, where vectors are missing, of unequal
    length, empty or not finite: storing them would spoil the library without a word.
    """
    data = reply.data if isinstance(reply, CreateEmbeddingResponse) else None
    if not isinstance(data, list):
        raise EndpointError("bad_reply", endpoint, "sent a reply that holds no embeddings")
    if len(data) != count:
        what = f"sent {len(data)} vectors for {count} texts"
        raise EndpointError("bad_reply", endpoint, what)
    items = sorted(data, key=lambda item: getattr(item, "index", None) or 0)
    vectors = [_vector(getattr(item, "embedding", None), endpoint) for item in items]
    lengths = sorted({vector.size for vector in vectors})
    if len(lengths) != 1:
        what = f"sent vectors of unequal length: {lengths}"
        raise EndpointError("bad_reply", endpoint, what)
    return np.stack(vectors)


def tokens_of(reply: object) -> int:
    """Prompt tokens that the endpoint counted; 0 where it says nothing."""
    usage = getattr(reply, "usage", None)
    return usage.prompt_tokens if isinstance(usage, Usage) else 0


def _vector(value: object, endpoint: Endpoint) -> Vectors:
    """Base64 of little-endian floats, or a list from endpoints that do not know base64."""
    try:
        if isinstance(value, str):
            vector = np.frombuffer(base64.b64decode(value, validate=True), dtype="<f4")
        else:
            vector = np.asarray(value, dtype=np.float32)
    except (binascii.Error, ValueError, TypeError) as error:
        what = "sent a vector that cannot be read"
        raise EndpointError("bad_reply", endpoint, what) from error
    if vector.ndim != 1 or vector.size == 0 or not np.isfinite(vector).all():
        raise EndpointError("bad_reply", endpoint, "sent a vector that is empty or not finite")
    return vector
