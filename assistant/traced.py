"""The engine and the search, whose steps are spans; what they do is untouched."""

from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from typing import Self, cast
from uuid import uuid4

from llama_index.core.base.response.schema import Response
from llama_index.core.instrumentation.events.query import QueryEndEvent, QueryStartEvent
from llama_index.core.instrumentation.events.retrieval import (
    RetrievalEndEvent,
    RetrievalStartEvent,
)

from assistant.answer import Done, Event, Filters, SearchResult, Turn
from assistant.engine import AnswerEngine
from assistant.logs import given_request_id, under_request
from assistant.retrieval import PaperSearch
from assistant.retrieval.hints import HintMode, ReadQuery
from assistant.retrieval.retriever import node_of
from assistant.spans import Span


class AnswerSpan(Span):
    """A question on its way; its request id is that of the answer's line in the log."""

    def __init__(self, question: str) -> None:
        super().__init__("Answer")
        self.request_id = given_request_id() or uuid4().hex
        self._question = question

    def __enter__(self) -> Self:
        super().__enter__()
        self.tell(lambda: QueryStartEvent(query=self._question))
        self.note({"paper_assistant.request_id": self.request_id})
        return self

    def see(self, event: Event) -> None:
        """Take over what the answer's end tells."""
        if not isinstance(event, Done):
            return
        answer = event.answer
        response = Response(response=answer.text)
        self.tell(lambda: QueryEndEvent(query=self._question, response=response))
        self.note(
            {
                "paper_assistant.status": answer.status,
                "paper_assistant.model": answer.model,
                "paper_assistant.prompt_hash": answer.prompt_hash,
                "paper_assistant.library_version": answer.library.version,
                "paper_assistant.cached": answer.cached,
                "paper_assistant.llm_calls": answer.usage.llm_calls,
            }
        )


class TracedEngine(AnswerEngine):
    """An engine each of whose answers is a span."""

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        hints: HintMode | None = None,
        dismissed: Sequence[str] = (),
    ) -> Iterator[Event]:
        """As the engine's; each step runs inside the span, the reader outside."""
        events = cast(
            Generator[Event], super().stream(question, history, filters, hints, dismissed)
        )
        with AnswerSpan(question) as span:
            try:
                while (event := _step(events, span)) is not None:
                    span.see(event)
                    yield event
            finally:
                events.close()

    async def astream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        hints: HintMode | None = None,
        dismissed: Sequence[str] = (),
    ) -> AsyncGenerator[Event, None]:
        """The same for `async for`."""
        events = super().astream(question, history, filters, hints, dismissed)
        with AnswerSpan(question) as span:
            try:
                while (event := await _astep(events, span)) is not None:
                    span.see(event)
                    yield event
            finally:
                await events.aclose()


class TracedSearch(PaperSearch):
    """A search that is a span."""

    def find(self, read: ReadQuery, limit: int, *, explain: bool = False) -> SearchResult:
        """As the search's."""
        with Span("Retrieve", limit=limit) as span, span.active():
            span.tell(lambda: RetrievalStartEvent(str_or_query_bundle=read.text))
            found = super().find(read, limit, explain=explain)
            span.tell(lambda: _retrieved(read.text, found))
            return found


def _retrieved(query: str, found: SearchResult) -> RetrievalEndEvent:
    nodes = [node_of(hit) for hit in found.hits]
    return RetrievalEndEvent(str_or_query_bundle=query, nodes=nodes)


def _step(events: Generator[Event], span: AnswerSpan) -> Event | None:
    with under_request(span.request_id), span.active():
        return next(events, None)


async def _astep(events: AsyncGenerator[Event, None], span: AnswerSpan) -> Event | None:
    with under_request(span.request_id), span.active():
        return await anext(events, None)
