"""Chat completions, whole and in chunks."""

import re
import time
import uuid
from collections.abc import Iterator
from typing import Any

from assistant.answer import Answer
from assistant.server.openai.requests import MODEL
from assistant.server.openai.shown import shown

_PIECES = re.compile(r"\S+\s*|\s+")


def completion(answer: Answer) -> dict[str, Any]:
    """The whole reply."""
    message = {"role": "assistant", "content": shown(answer), "refusal": None}
    return {
        **_head("chat.completion"),
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": _usage(answer),
        **_added(answer),
    }


class Chunks:
    """The chunks of one streamed reply, which share an id."""

    def __init__(self) -> None:
        self._head = _head("chat.completion.chunk")

    def opening(self) -> dict[str, Any]:
        """The first chunk, sent before there is an answer."""
        return self._chunk({"role": "assistant", "content": ""})

    def pieces(self, answer: Answer, includes_usage: bool) -> Iterator[dict[str, Any]]:
        """The text word by word, the citations with the last piece, then the usage if asked for."""
        for piece in _PIECES.findall(shown(answer)):
            yield self._chunk({"content": piece})
        yield {**self._chunk({}, "stop"), **_added(answer)}
        if includes_usage:
            yield {**self._head, "choices": [], "usage": _usage(answer)}

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return {**self._head, "choices": [choice]}


def _head(kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL,
    }


def _usage(answer: Answer) -> dict[str, int]:
    prompt, written = answer.usage.prompt_tokens, answer.usage.completion_tokens
    return {
        "prompt_tokens": prompt,
        "completion_tokens": written,
        "total_tokens": prompt + written,
    }


def _added(answer: Answer) -> dict[str, Any]:
    """What a library can say and OpenAI's form has no place for."""
    citations = [citation.model_dump(mode="json") for citation in answer.citations]
    return {"citations": citations, "status": answer.status, "warnings": list(answer.warnings)}
