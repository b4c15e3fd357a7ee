"""A model's answer being written; a prompt that is too long for the model is shortened once."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass

from assistant.answer import Event, Usage
from assistant.generation import GeneratedText
from assistant.llms.chat import AsyncChatStream, ChatClient, ChatStream
from assistant.llms.models import list_models
from assistant.prompting import Prompt, PromptBudgetError, PromptMaker
from ingest.endpoint_errors import EndpointError

_TOKENISER_MARGIN = 0.85
"""Share of a server's window that is filled by tiktoken's count; its own tokeniser may differ."""


@dataclass
class Writing:
    """Read `stream` or `astream` to the end, then `text`, `usage` and `finish_reason` are final.

    `prompt` is the one that was answered; `warnings` say what was left out of it.
    """

    chat: ChatClient
    make_prompt: PromptMaker
    prompt: Prompt
    context_window: int

    def __post_init__(self) -> None:
        self.warnings: list[str] = []
        self._begin(self.prompt)

    def stream(self) -> Iterator[Event]:
        """What may be shown, as it comes; closing it stops the model. Raises EndpointError."""
        try:
            yield from self._written()
        except EndpointError as error:
            self._shorten(error)
            yield from self._written()

    async def astream(self) -> AsyncGenerator[Event, None]:
        """`stream` for `async for`; cancelling the task that reads it stops the model."""
        try:
            async with aclosing(self._awritten()) as events:
                async for event in events:
                    yield event
            return
        except EndpointError as error:
            await asyncio.to_thread(self._shorten, error)
        async with aclosing(self._awritten()) as events:
            async for event in events:
                yield event

    def _begin(self, prompt: Prompt) -> None:
        self.prompt = prompt
        self.text = GeneratedText(prompt)
        self.usage = Usage()
        self.finish_reason: str | None = None

    def _written(self) -> Iterator[Event]:
        with self.chat.stream(self.prompt.messages) as reply:
            try:
                for chunk in reply:
                    yield from self.text.feed(chunk)
            finally:
                self._note(reply)
        yield from self.text.finish()

    async def _awritten(self) -> AsyncGenerator[Event, None]:
        async with self.chat.astream(self.prompt.messages) as reply:
            try:
                async for chunk in reply:
                    for event in self.text.feed(chunk):
                        yield event
            finally:
                self._note(reply)
        for event in self.text.finish():
            yield event

    def _note(self, reply: ChatStream | AsyncChatStream) -> None:
        """Take over what the call cost; one that brought nothing is taken to cost nothing."""
        if self.text.text or reply.finish_reason:
            self.usage, self.finish_reason = reply.usage, reply.finish_reason

    def _shorten(self, error: EndpointError) -> None:
        """Begin anew with fewer sources where `error` is an overflow; else raise it."""
        if error.kind != "context" or self.text.text:
            raise error
        before = len(self.prompt.papers)
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
