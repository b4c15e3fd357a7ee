"""The JSON of chat completions, whole or as server-sent events, made from a scripted reply."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import count
from typing import Any

from tests.support.openai_replies import BadChunk, CutStream, ErrorChunk, Reply, Usage

_serial = count(1)


class Pause(Enum):
    """A point of a stream where the server waits for `release()`."""

    UNTIL_RELEASED = 1


def prompt_text(request: Mapping[str, Any]) -> str:
    """Every message's text, one a line; content given as parts is joined."""
    return "\n".join(_content_text(message.get("content")) for message in request["messages"])


def _content_text(content: Any) -> str:
    if isinstance(content, list):
        return "".join(part.get("text", "") for part in content)
    return content or ""


def split_text(text: str, words_per_chunk: int) -> list[str]:
    """Cut `text` into runs of words with the space that follows; joined they are `text` again."""
    words = re.findall(r"\S+\s*|\s+", text)
    starts = range(0, len(words), words_per_chunk)
    return ["".join(words[start : start + words_per_chunk]) for start in starts]


def reply_chunks(reply: Reply, default_text: str) -> list[str]:
    """The content deltas of `reply`."""
    if reply.chunks is not None:
        return list(reply.chunks)
    text = default_text if reply.text is None else reply.text
    return split_text(text, reply.tokens_per_chunk)


def usage_json(request: Mapping[str, Any], reply: Reply, text: str) -> dict[str, int]:
    """The scripted token counts, or the numbers of words."""
    usage = reply.usage or Usage(len(prompt_text(request).split()), len(text.split()))
    return {
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "total_tokens": usage.prompt_tokens + usage.completion_tokens,
    }


def completion_json(request: Mapping[str, Any], reply: Reply, text: str) -> dict[str, Any]:
    """The body of a completion that is not streamed."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text},
        "logprobs": None,
        "finish_reason": reply.finish_reason,
    }
    body = _envelope(request, "chat.completion") | {"choices": [choice]}
    return body | {"usage": usage_json(request, reply, text)} if reply.report_usage else body


def stream_events(
    request: Mapping[str, Any], reply: Reply, chunks: list[str]
) -> Iterator[bytes | Pause | CutStream]:
    """The events of a stream in order, with the points where it waits or where it is cut.

    The first delta is empty. Usage comes only when the request asks for it, last, in a chunk whose
    `choices` are empty.
    """
    stream = _ChunkMaker(request)
    yield stream.delta({"role": "assistant", "content": ""})
    pause_at = None if reply.pause_after is None else min(reply.pause_after, len(chunks))
    trouble_at = None if reply.trouble is None else min(reply.trouble.after, len(chunks))
    for position in range(len(chunks) + 1):
        if position == pause_at:
            yield Pause.UNTIL_RELEASED
        if position == trouble_at:
            yield from _trouble_events(reply.trouble)
            if not isinstance(reply.trouble, BadChunk):
                return
        if position < len(chunks):
            yield stream.delta({"content": chunks[position]})
    yield stream.delta({}, reply.finish_reason)
    if stream.with_usage and reply.report_usage:
        yield stream.usage(usage_json(request, reply, "".join(chunks)))
    yield b"data: [DONE]\n\n"


def _trouble_events(
    trouble: CutStream | BadChunk | ErrorChunk | None,
) -> Iterator[bytes | CutStream]:
    match trouble:
        case CutStream():
            yield trouble
        case BadChunk():
            yield f"data: {trouble.data}\n\n".encode()
        case ErrorChunk():
            yield _event(dict(trouble.body))
            yield b"data: [DONE]\n\n"


class _ChunkMaker:
    """Makes the chunks of one stream, which share their envelope."""

    def __init__(self, request: Mapping[str, Any]) -> None:
        options = request.get("stream_options") or {}
        self.with_usage = bool(options.get("include_usage"))
        self._envelope = _envelope(request, "chat.completion.chunk")

    def delta(self, delta: dict[str, str], finish_reason: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        usage: dict[str, Any] = {"usage": None} if self.with_usage else {}
        return _event(self._envelope | {"choices": [choice]} | usage)

    def usage(self, usage: dict[str, int]) -> bytes:
        return _event(self._envelope | {"choices": [], "usage": usage})


def _envelope(request: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{next(_serial)}",
        "object": kind,
        "created": int(time.time()),
        "model": request["model"],
    }


def _event(body: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(body)}\n\n".encode()
