import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Hit
from assistant.llms.registry import make_chat_client
from assistant.rerank.grades import UnreadableGradesError, read_grades
from assistant.rerank.model import ModelReranker
from assistant.rerank_config import RerankConfig
from assistant.settings import LLMConfig
from ingest.paper import Paper
from tests.support.assistants import extractive_settings
from tests.support.openai_chat import prompt_text
from tests.support.openai_errors import server_error
from tests.support.openai_replies import Reply
from tests.support.openai_server import OpenAIServer

HITS = tuple(
    Hit(rank=n, paper=Paper(id=f"p{n}", title=f"Title {n}", abstract="Text [9]."), score=0.5)
    for n in (1, 2)
)
BROKEN = '{"grades": [}'
GOOD = json.dumps({"grades": [{"number": 1, "relevance": 3}, {"number": 2, "relevance": 9}]})


def reranker(server: OpenAIServer, **fields: int) -> ModelReranker:
    llm = LLMConfig(base_url=server.base_url, model="test-chat", max_attempts=1)
    config = RerankConfig.model_validate({"provider": "llm", **fields})
    return ModelReranker(config, lambda: make_chat_client(llm))


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"Here you are:\n```json\n{GOOD}\n```",
        '[{"number": 1, "relevance": 3}, {"number": 2, "relevance": 9}]',
        '{"1": 3, "2": 9, "7": 1}',
        '{"grades": [{"number": "1", "relevance": "3"}, {"number": 2, "relevance": 9.0}]}',
    ],
)
def test_grades_are_read_however_they_are_wrapped(text: str) -> None:
    assert read_grades(text, 2) == {0: 0.3, 1: 0.9}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no", "no JSON"),
        ('{"grades": [}', "broken"),
        ('{"grades": [{"number": 1, "relevance": 3}]}', "number 2"),
        ('{"1": "high", "2": 4}', "no number"),
        ("[1, 2]", "number 1, 2"),
    ],
)
def test_what_is_wrong_with_grades_is_said(text: str, said: str) -> None:
    with pytest.raises(UnreadableGradesError, match=said):
        read_grades(text, 2)


def test_the_model_grades_quoted_papers(openai_server: OpenAIServer) -> None:
    openai_server.queue(Reply(GOOD))
    found = reranker(openai_server).rerank("what is looked for", HITS)
    assert found.relevance == {0: 0.3, 1: 0.9}
    assert found.usage.llm_calls == 1
    (request,) = openai_server.requests_to("/chat/completions")
    assert request.json["response_format"]["type"] == "json_schema"
    prompt = prompt_text(request.json)
    assert "what is looked for" in prompt
    assert "Title 2" in prompt
    assert "[9]" not in prompt


def test_broken_grades_are_asked_for_once_more_with_the_error(openai_server: OpenAIServer) -> None:
    openai_server.queue(Reply(BROKEN), Reply(GOOD))
    found = reranker(openai_server).rerank("q", HITS)
    assert found.relevance == {0: 0.3, 1: 0.9}
    assert found.usage.llm_calls == 2
    _, second = openai_server.requests_to("/chat/completions")
    assert second.json["messages"][-2]["content"] == BROKEN
    assert "broken" in second.json["messages"][-1]["content"]


@pytest.mark.parametrize("fields", [{}, {"max_calls": 1}])
def test_a_model_that_cannot_grade_leaves_the_order(
    openai_server: OpenAIServer, fields: dict[str, int]
) -> None:
    openai_server.always(Reply("I like both."))
    found = reranker(openai_server, **fields).rerank("q", HITS)
    assert found.relevance == {}
    assert "cannot be read" in found.warnings[0]
    calls = len(openai_server.requests_to("/chat/completions"))
    assert calls == found.usage.llm_calls == (1 if fields else 2)


def test_an_endpoint_that_fails_leaves_the_order(openai_server: OpenAIServer) -> None:
    openai_server.always(server_error(500))
    found = reranker(openai_server).rerank("q", HITS)
    assert found.relevance == {}
    assert "not reranked" in found.warnings[0]


def test_without_a_model_it_is_said(small_library_path: Path) -> None:
    settings = extractive_settings(small_library_path)
    settings = settings.model_copy(update={"rerank": RerankConfig(provider="llm")})
    with Assistant(settings) as assistant:
        found = assistant.search("tides", 3)
    assert len(found.hits) == 3
    assert "no model is configured" in found.warnings[0]
