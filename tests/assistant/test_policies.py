"""What becomes of sentences that no source supports: repair, off, and a second judge."""

import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer
from assistant.settings import AnswerConfig
from tests.support.assistants import citing, llm_settings
from tests.support.checks import assert_sound
from tests.support.openai_chat import prompt_text
from tests.support.openai_errors import server_error
from tests.support.openai_replies import Reply, Script, Usage
from tests.support.openai_server import OpenAIServer

QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"
PETAL = "PetalMixer reaches 81.4% top-1 accuracy on ImageNet-1K with 19M parameters"
SPLINE = "On ImageNet-1K SplineBlock reaches 82.3% top-1 accuracy with 22M parameters"
WRONG = "PetalMixer reaches 99.9% top-1 accuracy on ImageNet-1K"
REPAIR = AnswerConfig(unsupported="repair")
JUDGED = AnswerConfig(verifier="llm")
DRAFT = citing(f"{WRONG} {{petalmixer}}. {SPLINE} {{splineblock}}.")


def ask(library: Path, server: OpenAIServer, config: AnswerConfig, *scripts: Script) -> Answer:
    server.queue(*scripts)
    with Assistant(llm_settings(library, server, config, max_attempts=1)) as assistant:
        answer = assistant.ask(QUESTION)
    assert server.unused() == 0
    return answer


def verdicts(*said: str) -> Reply:
    entries = [{"claim": number, "verdict": verdict} for number, verdict in enumerate(said, 1)]
    return Reply(json.dumps({"verdicts": entries}), usage=Usage(50, 10))


def test_repair_names_the_sentence_and_why(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    mended = citing(f"{PETAL} {{petalmixer}}. {SPLINE} {{splineblock}}.")
    answer = ask(small_library_path, openai_server, REPAIR, DRAFT, mended)
    assert_sound(answer)
    assert answer.text == f"{PETAL}. [1] {SPLINE}. [2]"
    assert answer.usage.llm_calls == 2
    assert answer.warnings == ()
    first, second = openai_server.requests_to("/chat/completions")
    roles = [message["role"] for message in second.json["messages"]]
    assert roles == ["system", "user", "assistant", "user"]
    said = second.json["messages"]
    assert said[2]["content"] == DRAFT.text(first.json).replace(" [", " [")
    assert WRONG in said[3]["content"]
    assert "figure not in the source: 99.9" in said[3]["content"]


@pytest.mark.parametrize(
    "second",
    [
        server_error(),
        Reply("NOT_IN_LIBRARY"),
        Reply(""),
        citing(f"{WRONG} {{petalmixer}}."),
        citing(f"{WRONG} {{petalmixer}}. {SPLINE} {{splineblock}}. {WRONG} too {{petalmixer}}."),
    ],
    ids=["error", "refusal", "nothing", "worse", "more-wrong"],
)
def test_a_repair_that_mends_nothing_leaves_the_marked_answer(
    small_library_path: Path, openai_server: OpenAIServer, second: Script
) -> None:
    answer = ask(small_library_path, openai_server, REPAIR, DRAFT, second)
    assert_sound(answer)
    assert answer.text == f"{WRONG}. [unsupported] {SPLINE}. [1]"


def test_a_repair_can_save_an_answer_of_which_nothing_held(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    wrong, right = citing(f"{WRONG} {{petalmixer}}."), citing(f"{PETAL} {{petalmixer}}.")
    answer = ask(small_library_path, openai_server, REPAIR, wrong, right)
    assert (answer.status, answer.text) == ("answered", f"{PETAL}. [1]")


def test_what_holds_needs_no_repair(small_library_path: Path, openai_server: OpenAIServer) -> None:
    right = citing(f"{PETAL} {{petalmixer}}.")
    assert ask(small_library_path, openai_server, REPAIR, right).usage.llm_calls == 1


def test_off_shows_the_models_own_citations_and_says_so(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    text = f"{WRONG} {{petalmixer}} [77]. No number here."
    answer = ask(small_library_path, openai_server, AnswerConfig(unsupported="off"), citing(text))
    assert answer.text == f"{WRONG} [1]. No number here."
    assert [sentence.supported for sentence in answer.sentences] == [False, False]
    (citation,) = answer.citations
    assert citation.paper.id == "petalmixer"
    assert citation.paper.abstract[citation.start : citation.end] == citation.quote
    assert "81.4%" in citation.quote
    assert any("PAPERS_ANSWER__UNSUPPORTED=off" in warning for warning in answer.warnings)


TRUE = citing(f"{PETAL} {{petalmixer}}. {SPLINE} {{splineblock}}.")


def test_the_second_judge_asks_once_for_all_claims(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    answer = ask(
        small_library_path, openai_server, JUDGED, TRUE, verdicts("supported", "contradicted")
    )
    assert_sound(answer)
    assert answer.text == f"{PETAL}. [1] {SPLINE}. [unsupported]"
    assert any("checking model" in warning for warning in answer.warnings)
    assert answer.usage.llm_calls == 2
    _, request = openai_server.requests_to("/chat/completions")
    assert request.json["response_format"]["type"] == "json_schema"
    prompt = prompt_text(request.json)
    assert PETAL in prompt
    assert "claim 2, against S2" in prompt
    assert "GraphTok" not in prompt


def test_its_yes_helps_no_claim(small_library_path: Path, openai_server: OpenAIServer) -> None:
    answer = ask(small_library_path, openai_server, JUDGED, DRAFT, verdicts("supported"))
    assert answer.text == f"{WRONG}. [unsupported] {SPLINE}. [1]"


@pytest.mark.parametrize(
    "reply",
    [
        server_error(),
        Reply("I am not sure."),
        Reply('{"verdicts": [{"claim": 1, "verdict": "supp', finish_reason="length"),
        Reply('{"verdicts": [{"claim": 9, "verdict": "contradicted"}]}'),
    ],
    ids=["error", "prose", "cut", "unknown-claim"],
)
def test_without_its_verdict_the_offline_one_holds(
    small_library_path: Path, openai_server: OpenAIServer, reply: Script
) -> None:
    answer = ask(small_library_path, openai_server, JUDGED, TRUE, reply)
    assert_sound(answer)
    assert answer.text == f"{PETAL}. [1] {SPLINE}. [2]"
    assert answer.warnings


def test_an_endpoint_without_structured_output_is_asked_without(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    openai_server.refuse_parameters("response_format")
    answer = ask(
        small_library_path, openai_server, JUDGED, TRUE, verdicts("supported", "not_stated")
    )
    assert answer.text == f"{PETAL}. [1] {SPLINE}. [unsupported]"
    assert any("refuses the parameter response_format" in warning for warning in answer.warnings)
