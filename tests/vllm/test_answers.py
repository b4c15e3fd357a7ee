"""A real vLLM server with a weak model: what reaches the user must hold all the same.

Nothing is asserted of the generated text itself.
"""

import json
import re
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.answer import Answer, Done, TextDelta
from assistant.llms import probe
from assistant.marking import UNSUPPORTED_MARK
from assistant.settings import AnswerConfig
from assistant.verification import ModelVerifier, Verifier
from tests.support.checks import assert_sound
from tests.vllm.conftest import WINDOW, settings_for
from tests.vllm.server import VLLMServer

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(1800)]
QUESTION = "What accuracy does PoolFormer reach on ImageNet-1K?"


def questions(count: int) -> list[str]:
    """The first answerable questions of the sample's suite."""
    lines = (files("evals.suites") / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines[:count]]


def assert_holds(answer: Answer, verifier: Verifier) -> None:
    """Sound, every unmarked sentence supported by a paper that it cites, no unknown number."""
    assert_sound(answer)
    papers = {citation.number: citation.paper for citation in answer.citations}
    marked = answer.text.count(UNSUPPORTED_MARK.strip())
    assert marked == sum(not sentence.supported for sentence in answer.sentences)
    for sentence in answer.sentences:
        if sentence.supported and answer.status == "answered" and len(sentence.citations) == 1:
            cited = [papers[number] for number in sentence.citations]
            assert verifier.check(sentence.text.strip("| "), cited).supported, sentence.text


def assert_reached(answer: Answer) -> None:
    """The model was called and replied; what it wrote may be worth nothing."""
    assert answer.usage.llm_calls > 0
    assert not any("did not answer" in warning for warning in answer.warnings)


def test_ten_questions_of_the_sample(sample_library: Path, vllm: VLLMServer) -> None:
    verifier = ModelVerifier()
    with Assistant(settings_for(sample_library, vllm)) as assistant:
        for question in questions(10):
            started = time.monotonic()
            answer = assistant.ask(question)
            seconds = time.monotonic() - started
            held = [sentence.supported for sentence in answer.sentences]
            print(f"{seconds:6.1f} s  {answer.status:15} {sum(held)}/{len(held)}  {question}")
            assert_holds(answer, verifier)
            assert_reached(answer)


async def test_a_stream_brings_text_and_the_servers_own_count(
    sample_library: Path, vllm: VLLMServer
) -> None:
    settings = settings_for(sample_library, vllm, max_tokens=60)
    async with Assistant(settings) as assistant:
        events = [event async for event in assistant.astream(QUESTION)]
    assert sum(isinstance(event, TextDelta) for event in events) > 1
    done = events[-1]
    assert isinstance(done, Done)
    assert done.answer.usage.llm_calls == 1
    assert 0 < done.answer.usage.completion_tokens <= 60


def test_leaving_a_stream_stops_the_server(sample_library: Path, vllm: VLLMServer) -> None:
    with Assistant(settings_for(sample_library, vllm, max_tokens=2000)) as assistant:
        events = assistant.stream("How do the papers use Kolmogorov-Arnold networks?")
        next(events)
        assert vllm.running() == 1
        events.close()  # type: ignore[attr-defined]
        until = time.monotonic() + 20
        while vllm.running() and time.monotonic() < until:
            time.sleep(0.2)
    assert vllm.running() == 0


def test_a_window_set_too_wide_is_found_out(sample_library: Path, vllm: VLLMServer) -> None:
    settings = settings_for(sample_library, vllm, context_window=32_768, max_tokens=60)
    settings.retrieval.sources = 40
    with Assistant(settings) as assistant:
        answer = assistant.ask(QUESTION)
    assert_reached(answer)
    assert any("of 40 sources were used" in warning for warning in answer.warnings)


def test_structured_verdicts(sample_library: Path, vllm: VLLMServer) -> None:
    settings = settings_for(sample_library, vllm, AnswerConfig(verifier="llm"), max_tokens=120)
    with Assistant(settings) as assistant:
        answer = assistant.ask("Which papers replace MLPs with KANs?")
    assert_sound(answer)
    assert not any("response_format" in warning for warning in answer.warnings)
    assert_reached(answer)


def test_the_probe_tells_model_and_window(sample_library: Path, vllm: VLLMServer) -> None:
    status = probe(settings_for(sample_library, vllm).llm)
    assert (status.ok, status.model, status.context_window) == (True, "smollm2", WINDOW)


@pytest.mark.parametrize(
    ("llm", "said"),
    [({"model": "gpt-9"}, "does not serve the model"), ({"base_url": "{url}"}, "does not serve")],
)
def test_a_wrong_model_or_path_is_named(
    sample_library: Path, vllm: VLLMServer, llm: dict[str, str], said: str
) -> None:
    fields: dict[str, Any] = {
        name: value.format(url=vllm.url) for name, value in {"model": "x", **llm}.items()
    }
    with Assistant(settings_for(sample_library, vllm, **fields)) as assistant:
        answer = assistant.ask(QUESTION)
    assert answer.status == "degraded"
    assert re.search(said, " ".join(answer.warnings))
