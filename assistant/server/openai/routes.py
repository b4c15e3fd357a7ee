"""`/v1/chat/completions` and `/v1/models`."""

from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter

from assistant.answer import Answer, Turn
from assistant.server import sse
from assistant.server.door import Door, TheDoor
from assistant.server.errors import RequestError
from assistant.server.guard.replies import SERVER_ERROR, error_body
from assistant.server.openai.chores import chore_reply
from assistant.server.openai.replies import Chunks, completion
from assistant.server.openai.requests import MODEL, ChatBody, conversation
from ingest.errors import PaperAssistantError

router = APIRouter(tags=["openai"])
_CREATED = 1_760_000_000
_ENTRY = {"id": MODEL, "object": "model", "created": _CREATED, "owned_by": "paper-assistant"}


@router.get("/v1/models")
async def models() -> dict[str, Any]:
    """The library as the only model."""
    return {"object": "list", "data": [_ENTRY]}


@router.get("/v1/models/{name}")
async def model(name: str) -> dict[str, Any]:
    """The entry of one model."""
    if name != MODEL:
        message = f"the only model here is {MODEL!r}"
        raise RequestError(404, message, param="model", code="model_not_found")
    return _ENTRY


@router.post("/v1/chat/completions", response_model=None)
async def chat(body: ChatBody, door: TheDoor) -> Any:
    """Answer the last message from the library; the messages before it are the conversation.

    Also when it streams, the text is the checked one: what a client was sent cannot be taken back.
    Until it is there, comments keep the connection open.
    """
    body.check()
    question, history = conversation(body.messages)
    if body.stream:
        return sse.stream(_chunks(question, history, door, body.includes_usage))
    return completion(await _answer(question, history, door))


async def _answer(question: str, history: tuple[Turn, ...], door: Door) -> Answer:
    if chore := chore_reply(question):
        return Answer(question=question, status="answered", text=chore)
    answer = await door.assistant.aask(question, history=history)
    door.metrics.answer(answer)
    return answer


async def _chunks(
    question: str, history: tuple[Turn, ...], door: Door, includes_usage: bool
) -> AsyncIterator[bytes]:
    chunks = Chunks()
    yield sse.event(chunks.opening())
    try:
        answer = await _answer(question, history, door)
        for chunk in chunks.pieces(answer, includes_usage):
            yield sse.event(chunk)
    except PaperAssistantError as error:
        yield sse.event(error_body(str(error), SERVER_ERROR, code=type(error).__name__))
    yield b"data: [DONE]\n\n"
