"""From a question to the papers: hints, list questions, follow-ups, seen from the Python API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Filters, Turn
from assistant.draft import Draft, DraftSentence, Quote
from assistant.finding import counted
from assistant.settings import LLMConfig
from ingest.paper import Paper
from tests.support.assistants import extractive_settings
from tests.support.checks import assert_sound
from tests.support.openai_chat import prompt_text
from tests.support.openai_errors import server_error
from tests.support.openai_replies import Reply
from tests.support.openai_server import OpenAIServer

NOWHERE = "NOT_IN_LIBRARY"
EMBERNET = [Turn(question="What is EmberNet?", answer="A spiking network [1].")]


@pytest.fixture(scope="module")
def assistant(small_library_path: Path) -> Iterator[Assistant]:
    with Assistant(extractive_settings(small_library_path)) as assistant:
        yield assistant


@pytest.fixture
def modelled(small_library_path: Path, openai_server: OpenAIServer) -> Iterator[Assistant]:
    settings = extractive_settings(small_library_path)
    llm = LLMConfig(base_url=openai_server.base_url, model="test-chat", max_attempts=1)
    with Assistant(settings.model_copy(update={"llm": llm})) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What accuracy does PetalMixer reach on ImageNet-1K?", "fact"),
        ("Which papers study graphs?", "list"),
        ("Compare PetalMixer and SplineBlock", "compare"),
        ("How does SplineBlock replace MLPs?", "explain"),
    ],
)
def test_the_kind_of_question_is_told(assistant: Assistant, question: str, kind: str) -> None:
    answer = assistant.ask(question)
    assert_sound(answer)
    assert answer.kind == kind
    assert answer.found == 0 or kind == "list"


def test_a_list_question_counts_what_bears_on_it(assistant: Assistant) -> None:
    answer = assistant.ask("Which papers study graphs?")
    assert answer.status == "answered"
    cited = {citation.paper.id for citation in answer.citations}
    assert {"graphtok", "augmentation"} <= {source.paper_id for source in answer.sources}
    assert answer.found == len(answer.sources) >= len(cited)
    assert answer.found < assistant.stats().papers


def test_a_list_that_is_not_in_the_library_finds_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("Which papers study the migration of whales?")
    assert (answer.status, answer.found) == ("not_in_library", 0)


def test_hints_of_a_question_hold_and_are_told(assistant: Assistant) -> None:
    question = "Which papers on graphs were published at ICLR?"
    answer = assistant.ask(question)
    assert answer.question == question
    assert {citation.paper.id for citation in answer.citations} == {"graphtok"}
    (hint,) = answer.hints
    assert (hint.applied, hint.filters) == (True, Filters(venue="ICLR"))
    assert any("ICLR" in warning for warning in answer.warnings)
    assert "ICLR" not in answer.searched
    free = assistant.ask(question, dismissed=[hint.text])
    assert (free.hints, free.warnings) == ((), ())


def test_a_year_in_a_fact_question_is_content(assistant: Assistant) -> None:
    answer = assistant.ask("What accuracy did PetalMixer reach in 2024?")
    assert any(source.paper_id == "petalmixer" for source in answer.sources)
    assert [hint.applied for hint in answer.hints] == [False]


def test_a_follow_up_is_condensed_by_the_model(
    modelled: Assistant, openai_server: OpenAIServer
) -> None:
    alone = "How much power does EmberNet consume?"
    openai_server.queue(Reply(f'"{alone}"'), Reply(NOWHERE))
    answer = modelled.ask("How much does it consume?", history=EMBERNET)
    assert answer.searched == alone
    assert answer.sources[0].paper_id == "embernet"
    assert answer.usage.llm_calls == 2
    first = openai_server.requests_to("/chat/completions")[0]
    assert "How much does it consume?" in prompt_text(first.json)


def test_a_question_that_stands_alone_is_not_sent_to_be_condensed(
    modelled: Assistant, openai_server: OpenAIServer
) -> None:
    openai_server.always(Reply(NOWHERE))
    question = "What accuracy does PetalMixer reach on ImageNet-1K?"
    assert modelled.ask(question, history=EMBERNET).searched == question
    assert len(openai_server.requests_to("/chat/completions")) == 1


@pytest.mark.parametrize("reply", ["", "Sure!\nHere it is.", "word " * 300])
def test_a_useless_condensation_gives_way_to_the_rules(
    modelled: Assistant, openai_server: OpenAIServer, reply: str
) -> None:
    openai_server.queue(Reply(reply or " "), Reply(NOWHERE))
    answer = modelled.ask("How much does it consume?", history=EMBERNET)
    assert "EmberNet" in answer.searched
    assert answer.searched.startswith("How much does it consume?")


def test_a_failed_condensation_is_told_and_gives_way(
    modelled: Assistant, openai_server: OpenAIServer
) -> None:
    openai_server.queue(server_error(500), Reply(NOWHERE))
    answer = modelled.ask("How much does it consume?", history=EMBERNET)
    assert "EmberNet" in answer.searched
    assert any("taken up by rules" in warning for warning in answer.warnings)


def test_the_heading_counts_beyond_the_quoted() -> None:
    paper = Paper(id="a", title="A", abstract="Words.")
    quote = Quote(paper=paper, start=0, end=6)
    draft = Draft(heading="h", sentences=(DraftSentence(text="Words.", quotes=(quote,)),))
    assert counted(draft, 3).heading == "3 papers found; passages from 1 of them:"
    assert counted(draft, 1) is draft
    refusal = Draft(heading="none")
    assert counted(refusal, 3) is refusal


def test_sources_are_listed_for_filters(tmp_path: Path) -> None:
    file = tmp_path / "kites.jsonl"
    file.write_text('{"title": "Kites over Harbours", "abstract": "Kites pull boats."}\n')
    with Assistant(extractive_settings(tmp_path / "library")) as assistant:
        assert assistant.sources() == {}
        assistant.ingest([file])
        assert assistant.sources() == {str(file): 1}
        assert len(assistant.search("boats", source=str(file)).hits) == 1
        assert assistant.search("boats", source="other.bib").hits == ()
        answer = assistant.ask("What pulls boats?", filters=Filters(source="other.bib"))
        assert answer.sources == ()
