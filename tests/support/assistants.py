"""Assistants over a given library, and replies that cite papers by their titles."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.settings import AnswerConfig, LLMConfig, Settings
from ingest.config import LibraryConfig
from tests.support.openai_chat import prompt_text
from tests.support.openai_records import RecordedRequest
from tests.support.openai_replies import Reply
from tests.support.openai_server import OpenAIServer

_SOURCE = re.compile(r"source \[(\d+)\]\nTitle: (.+)")
_PLACE = re.compile(r"\{(\w[\w-]*)\}")


def extractive_settings(library: Path) -> Settings:
    """Settings without a model, whatever the environment says."""
    return Settings(_env_file=None, library=LibraryConfig(path=library))


def llm_settings(
    library: Path, server: OpenAIServer, answer: AnswerConfig | None = None, **llm: Any
) -> Settings:
    """Settings whose model is the scriptable server."""
    fields = {"model": "test-chat", "max_tokens": 300, "max_attempts": 2, **llm}
    return Settings(
        _env_file=None,
        library=LibraryConfig(path=library),
        llm=LLMConfig(base_url=server.base_url, **fields),
        answer=answer or AnswerConfig(),
    )


def source_numbers(request: Mapping[str, Any]) -> dict[str, int]:
    """Number of each source in a prompt by the first word of its title, in lower case."""
    found = _SOURCE.findall(prompt_text(request))
    return {title.split(":")[0].split()[0].lower(): int(number) for number, title in found}


def citing(template: str) -> "CitingReply":
    """A scripted reply in which `{petalmixer}` becomes the number of that paper in the prompt."""
    return CitingReply(template)


class CitingReply:
    """Fills in the prompt's own source numbers."""

    def __init__(self, template: str) -> None:
        self.template = template

    def text(self, request: Mapping[str, Any]) -> str:
        """The reply to a request's JSON."""
        numbers = source_numbers(request)
        return _PLACE.sub(lambda place: f"[{numbers[place[1]]}]", self.template)

    def __call__(self, request: RecordedRequest) -> Reply:
        return Reply(self.text(request.json))
