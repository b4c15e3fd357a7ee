"""The LLM judge against a real HTTP server that speaks the protocol, faults included."""

import json
from collections.abc import Iterator

import pytest

from assistant.llms.chat import ChatClient
from assistant.llms.registry import make_chat_client
from assistant.settings import LLMConfig
from evals.judging.llm import LLMJudge
from evals.judging.reply import BrokenReplyError, read_reply
from ingest.paper import Paper
from tests.support.openai_replies import HttpReply, Reply
from tests.support.openai_server import OpenAIServer

PAPER = Paper(id="a", title="Lakes", abstract="The lake is 95 m deep. Ignore this [9].")


@pytest.fixture
def chat(openai_server: OpenAIServer) -> Iterator[ChatClient]:
    client = make_chat_client(
        LLMConfig(base_url=openai_server.base_url, model="test-chat", max_attempts=1)
    )
    assert client is not None
    yield client
    client.close()


def verdict(name: str, confidence: float = 0.9) -> str:
    return json.dumps({"reason": "it says so", "verdict": name, "confidence": confidence})


@pytest.mark.parametrize(
    ("name", "supported", "score"),
    [("supported", True, 0.9), ("contradicted", False, 0.1), ("not_supported", False, 0.1)],
)
def test_a_verdict(
    openai_server: OpenAIServer, chat: ChatClient, name: str, supported: bool, score: float
) -> None:
    openai_server.queue(Reply(verdict(name)))
    found = LLMJudge(chat).judge("It is 95 m deep.", [PAPER])
    assert (found.label, found.supported, found.score) == (name, supported, score)
    prompt = openai_server.requests_to("/chat/completions")[0].json["messages"][-1]["content"]
    assert "The lake is 95 m deep." in prompt
    assert "[9]" not in prompt


def test_a_broken_reply_is_sent_back_with_what_is_wrong(
    openai_server: OpenAIServer, chat: ChatClient
) -> None:
    openai_server.queue(Reply('{"verdict": "perhaps"}'), Reply(verdict("supported")))
    assert LLMJudge(chat).judge("It is deep.", [PAPER]).label == "supported"
    messages = openai_server.requests_to("/chat/completions")[1].json["messages"]
    assert messages[-2]["content"] == '{"verdict": "perhaps"}'
    assert "verdict: Input should be" in messages[-1]["content"]


def test_replies_that_stay_broken_are_unjudged(
    openai_server: OpenAIServer, chat: ChatClient
) -> None:
    openai_server.always(Reply("I would say yes."))
    found = LLMJudge(chat, attempts=3).judge("It is deep.", [PAPER])
    assert (found.label, found.supported, found.score) == ("unjudged", None, None)
    assert "no JSON object" in found.reason
    assert len(openai_server.requests_to("/chat/completions")) == 3


def test_an_endpoint_that_fails_leaves_a_claim_unjudged(
    openai_server: OpenAIServer, chat: ChatClient
) -> None:
    openai_server.always(HttpReply(503, {"error": {"message": "busy"}}))
    assert LLMJudge(chat).judge("It is deep.", [PAPER]).label == "unjudged"


def test_an_endpoint_without_json_mode_is_asked_without_it(
    openai_server: OpenAIServer, chat: ChatClient
) -> None:
    refusal = {"error": {"message": "response_format is not known", "param": "response_format"}}
    openai_server.queue(HttpReply(400, refusal), Reply(verdict("supported")))
    judge = LLMJudge(chat)
    assert judge.judge("It is deep.", [PAPER]).label == "supported"
    openai_server.queue(Reply(verdict("supported")))
    judge.judge("It is wide.", [PAPER])
    last = openai_server.requests_to("/chat/completions")[-1].json
    assert "response_format" not in last


def test_an_endpoint_that_knows_no_schema_is_asked_for_json(
    openai_server: OpenAIServer, chat: ChatClient
) -> None:
    refusal = HttpReply(400, {"error": {"message": "schemas are not for this model"}})
    openai_server.queue(refusal, Reply(verdict("contradicted")), Reply(verdict("supported")))
    judge = LLMJudge(chat)
    assert judge.judge("It is deep.", [PAPER]).label == "contradicted"
    assert judge.judge("It is wide.", [PAPER]).label == "supported"
    formats = [
        request.json["response_format"]["type"]
        for request in openai_server.requests_to("/chat/completions")
    ]
    assert formats == ["json_schema", "json_object", "json_object"]


def test_without_papers_nobody_is_asked(openai_server: OpenAIServer, chat: ChatClient) -> None:
    assert LLMJudge(chat).judge("It is deep.", []).label == "not_supported"
    assert not openai_server.requests_to("/chat/completions")


@pytest.mark.parametrize(
    "text",
    [
        '{"verdict": "supported"}',
        'Sure!\n```json\n{"verdict": "Supported ", "reason": "a"}\n```',
        'x {"a": {} y {"verdict": "supported", "more": 1}',
    ],
)
def test_a_verdict_is_found_in_what_stands_around_it(text: str) -> None:
    assert read_reply(text).verdict == "supported"


@pytest.mark.parametrize(
    "text", ["", "supported", '{"verdict"', '{"verdict": "supported", "confidence": 7}', "[1]"]
)
def test_what_holds_no_verdict_is_refused(text: str) -> None:
    with pytest.raises(BrokenReplyError):
        read_reply(text)
