"""Embedding replies that must not reach the library."""

import base64
import struct
from typing import Any

import pytest
from openai.types import CreateEmbeddingResponse

from ingest.embedding.endpoint_reply import tokens_of, vectors_of
from ingest.endpoint_errors import Endpoint, EndpointError

ENDPOINT = Endpoint("http://127.0.0.1/v1", "m", "PAPERS_EMBEDDING", "PAPERS_EMBEDDING__MAX_TOKENS")


def reply(*vectors: Any, **fields: Any) -> CreateEmbeddingResponse:
    """A reply built as the client builds it, without validation."""
    data = [{"index": index, "embedding": vector} for index, vector in enumerate(vectors)]
    return CreateEmbeddingResponse.construct(
        data=[_item(**{**item, **fields}) for item in data], model="m", object="list"
    )


def _item(**fields: Any) -> Any:
    from openai.types import Embedding

    return Embedding.construct(**fields)


def packed(*values: float) -> str:
    return base64.b64encode(struct.pack(f"<{len(values)}f", *values)).decode()


def test_lists_and_base64_are_read() -> None:
    vectors = vectors_of(reply([1.0, 2.0], packed(3.0, 4.0)), 2, ENDPOINT)
    assert vectors.tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_order_is_the_index_not_the_place() -> None:
    second, first = _item(index=1, embedding=[2.0]), _item(index=0, embedding=[1.0])
    shuffled = CreateEmbeddingResponse.construct(data=[second, first], model="m", object="list")
    assert vectors_of(shuffled, 2, ENDPOINT).tolist() == [[1.0], [2.0]]


def test_without_index_the_place_counts() -> None:
    bare = CreateEmbeddingResponse.construct(
        data=[_item(embedding=[5.0]), _item(embedding=[4.0])], model="m", object="list"
    )
    assert vectors_of(bare, 2, ENDPOINT).tolist() == [[5.0], [4.0]]


@pytest.mark.parametrize(
    ("answer", "count", "message"),
    [
        ("<html>", 1, "no embeddings"),
        (CreateEmbeddingResponse.construct(object="list"), 1, "no embeddings"),
        (CreateEmbeddingResponse.construct(data=None, object="list"), 1, "no embeddings"),
        (reply([1.0]), 2, "1 vectors for 2 texts"),
        (reply([1.0], [2.0]), 1, "2 vectors for 1 texts"),
        (reply([1.0], [2.0, 3.0]), 2, "unequal length"),
        (reply([1.0, float("nan")]), 1, "not finite"),
        (reply(packed(float("inf"))), 1, "not finite"),
        (reply([]), 1, "empty"),
        (reply(None), 1, "vector"),
        (reply([[1.0]]), 1, "empty or not finite"),
        (reply("!!!"), 1, "cannot be read"),
        (reply("AAA="), 1, "cannot be read"),
        (reply(["a"]), 1, "cannot be read"),
    ],
)
def test_a_spoilt_reply_is_refused(answer: object, count: int, message: str) -> None:
    with pytest.raises(EndpointError, match=message) as caught:
        vectors_of(answer, count, ENDPOINT)
    assert (caught.value.kind, caught.value.retryable) == ("bad_reply", False)


def test_tokens_of_a_reply_that_counts_none() -> None:
    assert tokens_of(reply([1.0])) == 0
