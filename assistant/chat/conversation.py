"""The state of a conversation: what was asked, and how far each answer has come."""

from typing import Literal

from pydantic import Field

from assistant.answer import (
    Answer,
    CitationFound,
    Done,
    Event,
    Filters,
    Frozen,
    SourcePaper,
    TextDelta,
    Turn,
)
from ingest.paper import Paper

ExchangeState = Literal["answering", "done", "stopped", "failed"]
Verdict = Literal["up", "down"]


class Exchange(Frozen):
    """A question and its answer so far. `text` and `found` are what was streamed before `Done`.

    `filters` held when it was asked; `dismissed` are words of the question that the reader does not
    want read as a filter; `verdict` is the reader's, `commented` whether a comment came with it.
    """

    index: int
    question: str
    filters: Filters = Filters()
    dismissed: tuple[str, ...] = ()
    state: ExchangeState = "answering"
    text: str = ""
    found: dict[int, Paper] = Field(default_factory=dict)
    answer: Answer | None = None
    error: str | None = None
    verdict: Verdict | None = None
    commented: bool = False

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

    @property
    def nearest(self) -> tuple[SourcePaper, ...]:
        """What a refusal shows in place of an answer."""
        refused = self.answer is not None and self.answer.status == "not_in_library"
        return self.answer.sources if self.answer is not None and refused else ()


Conversation = tuple[Exchange, ...]


def ask(
    conversation: Conversation,
    question: str,
    filters: Filters | None = None,
    dismissed: tuple[str, ...] = (),
) -> Conversation:
    """Append a question that has no answer yet."""
    asked = Exchange(
        index=len(conversation),
        question=question,
        filters=filters or Filters(),
        dismissed=dismissed,
    )
    return (*conversation, asked)


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


def judge(
    conversation: Conversation, index: int, verdict: Verdict, *, commented: bool = False
) -> Conversation:
    """Note the reader's verdict on one answer."""
    noted = {"verdict": verdict, "commented": commented}
    return tuple(
        exchange.model_copy(update=noted) if exchange.index == index else exchange
        for exchange in conversation
    )


def cited_papers(conversation: Conversation) -> list[Paper]:
    """Exactly the papers that the answers cite, once each, in the order of citation."""
    cited: dict[str, Paper] = {}
    for exchange in conversation:
        if exchange.answer is not None:
            for citation in sorted(exchange.answer.citations, key=lambda c: c.number):
                cited.setdefault(citation.paper.id, citation.paper)
    return list(cited.values())
