"""A line for every answer, with a request id and without secrets."""

import asyncio
import io
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from assistant import Assistant
from assistant.logs import LogFormat, Redacting, secret_values, under_request
from assistant.settings import LLMConfig, Settings
from ingest.config import EmbeddingConfig
from tests.support.assistants import citing, llm_settings
from tests.support.openai_errors import unauthorized
from tests.support.openai_server import OpenAIServer

QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"
KEY = 'sk-very-"secret"'
FINE = citing("PetalMixer reaches 81.4% top-1 accuracy on ImageNet-1K {petalmixer}.")


class Lines:
    """What a logger writes while the test runs."""

    def __init__(self, log_format: LogFormat, secrets: frozenset[str]) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(Redacting(log_format, secrets))

    def read(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


@pytest.fixture
def lines() -> Iterator[Lines]:
    logger, level = logging.getLogger("assistant"), logging.getLogger("assistant").level
    lines = Lines("json", frozenset({KEY}))
    logger.addHandler(lines.handler)
    logger.setLevel(logging.DEBUG)
    yield lines
    logger.removeHandler(lines.handler)
    logger.setLevel(level)


def test_a_line_for_an_answer(
    small_library_path: Path, openai_server: OpenAIServer, lines: Lines
) -> None:
    openai_server.always(FINE)
    with Assistant(llm_settings(small_library_path, openai_server)) as assistant:
        assistant.ask(QUESTION)
        assistant.ask(QUESTION)
    first, second = (line for line in lines.read() if line["logger"] == "assistant.answers")
    assert (first["level"], first["status"], first["model"]) == ("info", "answered", "test-chat")
    assert first["usage"]["llm_calls"] == 1
    assert (first["cached"], second["cached"]) == (False, True)
    assert len({first["request_id"], second["request_id"]}) == 2
    assert QUESTION not in lines.stream.getvalue()


def test_a_callers_id_is_kept(
    small_library_path: Path, openai_server: OpenAIServer, lines: Lines
) -> None:
    openai_server.always(FINE)

    async def both(assistant: Assistant) -> None:
        async def ask(name: str) -> None:
            with under_request(name):
                await assistant.aask(QUESTION)

        await asyncio.gather(ask("one"), ask("two"))

    with Assistant(llm_settings(small_library_path, openai_server)) as assistant:
        asyncio.run(both(assistant))
    told = [line["request_id"] for line in lines.read() if line["logger"] == "assistant.answers"]
    assert sorted(told) == ["one", "two"]


def test_no_line_holds_the_key(
    small_library_path: Path, openai_server: OpenAIServer, lines: Lines
) -> None:
    openai_server.always(unauthorized())
    with Assistant(llm_settings(small_library_path, openai_server, api_key=KEY)) as assistant:
        assistant.ask(QUESTION)
    logging.getLogger("assistant").warning("the key is %s", KEY)
    assert lines.read()
    assert "sk-very" not in lines.stream.getvalue()


def record(message: str) -> logging.LogRecord:
    try:
        raise ValueError(message)
    except ValueError:
        return logging.LogRecord("a", 40, "f", 1, "%s", (message,), sys.exc_info())


def test_a_traceback_stays_on_its_line_and_is_redacted() -> None:
    line = Redacting("json", frozenset({"sk-1"})).format(record("sk-1"))
    assert "sk-1" not in line
    assert "ValueError: ***" in json.loads(line)["traceback"]


def test_text_lines_are_redacted_too() -> None:
    assert Redacting("text", frozenset({"sk-1"})).format(record("sk-1")).startswith("ERROR a: ***")


def test_every_secret_setting_is_known() -> None:
    settings = Settings(
        _env_file=None,
        llm=LLMConfig(api_key=SecretStr("one")),
        embedding=EmbeddingConfig(api_key=SecretStr("two")),
    )
    assert secret_values(settings) == {"one", "two"}
