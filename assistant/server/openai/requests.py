"""A chat completion request, of which the library can serve a part."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Turn
from assistant.server.errors import RequestError
from assistant.server.openai.shown import without_sources
from assistant.server.requests import KANS, MAX_TEXT, Clean

MODEL = "paper-assistant"
MAX_MESSAGES = 400
Role = Literal["system", "developer", "user", "assistant", "tool", "function"]
# What cannot be honoured, and the values that ask for nothing.
_REFUSED: dict[str, tuple[Any, ...]] = {
    "n": (None, 1),
    "tools": (None, []),
    "functions": (None, []),
    "tool_choice": (None, "none", "auto"),
    "function_call": (None, "none", "auto"),
    "logprobs": (None, False),
    "response_format": (None, {"type": "text"}),
    "modalities": (None, [], ["text"]),
    "audio": (None,),
}

Text = Annotated[str, Field(max_length=MAX_TEXT), Clean]


class Part(BaseModel):
    """A piece of a message."""

    model_config = ConfigDict(extra="allow")

    type: str
    text: Text | None = None


class Message(BaseModel):
    """A message of the conversation."""

    model_config = ConfigDict(extra="allow")

    role: Role
    content: Text | Annotated[list[Part], Field(max_length=100)] | None = None

    @property
    def text(self) -> str:
        """The text of all parts; RequestError if one is something else."""
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        if any(part.type != "text" for part in self.content):
            raise RequestError(400, "messages may hold text only", param="messages")
        return "\n".join(part.text or "" for part in self.content)


class StreamOptions(BaseModel):
    """What a stream tells besides the text."""

    include_usage: bool = False


class ChatBody(BaseModel):
    """A request; parameters that only make sense for a model that writes freely are ignored."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [{"model": MODEL, "messages": [{"role": "user", "content": KANS}]}]
        },
    )

    model: Annotated[str, Field(max_length=200)]
    messages: Annotated[list[Message], Field(min_length=1, max_length=MAX_MESSAGES)]
    stream: bool | None = False
    stream_options: StreamOptions | None = None

    def check(self) -> None:
        """RequestError for another model, and for what the library cannot do."""
        if self.model != MODEL:
            raise RequestError(
                404,
                f"the only model here is {MODEL!r}; see /v1/models",
                param="model",
                code="model_not_found",
            )
        given = self.model_extra or {}
        for name, harmless in _REFUSED.items():
            if given.get(name) not in harmless:
                raise RequestError(
                    400,
                    f"{name} is not supported: the library gives one answer, in text",
                    param=name,
                    code="unsupported_parameter",
                )

    @property
    def includes_usage(self) -> bool:
        """Whether a stream shall end with what the answer cost."""
        return bool(self.stream_options and self.stream_options.include_usage)


def conversation(messages: Sequence[Message]) -> tuple[str, tuple[Turn, ...]]:
    """The question and the exchanges before it.

    Instructions of role system or developer are passed over: the assistant has its own, which keep
    answers to the library. RequestError if the last message is no question.
    """
    merged = list(_merged(messages))
    if not merged or merged[-1][0] != "user":
        raise RequestError(400, "the last message must be the user's", param="messages")
    turns, asked = [], ""
    for role, text in merged[:-1]:
        if role == "user":
            asked = text
        else:
            turns.append(Turn(question=asked, answer=without_sources(text)))
            asked = ""
    return merged[-1][1], tuple(turn for turn in turns if turn.question)


def _merged(messages: Sequence[Message]) -> Iterator[tuple[str, str]]:
    """What user and assistant said, in turn; messages of one that follow one another are one."""
    spoken: list[tuple[str, str]] = []
    for message in messages:
        if message.role in ("tool", "function"):
            raise RequestError(400, "there are no tools here", param="messages")
        if message.role in ("system", "developer"):
            continue
        if spoken and spoken[-1][0] == message.role:
            spoken[-1] = (message.role, f"{spoken[-1][1]}\n{message.text}")
        else:
            spoken.append((message.role, message.text))
    yield from spoken
