"""Spans reach the collector that the settings name, by real OTLP, and hold no secret."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from pydantic import ValidationError

from assistant.destinations import destinations
from assistant.settings import Settings
from assistant.tracing_config import TracingConfig
from tests.support.assistants import citing
from tests.support.openai_errors import error_body
from tests.support.openai_records import RecordedRequest
from tests.support.openai_replies import HttpReply
from tests.support.openai_server import OpenAIServer
from tests.support.processes import output_of

CHAT_KEY, EMBEDDING_KEY = 'sk-chat-"quoted"-1', "sk-embedding-2"
QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"
FAILED = 2
UNLUCKY = "What does EmberNet consume?"
SAID = "PetalMixer reaches 81.4% top-1 accuracy on ImageNet-1K"


@dataclass
class Collector:
    """An OTLP collector on the loopback interface."""

    url: str = ""
    paths: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    @property
    def spans(self) -> list[Span]:
        found = []
        for body in self.bodies:
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    found += scope.spans
        return sorted(found, key=lambda span: span.start_time_unix_nano)

    def named(self, name: str) -> list[Span]:
        return [span for span in self.spans if span.name == name]


@pytest.fixture
def collector() -> Iterator[Collector]:
    kept = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.paths.append(self.path)
            kept.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Keep the test's output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        kept.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield kept
        server.shutdown()


_ASKED = """
import sys
from pathlib import Path

from assistant import Assistant, Settings
from assistant.logs import under_request
from ingest.endpoint_errors import EndpointError
from ingest.pipeline import ingest_records
from tests.support.papers import own_papers

sys.modules.update(dict.fromkeys(sys.argv[2].split()))
settings = Settings.model_validate_json(sys.argv[1])
ingest_records(own_papers(), settings.library, settings.embedding)
with Assistant(settings) as assistant, under_request("request-1"):
    for question in sys.argv[3:]:
        try:
            print(assistant.ask(question).status)
        except EndpointError as error:
            print(error.kind)
"""

_STARTED = """
import sys

sys.modules["openinference"] = None
from assistant.settings import Settings
from assistant.tracing import start_tracing
from ingest.errors import PaperAssistantError

try:
    start_tracing(Settings.model_validate_json(sys.argv[1]))
except PaperAssistantError as error:
    print(error)
"""


def ask(
    tmp_path: Path, server: OpenAIServer, *questions: str, absent: str = "", **tracing: Any
) -> str:
    """The answers' statuses; asked in a process of its own, since tracing is a process's."""
    at = {"base_url": server.base_url, "model": "test"}
    settings = {
        "library": {"path": str(tmp_path / "library")},
        "llm": {**at, "api_key": CHAT_KEY, "max_attempts": 1},
        "embedding": {**at, "provider": "openai-compatible", "api_key": EMBEDDING_KEY},
        "tracing": tracing,
    }
    return output_of(_ASKED, json.dumps(settings), absent, *questions).strip()


def echoing(request: RecordedRequest) -> HttpReply | None:
    """A refusal that gives the keys away, for a question that is embedded or put to the model."""
    asked = json.dumps(request.json)
    if "messages" not in request.json and "EmberNet consume?" not in asked:
        return None
    said = f"Incorrect API key provided: {CHAT_KEY} {EMBEDDING_KEY}"
    return HttpReply(401, error_body(said, "invalid_request_error", None, "invalid_api_key"))


def attributes(span: Span) -> dict[str, str]:
    return {a.key: a.value.string_value or str(a.value.int_value) for a in span.attributes}


def test_an_answer_is_a_trace_of_its_steps(
    tmp_path: Path, openai_server: OpenAIServer, collector: Collector
) -> None:
    openai_server.queue(citing(f"{SAID} {{petalmixer}}."))
    told = ask(tmp_path, openai_server, QUESTION, endpoint=collector.url, content=True)
    assert told == "answered"
    assert set(collector.paths) == {"/v1/traces"}
    (answer,), (retrieval,), (chat,) = map(collector.named, ("Answer", "Retrieve", "Chat"))
    assert not answer.parent_span_id
    assert {retrieval.parent_span_id, chat.parent_span_id} == {answer.span_id}
    embeddings = [span for span in collector.spans if span.parent_span_id == retrieval.span_id]
    assert [span.name for span in embeddings] == ["EndpointEmbedding.get_query_embedding"]
    seen = attributes(answer)
    assert seen["paper_assistant.request_id"] == "request-1"
    assert seen["paper_assistant.status"] == "answered"
    assert seen["input.value"] == QUESTION
    assert SAID in seen["output.value"]
    assert int(attributes(chat)["llm.token_count.completion"]) > 5
    assert attributes(chat)["llm.model_name"] == "test"
    assert SAID in attributes(chat)["llm.output_messages.0.message.content"]


def test_by_default_spans_hold_no_text(
    tmp_path: Path, openai_server: OpenAIServer, collector: Collector
) -> None:
    openai_server.queue(citing(f"{SAID} {{petalmixer}}."))
    assert ask(tmp_path, openai_server, QUESTION, endpoint=collector.url) == "answered"
    assert len(collector.named("Chat")) == 1
    assert attributes(collector.named("Answer")[0])["paper_assistant.status"] == "answered"
    sent = b"".join(collector.bodies)
    for text in (QUESTION, SAID, "PetalMixer", "Answer the question"):
        assert text.encode() not in sent, text


def test_no_span_holds_a_key(
    tmp_path: Path, openai_server: OpenAIServer, collector: Collector
) -> None:
    openai_server.always(echoing)
    openai_server.always(echoing, endpoint="/embeddings")
    told = ask(tmp_path, openai_server, QUESTION, UNLUCKY, endpoint=collector.url, content=True)
    assert told.splitlines() == ["degraded", "auth"]
    failed = [span for span in collector.spans if span.status.code == FAILED]
    names = {"Chat", "Answer", "Retrieve", "EndpointEmbedding.get_query_embedding"}
    assert {span.name for span in failed} >= names
    for span in failed:
        assert "refused the key (HTTP 401)" in span.status.message
    sent = b"".join(collector.bodies)
    assert b"Incorrect API key provided: *** ***" in sent
    for key in (CHAT_KEY, json.dumps(CHAT_KEY)[1:-1], EMBEDDING_KEY):
        assert key.encode() not in sent


def test_without_an_endpoint_nothing_is_sent_and_nothing_needed(
    tmp_path: Path, openai_server: OpenAIServer, collector: Collector
) -> None:
    openai_server.queue(citing(f"{SAID} {{petalmixer}}."))
    assert ask(tmp_path, openai_server, QUESTION, absent="openinference") == "answered"
    assert collector.bodies == []


def test_a_missing_extra_is_named() -> None:
    told = output_of(_STARTED, json.dumps({"tracing": {"endpoint": "http://127.0.0.1:9"}}))
    assert "PAPERS_TRACING__ENDPOINT is set, but openinference" in told
    assert "extra otel" in told


def test_a_collector_that_is_away_takes_no_answer_away(
    tmp_path: Path, openai_server: OpenAIServer
) -> None:
    openai_server.queue(citing(f"{SAID} {{petalmixer}}."))
    told = ask(tmp_path, openai_server, QUESTION, endpoint="http://127.0.0.1:9")
    assert told == "answered"


@pytest.mark.parametrize(
    ("endpoint", "url"),
    [
        ("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces"),
        ("http://127.0.0.1:4318/", "http://127.0.0.1:4318/v1/traces"),
        ("https://otel.example/in/traces?key=k", "https://otel.example/in/traces?key=k"),
    ],
)
def test_the_path_of_otlp_is_added(endpoint: str, url: str) -> None:
    assert TracingConfig(endpoint=endpoint).url == url


def test_it_is_told_where_spans_go() -> None:
    tracing = TracingConfig(endpoint="https://me:secret@otel.example?key=k")
    told = destinations(Settings(_env_file=None, tracing=tracing))[-1]
    assert str(told) == "tracing: otlp, https://otel.example/v1/traces (another machine)"


def test_an_endpoint_is_an_address() -> None:
    with pytest.raises(ValidationError, match="should match pattern"):
        TracingConfig(endpoint="127.0.0.1:4318")
