"""The endpoint embedding against a real server that speaks the protocol."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pydantic import SecretStr

from ingest.config import EmbeddingConfig
from ingest.embedding import make_embedding
from ingest.embedding.endpoint import EndpointEmbedding
from ingest.endpoint_errors import EndpointError
from ingest.retry import RetryPolicy
from tests.support.openai_errors import context_overflow, rate_limited, server_error, unauthorized
from tests.support.openai_records import RecordedRequest
from tests.support.openai_replies import Answer, BrokenBody, Hang, HttpReply, Reply, ResetInHeader
from tests.support.openai_server import OpenAIServer
from tests.support.openai_vectors import text_vector

FAST = RetryPolicy(max_attempts=4, deadline_s=30.0, base_s=0.001)
TEXTS = [f"text number {number}" for number in range(23)]


def embedding_of(server: OpenAIServer, **options: Any) -> EndpointEmbedding:
    arguments: dict[str, Any] = {"batch_size": 5, "concurrency": 3, "policy": FAST}
    return EndpointEmbedding(server.base_url, "test-embedding", **(arguments | options))


def embed(embedding: EndpointEmbedding, texts: list[str]) -> list[list[float]]:
    return embedding.get_text_embedding_batch(texts)


def aembed(embedding: EndpointEmbedding, texts: list[str]) -> list[list[float]]:
    return asyncio.run(embedding.aget_text_embedding_batch(texts))


Embed = Callable[[EndpointEmbedding, list[str]], list[list[float]]]
both = pytest.mark.parametrize("embed_all", [embed, aembed])


def queue(server: OpenAIServer, *answers: Answer) -> None:
    server.queue(*answers, endpoint="/embeddings")


def test_it_is_what_the_settings_make(openai_server: OpenAIServer) -> None:
    config = EmbeddingConfig(
        provider="openai-compatible",
        model="test-embedding",
        base_url=openai_server.base_url,
        api_key=SecretStr("sk-1"),
        batch_size=7,
    )
    embedding = make_embedding(config)
    assert isinstance(embedding, EndpointEmbedding)
    embedding.get_text_embedding_batch(TEXTS[:8])
    requests = openai_server.requests_to("/embeddings")
    assert sorted(len(request.json["input"]) for request in requests) == [1, 7]
    assert {request.authorization for request in requests} == {"Bearer sk-1"}


@both
def test_order_is_kept_when_batches_overtake_each_other(
    openai_server: OpenAIServer, embed_all: Embed
) -> None:
    queue(openai_server, Reply(delay_s=0.2), Reply(delay_s=0.1))
    vectors = embed_all(embedding_of(openai_server), TEXTS)
    assert len(vectors) == 23
    for text, vector in zip(TEXTS, vectors, strict=True):
        assert vector == pytest.approx(text_vector(text, 64).tolist(), abs=1e-6)


@both
def test_batches_are_sent_concurrently_and_no_more_than_asked(
    openai_server: OpenAIServer, embed_all: Embed
) -> None:
    openai_server.always(Hang(), endpoint="/embeddings")
    worker = threading.Thread(target=embed_all, args=(embedding_of(openai_server), TEXTS))
    worker.start()
    openai_server.wait_for_requests(3, endpoint="/embeddings")
    held = len(openai_server.requests)
    openai_server.release()
    worker.join()
    assert held == 3
    assert len(openai_server.requests) == 5


@both
def test_transient_faults_are_retried(openai_server: OpenAIServer, embed_all: Embed) -> None:
    queue(openai_server, rate_limited(0.01), server_error(), ResetInHeader(), BrokenBody())
    patient = RetryPolicy(max_attempts=8, base_s=0.001)
    assert len(embed_all(embedding_of(openai_server, policy=patient), TEXTS[:12])) == 12
    assert openai_server.unused("/embeddings") == 0


@both
def test_time_out_is_retried(openai_server: OpenAIServer, embed_all: Embed) -> None:
    queue(openai_server, Hang())
    assert len(embed_all(embedding_of(openai_server, timeout_s=0.1), ["a"])) == 1
    assert len(openai_server.requests) == 2


@both
def test_permanent_faults_are_raised_at_once(openai_server: OpenAIServer, embed_all: Embed) -> None:
    openai_server.always(unauthorized(), endpoint="/embeddings")
    with pytest.raises(EndpointError) as caught:
        embed_all(embedding_of(openai_server), ["a"])
    assert caught.value.kind == "auth"
    assert "PAPERS_EMBEDDING__API_KEY" in str(caught.value)
    assert len(openai_server.requests) == 1


def test_a_failure_ends_the_batches_that_wait(openai_server: OpenAIServer) -> None:
    openai_server.always(unauthorized(), endpoint="/embeddings")
    with pytest.raises(EndpointError):
        embed(embedding_of(openai_server, batch_size=1, concurrency=1), TEXTS)
    assert len(openai_server.requests) < len(TEXTS)


@both
def test_empty_and_odd_texts(openai_server: OpenAIServer, embed_all: Embed) -> None:
    embedding = embedding_of(openai_server)
    vectors = embed_all(embedding, ["", "a\nb", "\x00"])
    assert [len(vector) for vector in vectors] == [64, 64, 64]
    assert openai_server.requests[0].json["input"] == [" ", "a\nb", "\x00"]


@both
def test_no_texts_make_no_call(openai_server: OpenAIServer, embed_all: Embed) -> None:
    assert embed_all(embedding_of(openai_server), []) == []
    assert openai_server.requests == ()


@both
def test_tokens_are_summed(openai_server: OpenAIServer, embed_all: Embed) -> None:
    embedding = embedding_of(openai_server)
    embed_all(embedding, TEXTS)
    assert embedding.tokens_used == 3 * len(TEXTS)


@both
def test_an_overlong_text_is_cut_by_servers_that_can(
    openai_server: OpenAIServer, embed_all: Embed
) -> None:
    def vllm(request: RecordedRequest) -> Answer | None:
        cut = request.json.get("truncate_prompt_tokens") == -1
        return None if cut else context_overflow(dialect="vllm")

    openai_server.always(vllm, endpoint="/embeddings")
    assert len(embed_all(embedding_of(openai_server), ["long " * 1000])) == 1
    assert "truncate_prompt_tokens" not in openai_server.requests[0].json


@both
def test_an_overlong_text_that_stays_refused_names_the_setting(
    openai_server: OpenAIServer, embed_all: Embed
) -> None:
    openai_server.always(context_overflow(), endpoint="/embeddings")
    with pytest.raises(EndpointError, match="PAPERS_EMBEDDING__MAX_TOKENS") as caught:
        embed_all(embedding_of(openai_server), ["long"])
    assert caught.value.kind == "context"


@both
def test_another_dimension_than_before_is_refused(
    openai_server: OpenAIServer, embed_all: Embed
) -> None:
    embedding = embedding_of(openai_server)
    embed_all(embedding, ["a"])
    other = {"index": 0, "object": "embedding", "embedding": [1.0, 2.0]}
    queue(openai_server, HttpReply(200, {"object": "list", "model": "m", "data": [other]}))
    with pytest.raises(EndpointError, match="2 dimensions, before of 64"):
        embed_all(embedding, ["b"])


def test_queries_and_single_texts(openai_server: OpenAIServer) -> None:
    embedding = embedding_of(openai_server)

    async def both_ways() -> list[list[float]]:
        calls: list[Awaitable[list[float]]] = [
            embedding.aget_query_embedding("kan"),
            embedding.aget_text_embedding("kan"),
        ]
        return [await call for call in calls]

    expected = text_vector("kan", 64).tolist()
    vectors = [embedding.get_query_embedding("kan"), embedding.get_text_embedding("kan")]
    for vector in [*vectors, *asyncio.run(both_ways()), *asyncio.run(both_ways())]:
        assert vector == pytest.approx(expected, abs=1e-6)


def test_the_key_is_in_no_error_and_no_payload(openai_server: OpenAIServer) -> None:
    embedding = embedding_of(openai_server, api_key=SecretStr("sk-hidden"))
    openai_server.always(unauthorized(), endpoint="/embeddings")
    with pytest.raises(EndpointError) as caught:
        embed(embedding, ["a"])
    assert "sk-hidden" not in str(caught.value)
    assert "sk-hidden" not in str(embedding.to_payload())
