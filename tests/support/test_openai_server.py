"""The test server answers the real `openai` client and httpx as OpenAI and vLLM do."""

import asyncio
import base64
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import numpy as np
import openai
import pytest
from openai.types.chat import ChatCompletionChunk

from tests.support.openai_chat import prompt_text
from tests.support.openai_replies import HttpReply, Reply, Usage
from tests.support.openai_server import DEFAULT_TEXT, OpenAIServer

QUESTION: Any = [
    {"role": "system", "content": "Cite."},
    {"role": "user", "content": "which papers replace MLPs with KANs?"},
]


@pytest.fixture
def client(openai_server: OpenAIServer) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(
        base_url=openai_server.base_url, api_key="sk-test", max_retries=0, timeout=20
    ) as client:
        yield client


def ask(client: openai.OpenAI, **options: Any) -> str | None:
    text: str | None = (
        client.chat.completions.create(model="m", messages=QUESTION, **options)
        .choices[0]
        .message.content
    )
    return text


def stream(client: openai.OpenAI, **options: Any) -> list[ChatCompletionChunk]:
    return list(
        client.chat.completions.create(model="m", messages=QUESTION, stream=True, **options)
    )


def deltas(chunks: list[ChatCompletionChunk]) -> list[str | None]:
    return [chunk.choices[0].delta.content for chunk in chunks if chunk.choices]


def test_models_and_health() -> None:
    with OpenAIServer(models=["chat-a", "embed-b"]) as server:
        client = openai.OpenAI(base_url=server.base_url, api_key="sk-test")
        assert [model.id for model in client.models.list()] == ["chat-a", "embed-b"]
        health = httpx.get(f"{server.url}/health")
    assert (health.status_code, health.content) == (200, b"")


def test_default_then_queue_in_order_then_default(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    assert ask(client) == DEFAULT_TEXT
    openai_server.queue(Reply("first"), Reply(chunks=["sec", "ond"]))
    assert openai_server.unused() == 2
    assert [ask(client), ask(client), ask(client)] == ["first", "second", DEFAULT_TEXT]
    assert openai_server.unused() == 0


def test_default_is_computed_from_the_prompt() -> None:
    with OpenAIServer(default=lambda body: prompt_text(body).upper()) as server:
        client = openai.OpenAI(base_url=server.base_url, api_key="sk-test")
        assert ask(client) == "CITE.\nWHICH PAPERS REPLACE MLPS WITH KANS?"
        parts: Any = [{"role": "user", "content": [{"type": "text", "text": "kan"}]}]
        answer = client.chat.completions.create(model="m", messages=parts)
        assert answer.choices[0].message.content == "KAN"


def test_factory_sees_the_request_and_may_decline(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    openai_server.always(lambda request: Reply("hot") if request.json.get("temperature") else None)
    assert ask(client, temperature=0.7) == "hot"
    assert ask(client) == DEFAULT_TEXT
    openai_server.always(None)
    assert ask(client, temperature=0.7) == DEFAULT_TEXT


def test_an_error_in_a_factory_surfaces_when_the_server_stops() -> None:
    def fail(request: object) -> None:
        raise AssertionError("the prompt lacks its sources")

    server = OpenAIServer()
    server.start()
    server.queue(fail)
    client = openai.OpenAI(base_url=server.base_url, api_key="sk-test", max_retries=0)
    with pytest.raises(openai.InternalServerError):
        ask(client)
    with pytest.raises(AssertionError, match="lacks its sources"):
        server.stop()


def test_usage_is_words_or_what_the_reply_says(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    openai_server.queue(
        Reply("two words"), Reply("x", usage=Usage(100, 7)), Reply("x", report_usage=False)
    )
    answers = [client.chat.completions.create(model="m", messages=QUESTION) for _ in range(3)]
    counted, scripted, silent = [answer.usage for answer in answers]
    assert counted is not None and scripted is not None and silent is None
    assert (counted.prompt_tokens, counted.completion_tokens) == (7, 2)
    assert (scripted.prompt_tokens, scripted.completion_tokens, scripted.total_tokens) == (
        100,
        7,
        107,
    )


def test_stream_starts_empty_and_ends_with_a_reason(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    openai_server.queue(Reply("Two papers  do.\n"))
    chunks = stream(client)
    assert deltas(chunks) == ["", "Two ", "papers  ", "do.\n", None]
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None] * 4 + ["stop"]
    assert all(chunk.usage is None for chunk in chunks)
    assert len({chunk.id for chunk in chunks}) == 1


def test_stream_of_several_tokens_a_chunk(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    openai_server.queue(
        Reply("a b c d e", tokens_per_chunk=2, chunk_delay_s=0.001), Reply(chunks=["KA", "N [1"])
    )
    assert deltas(stream(client)) == ["", "a b ", "c d ", "e", None]
    assert deltas(stream(client)) == ["", "KA", "N [1", None]


def test_stream_usage_comes_last_without_choices_and_only_on_request(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    reply = Reply("one two", usage=Usage(9, 4))
    openai_server.queue(reply, Reply("one two", report_usage=False))
    with_usage = stream(client, stream_options={"include_usage": True})
    assert with_usage[-1].choices == []
    assert with_usage[-1].usage is not None
    assert with_usage[-1].usage.total_tokens == 13
    assert all(chunk.choices for chunk in with_usage[:-1])
    silent = stream(client, stream_options={"include_usage": True})
    assert all(chunk.choices for chunk in silent)


def test_stream_ends_with_done_as_server_sent_events(openai_server: OpenAIServer) -> None:
    body = {"model": "m", "messages": QUESTION, "stream": True}
    answer = httpx.post(f"{openai_server.base_url}/chat/completions", json=body)
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = answer.text.split("\n\n")
    assert events[-2:] == ["data: [DONE]", ""]
    assert all(event.startswith("data: {") for event in events[:-2])


@pytest.mark.parametrize("streaming", [False, True])
def test_content_filter(
    openai_server: OpenAIServer, client: openai.OpenAI, streaming: bool
) -> None:
    openai_server.queue(Reply("", finish_reason="content_filter"))
    if streaming:
        assert stream(client)[-1].choices[0].finish_reason == "content_filter"
    else:
        answer = client.chat.completions.create(model="m", messages=QUESTION)
        assert answer.choices[0].finish_reason == "content_filter"


def test_embeddings_are_deterministic_unit_vectors_close_for_shared_words() -> None:
    texts = ["Graph neural networks", "networks, neural GRAPH", "graph kernels", "protein folding"]
    with OpenAIServer(dimension=256) as server, OpenAIServer(dimension=256) as other:
        first, second = [
            openai.OpenAI(base_url=each.base_url, api_key="sk-test").embeddings.create(
                model="e", input=texts
            )
            for each in (server, other)
        ]
    vectors = np.array([item.embedding for item in first.data])
    assert vectors.shape == (4, 256)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)
    assert np.array_equal(vectors, [item.embedding for item in second.data])
    same, shared, unrelated = vectors[1:] @ vectors[0]
    assert same == pytest.approx(1.0, abs=1e-6)
    assert 1.0 > shared > 0.2 > abs(unrelated)
    assert first.usage.prompt_tokens == 3 + 3 + 2 + 2


def test_embeddings_as_floats_and_base64_agree(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    floats = client.embeddings.create(model="e", input="kan", encoding_format="float")
    body = {"model": "e", "input": "kan", "encoding_format": "base64"}
    packed = httpx.post(f"{openai_server.base_url}/embeddings", json=body).json()
    decoded = np.frombuffer(base64.b64decode(packed["data"][0]["embedding"]), dtype="<f4")
    assert decoded.tolist() == floats.data[0].embedding
    assert len(decoded) == 64
    short = client.embeddings.create(model="e", input="kan", dimensions=8)
    assert len(short.data[0].embedding) == 8


@pytest.mark.parametrize("texts", [[], "", ["a", ""], [1, 2], ["a"] * 2049])
def test_embeddings_refuse_bad_input(openai_server: OpenAIServer, texts: Any) -> None:
    answer = httpx.post(f"{openai_server.base_url}/embeddings", json={"model": "e", "input": texts})
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "input"


def test_other_endpoints_can_be_scripted_apart_from_chat(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    openai_server.queue(HttpReply(503, {}), Reply(delay_s=0.001), endpoint="/embeddings")
    assert ask(client) == DEFAULT_TEXT
    with pytest.raises(openai.InternalServerError):
        client.embeddings.create(model="e", input="a")
    assert len(client.embeddings.create(model="e", input="a").data) == 1
    with pytest.raises(ValueError, match="may only have delay_s"):
        openai_server.queue(Reply("text"), endpoint="/embeddings")


def test_rerank_puts_the_document_that_shares_words_first(openai_server: OpenAIServer) -> None:
    documents = ["protein folding", "networks for graphs", "graph networks"]
    body = {"model": "r", "query": "graph networks", "documents": documents, "top_n": 2}
    for url in (openai_server.url, openai_server.base_url):
        results = httpx.post(f"{url}/rerank", json=body).json()["results"]
        assert [result["index"] for result in results] == [2, 1]
        assert results[0]["document"] == {"text": "graph networks"}
        assert results[0]["relevance_score"] == pytest.approx(1.0, abs=1e-6)
        assert 0.5 < results[1]["relevance_score"] < 1.0


async def test_async_client() -> None:
    with OpenAIServer() as server:
        server.queue(Reply("async answer"), Reply("async stream"))
        async with openai.AsyncOpenAI(base_url=server.base_url, api_key="sk-test") as client:
            answer = await client.chat.completions.create(model="m", messages=QUESTION)
            assert answer.choices[0].message.content == "async answer"
            chunks = await client.chat.completions.create(model="m", messages=QUESTION, stream=True)
            assert deltas([chunk async for chunk in chunks]) == ["", "async ", "stream", None]
            vectors = await client.embeddings.create(model="e", input=["a", "b"])
            assert [len(item.embedding) for item in vectors.data] == [64, 64]


async def test_sixty_streams_are_open_at_once() -> None:
    """None may end before all have had their first word, so no order of serving can pass."""
    begun = asyncio.Semaphore(0)

    async def read(client: openai.AsyncOpenAI) -> str:
        text = ""
        chunks = await client.chat.completions.create(model="m", messages=QUESTION, stream=True)
        async for chunk in chunks:
            delta = chunk.choices[0].delta.content or ""
            if delta and not text:
                begun.release()
            text += delta
        return text

    with OpenAIServer() as server:
        server.always(Reply("open together", pause_after=1))
        limits = httpx.Limits(max_connections=100)
        async with openai.AsyncOpenAI(
            base_url=server.base_url,
            api_key="sk-test",
            http_client=httpx.AsyncClient(limits=limits, timeout=60),
        ) as client:
            reads = [asyncio.create_task(read(client)) for _ in range(60)]
            for _ in reads:
                await begun.acquire()
            server.release()
            assert await asyncio.gather(*reads) == ["open together"] * 60
        server.wait_until_idle()
        assert not any(request.aborted for request in server.requests)


def test_stop_leaves_no_thread_and_the_port_can_be_used_again() -> None:
    before = threading.enumerate()
    with OpenAIServer() as server:
        client = openai.OpenAI(base_url=server.base_url, api_key="sk-test", max_retries=0)
        assert ask(client) == DEFAULT_TEXT
    assert threading.enumerate() == before
    with pytest.raises(openai.APIConnectionError):
        ask(client)
    with OpenAIServer(port=server.port, default=lambda _: "back again"):
        assert ask(client) == "back again"


def test_misuse_is_named() -> None:
    server = OpenAIServer()
    with pytest.raises(RuntimeError, match="not been started"):
        _ = server.base_url
    with server:
        with pytest.raises(OSError, match="in use"):
            OpenAIServer(port=server.port).start()
        with pytest.raises(RuntimeError, match="only once"):
            server.start()
    with pytest.raises(ValueError, match="not both"):
        Reply("text", chunks=["text"])
    with pytest.raises(ValueError, match="at least 1"):
        Reply("text", tokens_per_chunk=0)
