"""`/v1/ask`: a cited answer, whole or piece by piece."""

from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request, Response

from assistant.answer import Answer, CitationFound, Done, Event, TextDelta
from assistant.server import sse
from assistant.server.door import Door, TheDoor
from assistant.server.guard.replies import error_body
from assistant.server.requests import AskBody
from ingest.errors import PaperAssistantError

router = APIRouter(tags=["library"])
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The checked answer. With `stream`: the events `delta` (a piece of text, as"
        " it is written and not yet checked), `citation` (a paper that it cites), and in the end"
        " `done` (the checked answer, which replaces the pieces) or `error`.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.post("/v1/ask", response_model=Answer, responses=_RESPONSES)
async def ask(body: AskBody, request: Request, door: TheDoor) -> Any:
    """Answer a question; every sentence is cited, every citation has a verbatim quote.

    What the library does not answer is said: `status` is then `not_in_library`, and `sources` are
    the nearest papers.
    """
    if body.stream or "text/event-stream" in request.headers.get("accept", ""):
        return sse.stream(_events(body, door))
    answer = await door.assistant.aask(body.question, **_asked(body))
    door.metrics.answer(answer)
    return Response(answer.model_dump_json(), media_type="application/json")


def _asked(body: AskBody) -> dict[str, Any]:
    return {
        "history": body.history,
        "filters": body.filters,
        "hints": body.hints,
        "dismissed": body.dismissed,
    }


async def _events(body: AskBody, door: Door) -> AsyncIterator[bytes]:
    try:
        async for event in door.assistant.astream(body.question, **_asked(body)):
            if isinstance(event, Done):
                door.metrics.answer(event.answer)
            yield _encoded(event)
    except PaperAssistantError as error:
        yield sse.event(error_body(str(error), type(error).__name__), "error")


def _encoded(event: Event) -> bytes:
    if isinstance(event, Done):
        return sse.event(event.answer.model_dump(mode="json"), "done")
    name = {TextDelta: "delta", CitationFound: "citation"}[type(event)]
    return sse.event(event.model_dump(mode="json"), name)
