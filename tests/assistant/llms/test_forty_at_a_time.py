"""Forty different questions at a time to a slow endpoint: none lost, none mixed up.

The server writes into each reply which reader asked; nobody may read another's number.
"""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer, Done, TextDelta
from tests.support.assistants import citing, llm_settings
from tests.support.checks import assert_sound
from tests.support.openai_chat import prompt_text
from tests.support.openai_records import RecordedRequest
from tests.support.openai_replies import Reply
from tests.support.openai_server import OpenAIServer

READERS = range(40)
ASKED = {reader: f"What does EmberNet consume? I am reader {reader}." for reader in READERS}
_READER = re.compile(r"I am reader (\d+)\.")
_NAMED = re.compile(r"Reader (\d+)")


def slow_echo(request: RecordedRequest) -> Reply:
    """True and cited, and for whom it is; a word every 20 ms, after a wait of .5 s."""
    (reader,) = set(_READER.findall(prompt_text(request.json)))
    said = citing(f"EmberNet consumes 0.8 mW {{embernet}}. Reader {reader} asked for this.")
    return Reply(said.text(request.json), delay_s=0.5, chunk_delay_s=0.02)


@pytest.fixture
def assistant(small_library_path: Path, openai_server: OpenAIServer) -> Iterator[Assistant]:
    openai_server.always(slow_echo)
    with Assistant(llm_settings(small_library_path, openai_server)) as assistant:
        assistant.warm_up()
        yield assistant


def assert_own(reader: int, answer: Answer, shown: str) -> None:
    """It is this reader's answer, whole, and what was streamed is nobody else's either."""
    assert_sound(answer)
    assert answer.question == ASKED[reader]
    assert answer.status == "answered"
    (warning,) = answer.warnings
    assert warning.endswith(f"Reader {reader} asked for this.")
    assert [citation.paper.id for citation in answer.citations] == ["embernet"]
    assert [sentence.supported for sentence in answer.sentences] == [True, False]
    for text in (answer.text, shown):
        assert _NAMED.findall(text) == [str(reader)]
    assert answer.usage.llm_calls == 1


def stream(assistant: Assistant, reader: int) -> tuple[Answer, str]:
    shown = ""
    for event in assistant.stream(ASKED[reader]):
        if isinstance(event, TextDelta):
            shown += event.text
        elif isinstance(event, Done):
            answer = event.answer
    return answer, shown


async def astream(assistant: Assistant, reader: int) -> tuple[Answer, str]:
    shown = ""
    async for event in assistant.astream(ASKED[reader]):
        if isinstance(event, TextDelta):
            shown += event.text
        elif isinstance(event, Done):
            answer = event.answer
    return answer, shown


def test_in_threads(assistant: Assistant, openai_server: OpenAIServer) -> None:
    with ThreadPoolExecutor(len(READERS)) as pool:
        answers = list(pool.map(lambda reader: stream(assistant, reader), READERS))
    for reader, (answer, shown) in zip(READERS, answers, strict=True):
        assert_own(reader, answer, shown)
    assert len(openai_server.requests_to("/chat/completions")) == len(READERS)


async def test_in_one_event_loop(assistant: Assistant, openai_server: OpenAIServer) -> None:
    answers = await asyncio.gather(*(astream(assistant, reader) for reader in READERS))
    for reader, (answer, shown) in zip(READERS, answers, strict=True):
        assert_own(reader, answer, shown)
    assert len(openai_server.requests_to("/chat/completions")) == len(READERS)
