"""One streamed chat call, synchronous and asynchronous.

Until the first piece of text, transient failures are retried unseen. After it, a failure is raised
to the reader, who has shown the beginning and must decide; it is never passed off as the end.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import openai
from llama_index.core.base.llms.types import ChatMessage
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from assistant.answer import Usage
from assistant.llms.breaker import CircuitBreaker
from assistant.llms.chat_span import ChatSpan
from assistant.llms.parameters import Parameters
from assistant.llms.reply import Reply
from ingest.endpoint_errors import Endpoint, EndpointError
from ingest.endpoint_faults import translated
from ingest.retry import Deadline, RetryPolicy

_LONGEST_CONNECT_S = 10.0
_EVENT_STREAM = "text/event-stream"


@dataclass(frozen=True)
class ChatCall:
    """What is asked of whom, and how patiently."""

    endpoint: Endpoint
    policy: RetryPolicy
    breaker: CircuitBreaker
    parameters: Parameters
    timeout_s: float
    messages: Sequence[ChatMessage]
    message_dicts: Any
    options: Mapping[str, Any]
    deadline: Deadline | None = None


class _Reading:
    """What both kinds of stream share: the reply so far, the deadline, and the end's check."""

    def __init__(self, call: ChatCall) -> None:
        self._call = call
        self._reply = Reply(call.endpoint, call.messages)
        self._deadline: Deadline | None = None

    @property
    def usage(self) -> Usage:
        """Tokens of this call: the endpoint's count once it has come, else tiktoken's."""
        return self._reply.usage

    @property
    def usage_is_estimated(self) -> bool:
        """Whether `usage` is tiktoken's count."""
        return self._reply.usage_is_estimated

    @property
    def finish_reason(self) -> str | None:
        """None until the end; "stop", or "length" where the token limit ended the answer."""
        return self._reply.finish_reason

    @property
    def only_thoughts(self) -> bool:
        """Whether the model ended before it had finished thinking."""
        return self._reply.only_thoughts

    def _begin(self) -> Deadline:
        """EndpointError where a deadline that is shared with earlier calls has passed."""
        if self._deadline is not None:
            raise RuntimeError("a chat stream is read once; ask for another one")
        self._deadline = self._call.deadline or self._call.policy.deadline()
        self._time_left()
        return self._deadline

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """The circuit breaker's watch over this call, which is a span for those who trace."""
        call = self._call
        with (
            ChatSpan(call.endpoint.model, call.messages, self._reply),
            call.breaker.guarding(call.endpoint),
        ):
            yield

    def _time_left(self) -> float:
        """Seconds for the next wait; EndpointError when the deadline has passed."""
        assert self._deadline is not None
        return self._deadline.timeout(self._call.timeout_s, self._call.endpoint)

    def _sent(self) -> dict[str, Any]:
        parameters = self._call.parameters.resolve(self._call.options)
        wait = self._time_left()
        timeout = httpx.Timeout(wait, connect=min(wait, _LONGEST_CONNECT_S))
        return {**parameters, "messages": self._call.message_dicts, "timeout": timeout}

    def _finish(self, content_type: str) -> None:
        if self._reply.empty and not content_type.startswith(_EVENT_STREAM):
            what = f"answered with {content_type or 'an unknown type'}, not with a stream"
            raise EndpointError("bad_reply", self._call.endpoint, what)
        self._reply.finish()


class ChatStream(_Reading):
    """Iterate it for the text, or `read` it whole; leaving the loop stops the server.

    Reading goes to an end, an EndpointError, or `close`. The deadline is checked between two
    chunks, so a server that falls silent may exceed it by one time-out. After a read, `usage` and
    `finish_reason` are this call's own, whatever other calls do meanwhile.
    """

    def __init__(self, call: ChatCall, client: openai.OpenAI) -> None:
        super().__init__(call)
        self._client = client
        self._stream: openai.Stream[ChatCompletionChunk] | None = None

    def __enter__(self) -> "ChatStream":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[str]:
        retrying = self._call.policy.retrying(self._begin())
        try:
            with self._guarded():
                piece: str = retrying(self._first)
                while piece:
                    yield piece
                    piece = self._next()
        finally:
            self.close()

    def read(self) -> str:
        """The whole text; here a cut stream is retried too, for nobody has seen its beginning."""
        retrying = self._call.policy.retrying(self._begin())
        try:
            with self._guarded():
                return retrying(self._whole)
        finally:
            self.close()

    def close(self) -> None:
        """Hang up, which makes the server stop generating; harmless when at an end."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _whole(self) -> str:
        piece = self._first()
        while piece:
            piece = self._next()
        return self._reply.text

    def _first(self) -> str:
        self.close()
        self._reply.clear()
        answer = self._request()
        if isinstance(answer, openai.Stream):
            self._stream = answer
            return self._next()
        piece = self._reply.feed(answer)
        self._reply.finish()
        return piece

    def _next(self) -> str:
        stream = self._stream
        if stream is None:
            return ""
        try:
            with translated(self._call.endpoint):
                while (event := next(stream, None)) is not None:
                    self._time_left()
                    if piece := self._reply.feed(event):
                        return piece
        except EndpointError:
            if self._reply.finish_reason is None:
                raise
        self._finish(stream.response.headers.get("content-type", ""))
        return ""

    def _request(self) -> openai.Stream[ChatCompletionChunk] | ChatCompletion:
        while True:
            sent = self._sent()
            try:
                with translated(self._call.endpoint):
                    answer: Any = self._client.chat.completions.create(**sent)
                    return answer  # type: ignore[no-any-return]
            except EndpointError as error:
                if not self._call.parameters.give_up(error, sent):
                    raise


class AsyncChatStream(_Reading):
    """`ChatStream` for `async for`; cancelling the task that reads it stops the server."""

    def __init__(self, call: ChatCall, client: Callable[[], openai.AsyncOpenAI]) -> None:
        super().__init__(call)
        self._client = client
        self._stream: openai.AsyncStream[ChatCompletionChunk] | None = None

    async def __aenter__(self) -> "AsyncChatStream":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def __aiter__(self) -> AsyncIterator[str]:
        retrying = self._call.policy.async_retrying(self._begin())
        try:
            with self._guarded():
                piece: str = await retrying(self._first)
                while piece:
                    yield piece
                    piece = await self._next()
        finally:
            await self.aclose()

    async def read(self) -> str:
        """The whole text; here a cut stream is retried too, for nobody has seen its beginning."""
        retrying = self._call.policy.async_retrying(self._begin())
        try:
            with self._guarded():
                return await retrying(self._whole)
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        """Hang up, which makes the server stop generating; harmless when at an end."""
        if self._stream is not None:
            stream, self._stream = self._stream, None
            await stream.close()

    async def _whole(self) -> str:
        piece = await self._first()
        while piece:
            piece = await self._next()
        return self._reply.text

    async def _first(self) -> str:
        await self.aclose()
        self._reply.clear()
        answer = await self._request()
        if isinstance(answer, openai.AsyncStream):
            self._stream = answer
            return await self._next()
        piece = self._reply.feed(answer)
        self._reply.finish()
        return piece

    async def _next(self) -> str:
        stream = self._stream
        if stream is None:
            return ""
        try:
            with translated(self._call.endpoint):
                while (event := await anext(stream, None)) is not None:
                    self._time_left()
                    if piece := self._reply.feed(event):
                        return piece
        except EndpointError:
            if self._reply.finish_reason is None:
                raise
        self._finish(stream.response.headers.get("content-type", ""))
        return ""

    async def _request(self) -> openai.AsyncStream[ChatCompletionChunk] | ChatCompletion:
        while True:
            sent = self._sent()
            try:
                with translated(self._call.endpoint):
                    answer: Any = await self._client().chat.completions.create(**sent)
                    return answer  # type: ignore[no-any-return]
            except EndpointError as error:
                if not self._call.parameters.give_up(error, sent):
                    raise
