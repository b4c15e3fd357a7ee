"""A run that is killed, and a judge that breaks, over the real protocol."""

import json
import signal
from pathlib import Path

import pytest

from evals.report.model import load_report
from tests.assistant.cli.calls import run, start
from tests.evals import lab
from tests.evals.test_gate_sabotage import suite
from tests.support.openai_chat import prompt_text
from tests.support.openai_records import RecordedRequest
from tests.support.openai_replies import Hang, Reply
from tests.support.openai_server import OpenAIServer

ASKED = 5
BEFORE_THE_KILL = 2


@pytest.fixture
def arguments(tmp_path: Path, small_library_path: Path) -> tuple[object, ...]:
    """Of a run over the laboratory's questions."""
    questions = tmp_path / f"{lab.NAME}.jsonl"
    rows = [json.dumps(item.model_dump(mode="json", by_alias=True)) for item in suite()[:ASKED]]
    questions.write_text("".join(f"{row}\n" for row in rows))
    return (
        *("eval", "answers", "--suite", questions, "--library", small_library_path),
        *("--out", tmp_path / "run", "--cache", tmp_path / "cache.sqlite", "--concurrency", 1),
    )


@pytest.fixture(autouse=True)
def _endpoint(openai_server: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "PAPERS_LLM__BASE_URL": openai_server.base_url,
        "PAPERS_LLM__MODEL": "test-chat",
        "PAPERS_LLM__MAX_TOKENS": "300",
        "PAPERS_LLM__MAX_ATTEMPTS": "1",
        "PAPERS_ANSWER__UNSUPPORTED": "drop",
    }.items():
        monkeypatch.setenv(name, value)


def test_a_killed_run_goes_on_where_it_stopped(
    arguments: tuple[object, ...], openai_server: OpenAIServer, tmp_path: Path
) -> None:
    left = [lab.model] * BEFORE_THE_KILL

    def model(request: RecordedRequest) -> Reply | Hang:
        return left.pop()(request) if left else Hang()

    openai_server.always(model)
    process = start(*arguments, cwd=tmp_path)
    openai_server.wait_for_requests(BEFORE_THE_KILL + 1, timeout_s=240)
    process.kill()
    process.communicate()
    openai_server.always(lab.model)
    done = run(*arguments)
    assert done.exit_code == 0, done.stderr
    report = load_report(tmp_path / "run")
    assert report.figure("errors").value == 0
    prompts = [prompt_text(r.json) for r in openai_server.requests_to("/chat/completions")]
    asked = [sum(case.question in prompt for prompt in prompts) for case in lab.CASES[:ASKED]]
    assert asked[:BEFORE_THE_KILL] == [1] * BEFORE_THE_KILL
    assert asked[BEFORE_THE_KILL] == 2


def test_ctrl_c_says_that_the_same_command_goes_on(
    arguments: tuple[object, ...], openai_server: OpenAIServer, tmp_path: Path
) -> None:
    openai_server.always(lambda _: Hang())
    process = start(*arguments, cwd=tmp_path)
    openai_server.wait_for_requests(1, timeout_s=240)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines() == [
        "Error: interrupted; what was answered by then is kept: the same command goes on from there"
    ]


def test_a_model_that_is_down_is_told_with_the_cause(
    arguments: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERS_LLM__BASE_URL", "http://127.0.0.1:9/v1")
    done = run(*arguments)
    told = f"count as wrong: {ASKED}. Most often: the model did not answer"
    assert done.exit_code == 0
    assert told in done.stdout


def test_what_a_broken_judge_leaves_unjudged_is_told(
    arguments: tuple[object, ...], openai_server: OpenAIServer, tmp_path: Path
) -> None:
    """It cannot be told whether claims about PetalMixer hold; the others do."""

    def model(request: RecordedRequest) -> Reply:
        if "verdict" not in prompt_text(request.json):
            return lab.model(request)
        claim = request.json["messages"][1]["content"].rpartition("claim")[2]
        verdict = {"verdict": "supported", "confidence": 0.9, "reason": "it says so"}
        return Reply("I would say yes." if "PetalMixer" in claim else json.dumps(verdict))

    openai_server.always(model)
    done = run(*arguments, "--judge", "llm")
    assert done.exit_code == 0, done.stderr
    report = load_report(tmp_path / "run")
    unjudged = [s for item in report.items for s in item.sentences if s.label == "unjudged"]
    assert unjudged
    assert all("PetalMixer" in sentence.text for sentence in unjudged)
    assert report.figure("faithfulness").value == 1
    told = f"not judged and count neither way: {len(unjudged)}."
    assert told in done.stdout
    assert told in (tmp_path / "run" / "report.md").read_text()
