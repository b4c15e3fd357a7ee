from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.answer import Hit
from assistant.rerank.endpoint import EndpointReranker
from assistant.rerank_config import RerankConfig
from ingest.endpoint_errors import EndpointError
from ingest.paper import Paper
from tests.support.openai_server import OpenAIServer
from tests.support.rerank_server import Answer, RerankServer

GRADES = {"alpha": 0.2, "beta": 0.9, "gamma": 0.5}
HITS = tuple(
    Hit(rank=n, paper=Paper(id=name, title=name), score=1 - n / 10)
    for n, name in enumerate(GRADES, 1)
)


def config(**fields: Any) -> RerankConfig:
    return RerankConfig.model_validate({"provider": "endpoint", "max_attempts": 1, **fields})


def graded(texts: list[str], name: str) -> list[dict[str, float]]:
    """Results best first, as servers send them; each names its place."""
    order = sorted(range(len(texts)), key=lambda at: -GRADES[texts[at]])
    return [{"index": at, name: GRADES[texts[at]]} for at in order]


def serve(path: str, body: dict[str, Any]) -> Answer:
    if "text_2" in body:
        return 200, {"data": graded(body["text_2"], "score")}
    if "texts" in body:
        return 200, graded(body["texts"], "score")
    return 200, {"results": graded(body["documents"], "relevance_score")}


@pytest.mark.parametrize(
    ("protocol", "path"), [("rerank", "/v1/rerank"), ("score", "/v1/score"), ("tei", "/v1/rerank")]
)
@pytest.mark.parametrize("batch_size", [1, 2, 10])
def test_every_protocol_gives_the_scores(protocol: str, path: str, batch_size: int) -> None:
    with RerankServer(serve) as server:
        reranker = EndpointReranker(
            config(
                protocol=protocol,
                base_url=f"{server.url}/v1",
                model="cross",
                api_key=SecretStr("key-1"),
                batch_size=batch_size,
            )
        )
        found = reranker.rerank("query", HITS)
        reranker.close()
    assert found.relevance == {0: 0.2, 1: 0.9, 2: 0.5}
    assert found.warnings == ()
    assert {request[0] for request in server.requests} == {path}
    assert {request[2] for request in server.requests} == {"Bearer key-1"}
    assert len(server.requests) == -(-len(HITS) // batch_size)


def test_the_rerank_route_of_a_vllm_like_server_is_spoken(openai_server: OpenAIServer) -> None:
    reranker = EndpointReranker(config(base_url=openai_server.base_url, model="cross"))
    found = reranker.rerank("beta", HITS)
    assert max(found.relevance, key=lambda at: found.relevance[at]) == 1


def test_logits_become_probabilities() -> None:
    def logits(_: str, body: dict[str, Any]) -> Answer:
        return 200, {"data": [{"index": n, "score": s} for n, s in enumerate((-3.0, 0.0, 80.0))]}

    with RerankServer(logits) as server:
        found = EndpointReranker(config(protocol="score", base_url=server.url)).rerank("q", HITS)
    assert found.relevance == pytest.approx({0: 0.0474, 1: 0.5, 2: 1.0}, abs=1e-4)


@pytest.mark.parametrize(
    "answer",
    [
        (500, {"error": {"message": "out of memory"}}),
        (401, {"error": {"message": "no"}}),
        (200, b"<html>"),
        (200, {"results": [{"index": 0, "relevance_score": 0.5}]}),
        (200, {"results": [{"index": n, "relevance_score": "high"} for n in range(3)]}),
        (200, {"results": [{"index": n, "relevance_score": float("nan")} for n in range(3)]}),
        (200, []),
        (200, {"results": None}),
    ],
)
def test_a_failure_leaves_the_order_and_is_said(answer: Answer) -> None:
    with RerankServer(lambda *_: answer) as server:
        reranker = EndpointReranker(config(base_url=server.url, api_key=SecretStr("key-1")))
        found = reranker.rerank("query", HITS)
    assert found.relevance == {}
    (warning,) = found.warnings
    assert warning.startswith("the papers were not reranked: ")
    assert "PAPERS_RERANK__" in warning or "log" in warning
    assert "key-1" not in warning


def test_one_failed_call_of_several_gives_up_all() -> None:
    def half(path: str, body: dict[str, Any]) -> Answer:
        return (500, {}) if "beta" in body["documents"] else serve(path, body)

    with RerankServer(half) as server:
        found = EndpointReranker(config(base_url=server.url, batch_size=1)).rerank("q", HITS)
    assert found.relevance == {}
    assert len(found.warnings) == 1


def test_a_transient_failure_is_tried_again() -> None:
    answers: Iterator[Answer] = iter([(503, {})])

    def flaky(path: str, body: dict[str, Any]) -> Answer:
        return next(answers, serve(path, body))

    with RerankServer(flaky) as server:
        found = EndpointReranker(config(base_url=server.url, max_attempts=2)).rerank("q", HITS)
    assert len(found.relevance) == 3
    assert len(server.requests) == 2


@pytest.mark.parametrize("budget", [{"max_calls": 2, "batch_size": 1}, {"candidates": 2}])
def test_no_more_is_sent_than_allowed(budget: dict[str, int]) -> None:
    with RerankServer(serve) as server:
        found = EndpointReranker(config(base_url=server.url, **budget)).rerank("q", HITS)
    assert set(found.relevance) == {0, 1}
    assert bool(found.warnings) == ("max_calls" in budget)


def test_tokens_are_budgeted() -> None:
    long = [hit.model_copy(update={"paper": Paper(id="x", title="word " * 90)}) for hit in HITS]
    with RerankServer(lambda _, body: (200, {"results": []})) as server:
        settings = config(base_url=server.url, batch_size=1, max_tokens=200)
        EndpointReranker(settings).rerank("q", long)
    assert len(server.requests) == 2


@pytest.mark.parametrize("address", [None, "localhost:80"])
def test_an_address_is_needed(address: str | None) -> None:
    with pytest.raises(EndpointError, match="PAPERS_RERANK__BASE_URL"):
        EndpointReranker(config(base_url=address))
