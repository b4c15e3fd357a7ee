"""Calls to a chat model that a person waits for: streamed, retried, abortable, never truncated."""

import copy
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import openai
from llama_index.core.base.llms.types import ChatMessage
from llama_index.llms.openai import OpenAI
from llama_index.llms.openai.utils import to_openai_message_dicts
from pydantic import SecretStr

from assistant.answer import Usage
from assistant.llms.breaker import CircuitBreaker
from assistant.llms.endpoint import OPENAI_BASE_URL, chat_endpoint
from assistant.llms.parameters import Parameters
from assistant.llms.stream import AsyncChatStream, ChatCall, ChatStream
from ingest.endpoint_errors import NO_KEY
from ingest.per_loop import PerLoop
from ingest.retry import Deadline, RetryPolicy

__all__ = ["AsyncChatStream", "ChatClient", "ChatStream", "Completion"]


@dataclass(frozen=True)
class Completion:
    """A whole answer. `finish_reason` is "length" where the token limit ended it."""

    text: str
    usage: Usage
    finish_reason: str


class ChatClient:
    """Calls the endpoint of a LlamaIndex `OpenAI` or `OpenAILike` LLM.

    The LLM says where and with what parameters; the calls are made by the `openai` client itself,
    because LlamaIndex's generators hide the finish reason's absence (a cut stream looks whole) and
    leave the connection open when they are closed early (the server goes on generating).

    Every method raises EndpointError. `options` are further request parameters of one call, such
    as `max_tokens` or `response_format`. One client serves many threads and event loops at a time.
    """

    def __init__(
        self,
        llm: OpenAI,
        policy: RetryPolicy | None = None,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        self.llm = llm
        self.breaker = breaker or CircuitBreaker()
        self.policy = policy or RetryPolicy()
        key = SecretStr(llm.api_key) if llm.api_key not in (None, "", NO_KEY) else None
        self.endpoint = chat_endpoint(llm.api_base or OPENAI_BASE_URL, llm.model, key).checked()
        self._deadline: Deadline | None = None
        self._parameters = Parameters(_default_parameters(llm))
        self._client = openai.OpenAI(**self._client_arguments())
        arguments = self._client_arguments()
        self._aclients = PerLoop(
            lambda: openai.AsyncOpenAI(**arguments, http_client=openai.DefaultAsyncHttpxClient())
        )

    @property
    def warnings(self) -> list[str]:
        """One sentence for each parameter that the endpoint has refused."""
        return list(self._parameters.warnings)

    def for_one_answer(self) -> Self:
        """This client with one deadline for all its calls, which begins now."""
        limited = copy.copy(self)
        limited._deadline = self.policy.deadline()
        return limited

    def for_another_try(self) -> Self:
        """This client for repeating a call, which the circuit breaker counts once however often."""
        again = copy.copy(self)
        again.breaker = CircuitBreaker(failures=sys.maxsize)
        return again

    def stream(self, messages: Sequence[ChatMessage], **options: Any) -> ChatStream:
        """The answer piece by piece; nothing is sent until the stream is read."""
        return ChatStream(self._call(messages, options), self._client)

    def astream(self, messages: Sequence[ChatMessage], **options: Any) -> AsyncChatStream:
        """The same for `async for`."""
        return AsyncChatStream(self._call(messages, options), self._aclients.get)

    def complete(self, messages: Sequence[ChatMessage], **options: Any) -> Completion:
        """The whole answer; a stream that is cut is started again."""
        stream = self.stream(messages, **options)
        text = stream.read()
        return Completion(text, stream.usage, stream.finish_reason or "")

    async def acomplete(self, messages: Sequence[ChatMessage], **options: Any) -> Completion:
        """The same; cancelling the task stops the server."""
        stream = self.astream(messages, **options)
        text = await stream.read()
        return Completion(text, stream.usage, stream.finish_reason or "")

    def close(self) -> None:
        """Close the connections of the synchronous methods."""
        self._client.close()

    async def aclose(self) -> None:
        """Close the connections of this event loop, and the synchronous ones."""
        self.close()
        client = self._aclients.pop()
        if client is not None:
            await client.close()

    def _call(self, messages: Sequence[ChatMessage], options: dict[str, Any]) -> ChatCall:
        return ChatCall(
            endpoint=self.endpoint,
            policy=self.policy,
            breaker=self.breaker,
            parameters=self._parameters,
            timeout_s=self.llm.timeout,
            messages=tuple(messages),
            message_dicts=to_openai_message_dicts(list(messages), model=self.llm.model),
            options=options,
            deadline=self._deadline,
        )

    def _client_arguments(self) -> dict[str, Any]:
        return {
            "api_key": self.endpoint.key,
            "base_url": self.endpoint.base_url,
            "max_retries": 0,
            "default_headers": self.llm.default_headers,
        }


def _default_parameters(llm: OpenAI) -> dict[str, Any]:
    parameters = {
        "model": llm.model,
        "temperature": llm.temperature,
        "stream": True,
        "stream_options": {"include_usage": True},
        **llm.additional_kwargs,
    }
    return parameters if llm.max_tokens is None else {"max_tokens": llm.max_tokens, **parameters}
