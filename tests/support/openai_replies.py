"""What a test can script the OpenAI-protocol server to do with one request.

`Reply` is an ordinary answer, possibly one whose stream goes wrong; the other classes answer
outside the protocol. Everything is frozen, so that one value can be queued many times.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.support.openai_records import RecordedRequest

FinishReason = Literal["stop", "length", "content_filter", "tool_calls"]


@dataclass(frozen=True, slots=True)
class Usage:
    """Token counts to report in place of the server's own count of words."""

    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class CutStream:
    """The connection ends after `after` content chunks, without a finish chunk or `[DONE]`.

    `close` ends it in the middle of the HTTP body, `reset` sends a TCP reset, and `no_done` ends
    the body properly, which the `openai` client takes for a complete answer. Without streaming,
    half of the JSON body is sent and the connection is closed, or reset.
    """

    after: int
    how: Literal["close", "reset", "no_done"] = "close"


@dataclass(frozen=True, slots=True)
class BadChunk:
    """An event that is no JSON stands after `after` content chunks; the stream then goes on.

    Without streaming the body is `data` itself.
    """

    after: int
    data: str = '{"id": "chatcmpl-1", "choices": [{"delta"'


@dataclass(frozen=True, slots=True)
class ErrorChunk:
    """The server fails after `after` content chunks and says so in an event, with status 200.

    `body` is the whole event. Without streaming it comes with status 500.
    """

    after: int
    body: Mapping[str, Any] = field(
        default_factory=lambda: {
            "error": {
                "message": "The engine stopped.",
                "type": "InternalServerError",
                "param": None,
                "code": 500,
            }
        }
    )


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `text` and `chunks` both `None` mean the server's default answer.

    `chunks` are the exact content deltas of a stream (their concatenation is the text);
    otherwise the text is cut into words, `tokens_per_chunk` to a delta. `delay_s` passes before
    the first byte, `chunk_delay_s` between two events of a stream. `pause_after` holds the answer
    after that many deltas until `OpenAIServer.release()` (without streaming: before the first
    byte).
    `report_usage=False` leaves usage out even where the request asks for it. Only `delay_s` has a
    meaning for end points other than chat completions.
    """

    text: str | None = None
    chunks: Sequence[str] | None = None
    delay_s: float = 0.0
    chunk_delay_s: float = 0.0
    tokens_per_chunk: int = 1
    pause_after: int | None = None
    finish_reason: FinishReason = "stop"
    usage: Usage | None = None
    report_usage: bool = True
    trouble: CutStream | BadChunk | ErrorChunk | None = None

    def __post_init__(self) -> None:
        if self.text is not None and self.chunks is not None:
            raise ValueError("give text or chunks, not both")
        if self.tokens_per_chunk < 1:
            raise ValueError(f"tokens_per_chunk must be at least 1, not {self.tokens_per_chunk}")

    @property
    def is_only_a_delay(self) -> bool:
        """Whether the reply fits an end point that computes its own body."""
        return self == Reply(delay_s=self.delay_s)


@dataclass(frozen=True, slots=True)
class HttpReply:
    """A whole HTTP reply: an error status, or a 200 with a body the server would never send.

    `body` is sent as JSON unless it is `bytes`, which are sent as they are, as `text/html`.
    """

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Hang:
    """No byte for `seconds` (`None`: until `OpenAIServer.release()`), then the default answer."""

    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class ResetInHeader:
    """A TCP reset in the middle of the response's header."""


@dataclass(frozen=True, slots=True)
class BrokenBody:
    """Status 200 and a body that calls itself JSON and is not."""

    body: bytes = b'{"id": "chatcmpl-1", "choices": [{"mess'


Answer = Reply | HttpReply | Hang | ResetInHeader | BrokenBody
AnswerFactory = Callable[[RecordedRequest], Answer | None]
Script = Answer | AnswerFactory
"""An answer, or a callable that makes it from the request; its `None` is the default answer."""
