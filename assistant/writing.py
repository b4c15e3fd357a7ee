"""A model's answer being written: begun again where the stream breaks or the prompt is too long."""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass

from assistant.answer import Event, Usage
from assistant.generation import GeneratedText
from assistant.llms.chat import AsyncChatStream, ChatClient, ChatStream
from assistant.llms.models import list_models
from assistant.prompting import Prompt, PromptBudgetError, PromptMaker
from assistant.resuming import SeenText
from ingest.endpoint_errors import EndpointError

_TOKENISER_MARGIN = 0.85
"""Share of a server's window that is filled by tiktoken's count; its own tokeniser may differ."""
_CHARACTERS_A_TOKEN = 12
"""More than any prose takes: a server that writes on beyond this ignores the limit of tokens."""


@dataclass
class Writing:
    """Read `stream` or `astream` to the end, then `text`, `usage` and `finish_reason` are final.

    `prompt` is the one that was answered; `warnings` say what was left out of it. `only_thoughts`:
    the model spent its tokens on thinking and gave no answer.
    """

    chat: ChatClient
    make_prompt: PromptMaker
    prompt: Prompt
    context_window: int

    def __post_init__(self) -> None:
        self.warnings: list[str] = []
        self._lost = Usage()
        self._broken = 0
        self._shortened = False
        self._seen = SeenText()
        self._begin(self.prompt)

    def stream(self) -> Iterator[Event]:
        """What may be shown, as it comes; closing it stops the model. Raises EndpointError."""
        while True:
            try:
                yield from self._written()
                return
            except EndpointError as error:
                self._begin_again(error)

    async def astream(self) -> AsyncGenerator[Event, None]:
        """`stream` for `async for`; cancelling the task that reads it stops the model."""
        while True:
            try:
                async with aclosing(self._awritten()) as events:
                    async for event in events:
                        yield event
                return
            except EndpointError as error:
                await asyncio.to_thread(self._begin_again, error)

    @property
    def usage(self) -> Usage:
        """Of all attempts that brought something."""
        return self._lost.plus(self._used)

    def _begin(self, prompt: Prompt) -> None:
        self.prompt = prompt
        self.text = GeneratedText(prompt)
        self.finish_reason: str | None = None
        self.only_thoughts = False
        self._used = Usage()
        self._seen.begin()

    def _written(self) -> Iterator[Event]:
        with self.chat.stream(self.prompt.messages) as reply:
            try:
                for chunk in reply:
                    yield from self._seen.new(self.text.feed(chunk))
                    if self._endless():
                        break
            finally:
                self._note(reply)
        yield from self._seen.new(self.text.finish())

    async def _awritten(self) -> AsyncGenerator[Event, None]:
        async with self.chat.astream(self.prompt.messages) as reply:
            try:
                async for chunk in reply:
                    for event in self._seen.new(self.text.feed(chunk)):
                        yield event
                    if self._endless():
                        break
            finally:
                self._note(reply)
        for event in self._seen.new(self.text.finish()):
            yield event

    def _endless(self) -> bool:
        """Whether more was written than the limit of tokens allows."""
        return self.text.length > _CHARACTERS_A_TOKEN * self.make_prompt.max_tokens

    def _note(self, reply: ChatStream | AsyncChatStream) -> None:
        """Take over what the call cost; one that brought nothing is taken to cost nothing."""
        if self.text.text or reply.finish_reason:
            self._used = reply.usage
            self.finish_reason = "length" if self._endless() else reply.finish_reason
            self.only_thoughts = reply.only_thoughts

    def _begin_again(self, error: EndpointError) -> None:
        """Prepare another attempt, or raise `error` where none is worth making.

        Before its first word the chat client itself tries again; here a beginning was lost.
        """
        if self.text.text:
            self._broken += 1
            if not error.retryable or self._broken >= self.chat.policy.max_attempts:
                error.attempts = self._broken
                raise error
            time.sleep(self.chat.policy.pause(self._broken))
            self.chat = self.chat.for_another_try()
            self._lost = self.usage
            self._begin(self.prompt)
        else:
            self._shorten(error)

    def _shorten(self, error: EndpointError) -> None:
        """Begin anew with fewer sources where `error` is an overflow, once; else raise it."""
        if error.kind != "context" or self._shortened:
            raise error
        before = len(self.prompt.papers)
        self._shortened = True
        try:
            self._begin(self._smaller_prompt())
        except PromptBudgetError:
            raise error from None
        self.warnings.append(
            f"the model takes fewer tokens than PAPERS_LLM__CONTEXT_WINDOW={self.context_window}"
            f" says; {len(self.prompt.papers)} of {before} sources were used"
        )

    def _smaller_prompt(self) -> Prompt:
        """What fits the window that the endpoint lists (vLLM does), else half of the sources."""
        window = self._listed_window()
        if window is not None and window < self.context_window:
            fitted = self.make_prompt(int(window * _TOKENISER_MARGIN))
            if len(fitted.papers) < len(self.prompt.papers):
                return fitted
        half = len(self.prompt.papers) // 2
        if not half:
            raise PromptBudgetError("not even one source fits")
        return self.make_prompt(self.context_window, half)

    def _listed_window(self) -> int | None:
        try:
            listed = list_models(self.chat.endpoint)
        except EndpointError:
            return None
        name = self.chat.endpoint.model
        return next((m.context_window for m in listed if m.answers_to(name)), None)
