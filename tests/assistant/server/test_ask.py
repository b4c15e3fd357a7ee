"""`/v1/ask` gives the documented answer, whole or as events."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.answer import Answer
from tests.support.api_server import FRANCE, KANS, calling, error_of
from tests.support.assistants import citing, llm_settings
from tests.support.checks import assert_sound
from tests.support.openai_errors import rate_limited
from tests.support.openai_replies import HttpReply
from tests.support.openai_server import OpenAIServer


def events_of(reply: httpx.Response) -> list[tuple[str, Any]]:
    assert reply.headers["content-type"].startswith("text/event-stream")
    found = []
    for block in reply.text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_an_answer_is_the_documented_document(client: httpx.Client) -> None:
    reply = client.post("/v1/ask", json={"question": KANS})
    assert reply.status_code == 200
    answer = Answer.model_validate(reply.json())
    assert_sound(answer)
    assert answer.citations[0].paper.id == "splineblock"


def test_a_refusal_names_the_nearest_papers(client: httpx.Client) -> None:
    answer = client.post("/v1/ask", json={"question": FRANCE}).json()
    assert (answer["status"], answer["citations"]) == ("not_in_library", [])
    assert answer["sources"]


@pytest.mark.parametrize("how", ["member", "header"])
def test_events_end_with_the_answer(client: httpx.Client, how: str) -> None:
    body = {"question": KANS, "stream": how == "member"}
    headers = {"Accept": "text/event-stream"} if how == "header" else {}
    *events, (name, answer) = events_of(client.post("/v1/ask", json=body, headers=headers))
    assert name == "done"
    assert "".join(data["text"] for kind, data in events if kind == "delta") == answer["text"]
    cited = {data["number"] for kind, data in events if kind == "citation"}
    assert cited == {citation["number"] for citation in answer["citations"]} != set()


def test_history_and_filters_are_taken_up(client: httpx.Client) -> None:
    history = [{"question": "What is EmberNet?", "answer": "A spiking network [1]."}]
    body = {"question": "What does it consume?", "history": history}
    assert "0.8 mW" in client.post("/v1/ask", json=body).json()["text"]
    filtered = {"question": "What accuracy on ImageNet-1K?", "filters": {"year_to": 2022}}
    sources = client.post("/v1/ask", json=filtered).json()["sources"]
    assert sources
    assert "splineblock" not in {source["paper_id"] for source in sources}


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "question"),
        ({"question": 3}, "question"),
        ({"question": "x", "filtres": {}}, "filtres"),
        ({"question": "x", "filters": {"year_from": 2024, "year_to": 2020}}, "filters"),
        ({"question": "x", "filters": {"year_from": 10**30}}, "filters"),
        ({"question": "x", "filters": {"vneue": "ACL"}}, "filters.vneue"),
        ({"question": "x" * 100_001}, "question"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(
    client: httpx.Client, body: dict[str, Any], param: str
) -> None:
    reply = client.post("/v1/ask", json=body)
    assert reply.status_code == 422
    assert error_of(reply)["param"].startswith(param)


@pytest.mark.parametrize("text", ["\ud800 \x00", "", "[9]", "\u202e", "?" * 50_000])
def test_any_text_gets_an_answer(client: httpx.Client, text: str) -> None:
    content = json.dumps({"question": text, "filters": {"venue": text[:5]}})
    reply = client.post("/v1/ask", content=content, headers={"Content-Type": "application/json"})
    assert reply.status_code == 200
    assert_sound(Answer.model_validate(reply.json()))


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000, b"", b"null"])
def test_what_is_no_json_is_refused(client: httpx.Client, content: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    reply = client.post("/v1/ask", content=content, headers=headers)
    assert reply.status_code in (400, 422)
    assert error_of(reply)["message"]


def test_a_models_answer_is_streamed_and_checked(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    openai_server.always(citing("PetalMixer reaches 81.4% accuracy on ImageNet-1K {petalmixer}."))
    with calling(llm_settings(small_library_path, openai_server)) as client:
        body = {"question": "What accuracy does PetalMixer reach on ImageNet-1K?", "stream": True}
        *events, (name, answer) = events_of(client.post("/v1/ask", json=body))
    assert (name, answer["status"], answer["model"]) == ("done", "answered", "test-chat")
    assert len([kind for kind, _ in events if kind == "delta"]) > 1


@pytest.mark.parametrize("trouble", [rate_limited(), HttpReply(500, {"error": "down"})])
def test_a_model_in_trouble_degrades_the_answer(
    small_library_path: Path, openai_server: OpenAIServer, trouble: HttpReply
) -> None:
    openai_server.always(trouble)
    settings = llm_settings(small_library_path, openai_server, max_attempts=1)
    with calling(settings) as client:
        answer = client.post("/v1/ask", json={"question": KANS}).json()
    assert answer["status"] == "degraded"
    assert answer["citations"]
