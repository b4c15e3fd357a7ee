"""The state of a conversation: what was asked, and how far each answer has come."""

from typing import Literal

from pydantic import Field

from assistant.answer import Answer, CitationFound, Done, Event, Frozen, TextDelta, Turn
from ingest.paper import Paper

ExchangeState = Literal["answering", "done", "stopped", "failed"]


class Exchange(Frozen):
    """A question and its answer so far. `text` and `found` are what was streamed before `Done`."""

    index: int
    question: str
    state: ExchangeState = "answering"
    text: str = ""
    found: dict[int, Paper] = Field(default_factory=dict)
    answer: Answer | None = None
    error: str | None = None

    def with_event(self, event: Event) -> "Exchange":
        """The exchange after `event`."""
        match event:
            case TextDelta(text=text):
                return self.model_copy(update={"text": self.text + text})
            case CitationFound(number=number, paper=paper):
                return self.model_copy(update={"found": {**self.found, number: paper}})
            case Done(answer=answer):
                return self.model_copy(update={"answer": answer, "state": "done"})

    def stopped(self) -> "Exchange":
        """The exchange cut short by the reader; a finished one stays as it is."""
        return self.model_copy(update={"state": "stopped"}) if self.state == "answering" else self

    def failed(self, message: str) -> "Exchange":
        """The exchange ended by an error."""
        return self.model_copy(update={"state": "failed", "error": message})


Conversation = tuple[Exchange, ...]


def ask(conversation: Conversation, question: str) -> Conversation:
    """Append a question that has no answer yet."""
    return (*conversation, Exchange(index=len(conversation), question=question))


def history(conversation: Conversation) -> tuple[Turn, ...]:
    """The earlier turns as the assistant wants them: only those that came to an end."""
    return tuple(
        Turn(question=exchange.question, answer=exchange.answer.text)
        for exchange in conversation
        if exchange.answer is not None
    )


def stop(conversation: Conversation) -> Conversation:
    """Mark the last answer as stopped if it was still being written."""
    return (*conversation[:-1], conversation[-1].stopped()) if conversation else ()
