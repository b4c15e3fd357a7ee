"""A call of the model as a span."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.instrumentation.events.llm import LLMChatEndEvent, LLMChatStartEvent

from assistant.llms.reply import Reply
from assistant.spans import Span


class ChatSpan(Span):
    """Tells what was sent, what has come of the reply at the end, and its tokens.

    Attributes are named as in OpenInference's semantic conventions for traces of language models.
    """

    def __init__(self, model: str, messages: Sequence[ChatMessage], reply: Reply) -> None:
        super().__init__("Chat", model=model)
        self._model = model
        self._messages = list(messages)
        self._reply = reply

    def __enter__(self) -> Self:
        super().__enter__()
        self.note({"llm.model_name": self._model})
        self.tell(
            lambda: LLMChatStartEvent(
                messages=self._messages, additional_kwargs={}, model_dict={"model": self._model}
            )
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._reply.finish_reason is not None:
            self.note({"llm.finish_reason": self._reply.finish_reason})
        if self._reply.text:
            self.tell(self._ended)
        super().__exit__(kind, error, trace)

    def _ended(self) -> LLMChatEndEvent:
        message = ChatMessage(role=MessageRole.ASSISTANT, content=self._reply.text)
        response = ChatResponse(message=message, raw={"usage": self._reply.usage.model_dump()})
        return LLMChatEndEvent(messages=self._messages, response=response)
