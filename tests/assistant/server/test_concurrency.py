"""Many callers at once: no answer is mixed up, and a slow model holds up nobody else."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.api_server import FRANCE, client_of, serving
from tests.support.assistants import extractive_settings, llm_settings
from tests.support.openai_replies import Hang
from tests.support.openai_server import OpenAIServer

# Each names the one paper that it is about.
QUESTIONS = {
    "What accuracy does SplineBlock reach on ImageNet-1K?": "splineblock",
    "How many parameters does SplineBlock have?": "splineblock",
    "What accuracy does PetalMixer reach on ImageNet-1K?": "petalmixer",
    "How many images a second does PetalMixer process?": "petalmixer",
    "How does PetalMixer mix image tokens?": "petalmixer",
    "How much faster is GraphTok than the GNN?": "graphtok",
    "What does GraphTok learn?": "graphtok",
    "How many experts does MoonDrop remove?": "moondrop",
    "How much memory does MoonDrop need?": "moondrop",
    "What is Harvest-26?": "harvest-26",
    "How many photographs does Harvest-26 hold?": "harvest-26",
    "What is the mean error of Slow Tides?": "slow",
    "What does Slow Tides forecast?": "slow",
    "What does SparseFold predict?": "sparsefold",
    "How much does SparseFold improve accuracy?": "sparsefold",
    "What does Prompt Weather measure?": "prompt",
    "What is EmberNet?": "embernet",
    "What does EmberNet consume?": "embernet",
    "How long does EmberNet run on a coin cell?": "embernet",
    "What keyword accuracy does EmberNet reach?": "embernet",
}

ALONE: dict[str, Any] = {"question": "What does EmberNet consume?"}
FOLLOW_UP: dict[str, Any] = {
    "question": "How much does it consume?",
    "history": [{"question": "What is EmberNet?", "answer": "A spiking network [1]."}],
}


def test_twenty_questions_at_once_get_their_own_answers(small_library_path: Path) -> None:
    start = threading.Barrier(len(QUESTIONS))

    def ask(client: httpx.Client, question: str) -> dict[str, Any]:
        start.wait()
        reply = client.post("/v1/ask", json={"question": question})
        assert reply.status_code == 200
        answer: dict[str, Any] = reply.json()
        return answer

    with (
        serving(extractive_settings(small_library_path)) as server,
        client_of(server) as client,
        ThreadPoolExecutor(len(QUESTIONS)) as pool,
    ):
        answers = list(pool.map(ask, [client] * len(QUESTIONS), QUESTIONS))
    for (question, paper_id), answer in zip(QUESTIONS.items(), answers, strict=True):
        assert answer["question"] == question
        assert {c["paper"]["id"] for c in answer["citations"]} == {paper_id}


@pytest.mark.parametrize("body", [ALONE, FOLLOW_UP], ids=["alone", "follow-up"])
def test_a_model_that_hangs_blocks_nothing_that_needs_no_model(
    small_library_path: Path, openai_server: OpenAIServer, body: dict[str, Any]
) -> None:
    openai_server.always(Hang())
    with (
        serving(llm_settings(small_library_path, openai_server)) as server,
        client_of(server) as client,
        ThreadPoolExecutor(40) as pool,
    ):
        asked = [pool.submit(client.post, "/v1/ask", json=body) for _ in range(40)]
        openai_server.wait_for_requests(40)
        for _ in range(5):
            assert client.get("/v1/search", params={"q": "tides"}).json()["hits"]
            assert client.get("/v1/papers").status_code == 200
            assert client.get("/readyz").status_code == 200
            refused = client.post("/v1/ask", json={"question": FRANCE}).json()
            assert refused["status"] == "not_in_library"
        assert not any(one.done() for one in asked)
        openai_server.release()
        assert {one.result().status_code for one in asked} == {200}


def test_who_hangs_up_stops_the_model(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    openai_server.always(Hang())
    with serving(llm_settings(small_library_path, openai_server)) as server:
        for path, body in (
            ("/v1/ask", {**ALONE, "stream": True}),
            ("/v1/ask", {**FOLLOW_UP, "stream": True}),
            (
                "/v1/chat/completions",
                {
                    "model": "paper-assistant",
                    "messages": [{"role": "user", "content": "What does EmberNet consume?"}],
                    "stream": True,
                },
            ),
        ):
            count = len(openai_server.requests) + 1
            with client_of(server) as client, client.stream("POST", path, json=body):
                openai_server.wait_for_requests(count)
            assert "EmberNet" in str(openai_server.wait_for_abort(count).json)
