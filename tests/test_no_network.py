"""With every way to the network shut, the sample is ingested and questions are answered."""

import json
from typing import Any

import pytest

from tests.support.processes import output_of

_OFFLINE = """
import json, socket, sys
from pathlib import Path

attempts = []

def is_local(address):
    return not isinstance(address, tuple) or str(address[0]) in ("127.0.0.1", "::1", "localhost")

def guarded(name):
    real = getattr(socket.socket, name)
    def call(self, address, *more):
        if not is_local(address):
            attempts.append(f"{name} {address}")
            raise OSError("the network is shut")
        return real(self, address, *more)
    return call

for name in ("connect", "connect_ex"):
    setattr(socket.socket, name, guarded(name))

real_lookup = socket.getaddrinfo

def lookup(host, *more, **options):
    if host not in (None, "", "localhost", "127.0.0.1", "::1"):
        attempts.append(f"getaddrinfo {host}")
        raise socket.gaierror("the network is shut")
    return real_lookup(host, *more, **options)

socket.getaddrinfo = lookup

from importlib.resources import as_file, files
from assistant import Assistant, Settings
from assistant.llms.probe import probe
from ingest.config import LibraryConfig

settings = Settings(_env_file=None, library=LibraryConfig(path=Path(sys.argv[1])))
with as_file(files("ingest.sample") / "papers.jsonl") as sample, Assistant(settings) as assistant:
    report = assistant.ingest([sample])
    again = assistant.ingest([sample])
    probe(settings.llm)
    answers = [assistant.ask(question) for question in json.loads(sys.argv[2])]
print(json.dumps({
    "added": report.added,
    "again": [again.added, again.unchanged, again.embedded_tokens],
    "answers": [answer.model_dump(mode="json") for answer in answers],
    "attempts": attempts,
}))
"""
_QUESTIONS = [
    "which papers replace MLPs with KANs?",
    "What accuracy does PoolFormer reach on ImageNet-1K?",
    "What is the capital of France?",
]


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What happened without a network: counts, answers, and attempts to reach out."""
    folder = tmp_path_factory.mktemp("offline") / "library"
    return json.loads(output_of(_OFFLINE, folder, json.dumps(_QUESTIONS)))


def test_nothing_is_called(offline: Any) -> None:
    assert offline["attempts"] == []


def test_the_sample_is_ingested_once(offline: Any) -> None:
    assert offline["added"] == 72
    assert offline["again"] == [0, 72, 0]


def test_papers_are_found_and_cited(offline: Any) -> None:
    kans = offline["answers"][0]
    cited = {citation["paper"]["title"] for citation in kans["citations"]}
    assert "Kolmogorov-Arnold Transformer" in cited
    assert "Activation Space Selectable Kolmogorov-Arnold Networks" in cited


def test_a_figure_is_found_and_cited(offline: Any) -> None:
    accuracy = offline["answers"][1]
    assert "82.1" in accuracy["text"]
    assert any("82.1" in citation["quote"] for citation in accuracy["citations"])


def test_what_no_paper_answers_is_refused(offline: Any) -> None:
    france = offline["answers"][2]
    assert (france["status"], france["citations"]) == ("not_in_library", [])
