"""`paper-assistant ask`."""

import json
from pathlib import Path

import pytest

from tests.assistant.cli.calls import read_lines, run, run_json, write_lines
from tests.support.openai_replies import HttpReply, Reply
from tests.support.openai_server import OpenAIServer

QUESTION = "How much does Heron cut energy use on the Delta testbed?"
QUOTE = "On the Delta testbed, Heron cuts energy use by 31.4% at equal latency."
REFUSED = "What is the capital of France?"


def test_the_document_has_the_documented_fields(library: Path) -> None:
    answer = run_json("ask", QUESTION, "--library", library)
    assert answer.keys() >= {"question", "status", "text", "sentences", "citations", "sources"} | {
        "model",
        "prompt_hash",
        "library",
        "usage",
        "timings_ms",
        "warnings",
    }
    assert answer["sentences"][0].keys() >= {"text", "citations", "supported", "support"}
    citation = answer["citations"][0]
    assert citation.keys() >= {"number", "paper", "quote", "start", "end", "support"}
    assert answer["sources"][0].keys() >= {"paper_id", "title", "score"}
    assert answer["library"].keys() >= {"papers", "version"}
    assert answer["usage"].keys() >= {
        "llm_calls",
        "prompt_tokens",
        "completion_tokens",
        "cost_usd",
    }
    assert answer["timings_ms"].keys() >= {"retrieve", "generate", "verify", "total"}


def test_the_answer_quotes_what_it_cites(library: Path) -> None:
    answer = run_json("ask", QUESTION, "--library", library)
    citation = answer["citations"][0]
    assert (answer["status"], answer["question"]) == ("answered", QUESTION)
    assert (citation["number"], citation["paper"]["id"], citation["quote"]) == (1, "heron", QUOTE)
    assert citation["paper"]["abstract"][citation["start"] : citation["end"]] == QUOTE


def test_people_get_text_then_number_title_and_quote(library: Path) -> None:
    result = run("ask", QUESTION, "--library", library)
    text, _, evidence = result.stdout.partition("\n\n[1] ")
    assert result.exit_code == 0
    assert "31.4%" in text
    assert "[1]" in text
    title, quote = evidence.splitlines()[:2]
    assert title == "Heron: Switching Idle Links in Sensor Networks (2021)"
    assert quote.strip() == f"“{QUOTE}”"


def test_a_refusal_cites_nothing_and_is_no_failure(library: Path) -> None:
    answer = run_json("ask", REFUSED, "--library", library)
    assert (answer["status"], answer["citations"]) == ("not_in_library", [])
    result = run("ask", REFUSED, "--library", library)
    assert result.exit_code == 0
    assert "[1]" not in result.stdout
    assert "does not answer" in result.stdout


def test_instructions_in_an_abstract_are_text(library: Path) -> None:
    result = run("ask", "What F1 does Crane reach on ScanBank?", "--library", library)
    assert "88.2" in result.stdout
    assert "[9] " not in result.stdout
    assert "[1] Crane: [bold red]Markup[/bold red] and Layout Parsing" in result.stdout


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "?" * 300,
        "otter " * 8334,
        "Welchen Fehler erreicht Otter bei der Gezeitenvorhersage?",
        "潮汐预报的误差是多少？",
        "\x00\x1b[31m\ud800",
    ],
)
def test_odd_questions_get_an_answer_or_a_refusal(question: str, library: Path) -> None:
    result = run("ask", "--json", "--library", library, "--", question)
    answer = json.loads(result.stdout)
    assert result.exit_code == 0, result.stderr
    assert answer["status"] in {"answered", "not_in_library"}


def test_filters_hold_for_answers(library: Path) -> None:
    answer = run_json("ask", QUESTION, "--year-from", 2022, "--library", library)
    assert "heron" not in {source["paper_id"] for source in answer["sources"]}
    assert answer["citations"] == [] or answer["citations"][0]["paper"]["id"] != "heron"


def test_no_library_says_how_to_make_one() -> None:
    result = run("ask", QUESTION, "--library", "nowhere")
    assert result.exit_code == 0
    assert "paper-assistant ingest" in result.stdout


def test_a_batch_of_questions_with_a_follow_up(library: Path, tmp_path: Path) -> None:
    history = [{"question": "What is Otter?", "answer": "A forecaster of tides."}]
    rows = [
        {"_id": "1", "question": QUESTION},
        {"_id": "2", "question": "What error does it reach?", "history": history},
        {"_id": "3", "question": "x", "history": [{"question": "no answer"}]},
        {"_id": "4", "question": REFUSED},
    ]
    source = write_lines(tmp_path / "q.jsonl", rows)
    result = run("ask", "--questions", source, "--out", "a.jsonl", "--library", library)
    first, follow_up, refused = read_lines(Path("a.jsonl"))
    assert result.exit_code == 0
    assert result.stderr.startswith(f"{source}:3: history.0.answer: ")
    assert (first["_id"], first["citations"][0]["quote"]) == ("1", QUOTE)
    assert follow_up["_id"] == "2"
    assert "otter" in {citation["paper"]["id"] for citation in follow_up["citations"]}
    assert (refused["_id"], refused["status"]) == ("4", "not_in_library")


@pytest.fixture
def endpoint(openai_server: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> OpenAIServer:
    """A model that the settings name."""
    monkeypatch.setenv("PAPERS_LLM__BASE_URL", openai_server.base_url)
    monkeypatch.setenv("PAPERS_LLM__MODEL", "test-chat")
    monkeypatch.setenv("PAPERS_LLM__MAX_ATTEMPTS", "1")
    return openai_server


def test_a_model_cannot_command_the_terminal(endpoint: OpenAIServer, library: Path) -> None:
    endpoint.queue(
        Reply("Heron cuts energy use by 31.4% [1]. It \x1b]0;owned\x07paints \x1b[31mred\x08 [1].")
    )
    result = run("ask", QUESTION, "--library", library)
    assert "Heron cuts energy use by 31.4%. [1] It paints red. [unsupported]" in result.stdout
    assert "owned" not in result.stdout
    assert not {"\x1b", "\x07", "\x08"} & set(result.stdout)


def test_a_model_that_fails_gives_a_degraded_answer_with_a_warning(
    endpoint: OpenAIServer, library: Path
) -> None:
    endpoint.always(HttpReply(500, {"error": {"message": "out of memory"}}))
    result = run("ask", QUESTION, "--library", library)
    assert result.exit_code == 0
    assert QUOTE in result.stdout
    assert "Warning: the model did not answer" in result.stderr
    assert run_json("ask", QUESTION, "--library", library)["status"] == "degraded"
