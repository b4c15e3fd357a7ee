"""Gathers the chunks of one reply: its text, its usage, and whether it is whole."""

from collections.abc import Sequence

from llama_index.core.base.llms.types import ChatMessage
from openai.types import CompletionUsage
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai.types.chat.chat_completion import Choice
from openai.types.chat.chat_completion_chunk import Choice as ChunkChoice

from assistant.answer import Usage
from assistant.llms.thoughts import Thoughts, without_thoughts
from assistant.token_budget import MESSAGE_TOKENS
from assistant.tokens import count_tokens
from ingest.endpoint_errors import Endpoint, EndpointError

_TOKENS_BEFORE_ANSWER = 3


class Reply:
    """What has arrived so far. A reply is whole once a finish reason has come.

    The `openai` client takes a body that ends early for the end of the answer, so the finish
    reason is the only sign that nothing was cut off.
    """

    def __init__(self, endpoint: Endpoint, messages: Sequence[ChatMessage]) -> None:
        self._endpoint = endpoint
        self._messages = messages
        self.clear()

    def clear(self) -> None:
        """Forget what came, before another attempt."""
        self._pieces: list[str] = []
        self._thoughts = Thoughts()
        self._counted: CompletionUsage | None = None
        self.finish_reason: str | None = None
        self.empty = True

    @property
    def text(self) -> str:
        """The text so far, without what the model thought aloud."""
        return without_thoughts("".join(self._pieces))

    @property
    def only_thoughts(self) -> bool:
        """Whether the reply ended before the model had finished thinking."""
        return self._thoughts.open

    @property
    def usage_is_estimated(self) -> bool:
        """Whether the endpoint has not counted the tokens (yet)."""
        return self._counted is None

    @property
    def usage(self) -> Usage:
        """The endpoint's counts; before they come, or where they never do, tiktoken's."""
        if self._counted is not None:
            prompt, completion = self._counted.prompt_tokens, self._counted.completion_tokens
        else:
            prompt = _prompt_tokens(self._messages, self._endpoint.model)
            completion = count_tokens(self.text, self._endpoint.model)
        return Usage(llm_calls=1, prompt_tokens=prompt, completion_tokens=completion, cost_usd=None)

    def feed(self, event: object) -> str:
        """Take one chunk, or a whole completion; return its text, which may be empty."""
        if not isinstance(event, ChatCompletionChunk | ChatCompletion):
            raise EndpointError(
                "bad_reply", self._endpoint, "sent an event that is no chunk", retryable=True
            )
        self.empty = False
        if isinstance(event.usage, CompletionUsage):
            self._counted = event.usage
        piece = "".join(self._take(choice) for choice in getattr(event, "choices", None) or ())
        piece = self._thoughts.feed(piece)
        if self.finish_reason is not None:
            piece += self._thoughts.finish()
        if piece:
            self._pieces.append(piece)
        return piece

    def finish(self) -> None:
        """Check at the end that the answer is whole; EndpointError where it is not.

        Cut: kind `connection`, retryable. Stopped by the content filter: permanent. Stopped by the
        token limit is no error; `finish_reason` is then "length".
        """
        if self.finish_reason is None:
            what = "ended the answer in the middle"
            raise EndpointError("connection", self._endpoint, what, retryable=True)
        if self.finish_reason == "content_filter":
            what = "stopped the answer by its content filter"
            raise EndpointError("content_filter", self._endpoint, what)

    def _take(self, choice: Choice | ChunkChoice) -> str:
        self.finish_reason = getattr(choice, "finish_reason", None) or self.finish_reason
        part = choice.message if isinstance(choice, Choice) else getattr(choice, "delta", None)
        content = getattr(part, "content", None)
        return content if isinstance(content, str) else ""


def _prompt_tokens(messages: Sequence[ChatMessage], model: str) -> int:
    """OpenAI's recipe for chat prompts: every message costs a few tokens beside its text."""
    texts = (message.content or "" for message in messages)
    inside = sum(count_tokens(text, model) + MESSAGE_TOKENS for text in texts)
    return inside + _TOKENS_BEFORE_ANSWER
