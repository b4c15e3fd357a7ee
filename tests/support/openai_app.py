"""The OpenAI protocol as an ASGI application that answers from a script."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support import openai_errors as errors
from tests.support.openai_chat import (
    Pause,
    completion_json,
    reply_chunks,
    stream_events,
)
from tests.support.openai_exchange import Exchange, Message, Receive, Send
from tests.support.openai_records import RecordedRequest, RequestLog
from tests.support.openai_replies import (
    BadChunk,
    BrokenBody,
    CutStream,
    ErrorChunk,
    Hang,
    HttpReply,
    Reply,
    ResetInHeader,
)
from tests.support.openai_requests import request_fault
from tests.support.openai_script import ScriptBook
from tests.support.openai_vectors import embeddings_json, rerank_json

METHODS = {
    "/health": "GET",
    "/models": "GET",
    "/chat/completions": "POST",
    "/embeddings": "POST",
    "/rerank": "POST",
}


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """What the server is, whatever it is asked; see `OpenAIServer` for the fields."""

    models: tuple[str, ...] | None
    api_key: str | None
    dialect: errors.Dialect
    dimension: int
    default: Callable[[dict[str, Any]], str]


class OpenAIApp:
    """Records each request, then answers it for as long as its client stays.

    `released` is an event of the server's loop that ends every pause and hang, now and later.
    `failures` are the errors that a test's own callables raised; their clients got a bare 500.
    """

    def __init__(self, config: ServerConfig) -> None:
        self.config = config
        self.log = RequestLog()
        self.book = ScriptBook()
        self.released = asyncio.Event()
        self.stopping = False
        self.failures: list[BaseException] = []

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one HTTP request (ASGI 3)."""
        if scope["type"] != "http":
            raise RuntimeError(f"only HTTP is served, not {scope['type']}")
        body = await _read_body(receive)
        if body is None:
            return
        request = _record(scope, body)
        self.log.add(request)
        exchange = Exchange(send, scope["state"]["transport"])
        answering = asyncio.create_task(self._answer(request, exchange))
        leaving = asyncio.create_task(_client_left(receive))
        await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        aborted = not answering.done()
        self.log.finish(request, aborted=aborted and not self.stopping)
        if aborted:
            answering.cancel()
        elif error := answering.exception():
            leaving.cancel()
            self.failures.append(error)
            await exchange.whole(500, b"A callable of the test raised an error.", {})
        await asyncio.wait({answering, leaving})

    async def _answer(self, request: RecordedRequest, exchange: Exchange) -> None:
        endpoint = request.path.removeprefix("/v1")
        fault = self._fault(endpoint, request)
        answer = fault or self.book.next(endpoint, request)
        match answer:
            case Reply():
                await asyncio.sleep(answer.delay_s)
                await self._reply(endpoint, request.json, answer, exchange)
            case HttpReply():
                await asyncio.sleep(answer.delay_s)
                await _send_http(answer, exchange)
            case Hang():
                await self._hold(answer.seconds)
                await self._reply(endpoint, request.json, Reply(), exchange)
            case ResetInHeader():
                exchange.write_raw(b"HTTP/1.1 200 OK\r\nContent-Ty")
                exchange.reset()
            case BrokenBody():
                await exchange.whole(200, answer.body, {"content-type": "application/json"})

    def _fault(self, endpoint: str, request: RecordedRequest) -> HttpReply | None:
        dialect = self.config.dialect
        method = METHODS.get(endpoint)
        if method is None:
            return errors.unknown_route(dialect)
        if method != request.method:
            return HttpReply(405, {"detail": "Method Not Allowed"}, {"allow": method})
        if endpoint == "/health":
            return None
        key = self.config.api_key
        if key is not None and request.authorization != f"Bearer {key}":
            return errors.unauthorized(dialect)
        return None if method == "GET" else self._body_fault(endpoint, request.json)

    def _body_fault(self, endpoint: str, body: Any) -> HttpReply | None:
        dialect = self.config.dialect
        fault = request_fault(endpoint, body, dialect)
        if fault is not None:
            return fault
        if self.config.models is not None and body["model"] not in self.config.models:
            return errors.unknown_model(body["model"], dialect)
        refused = self.book.refused(body)
        return None if refused is None else errors.refused_parameter(refused, dialect)

    async def _reply(self, endpoint: str, body: Any, reply: Reply, exchange: Exchange) -> None:
        match endpoint:
            case "/health":
                await exchange.whole(200, b"", {})
            case "/models":
                await exchange.json(200, self._models_json())
            case "/embeddings":
                await exchange.json(200, embeddings_json(body, self.config.dimension))
            case "/rerank":
                await exchange.json(200, rerank_json(body, self.config.dimension))
            case _:
                await self._chat(body, reply, exchange)

    def _models_json(self) -> dict[str, Any]:
        names = self.config.models or ("test-chat", "test-embedding")
        data = [
            {"id": name, "object": "model", "created": 0, "owned_by": "tests"} for name in names
        ]
        return {"object": "list", "data": data}

    async def _chat(self, body: dict[str, Any], reply: Reply, exchange: Exchange) -> None:
        needs_default = reply.text is None and reply.chunks is None
        chunks = reply_chunks(reply, self.config.default(body) if needs_default else "")
        if body.get("stream"):
            await self._stream(body, reply, chunks, exchange)
            return
        if reply.pause_after is not None:
            await self._hold(None)
        await _send_completion(body, reply, "".join(chunks), exchange)

    async def _stream(
        self, body: dict[str, Any], reply: Reply, chunks: list[str], exchange: Exchange
    ) -> None:
        await exchange.start(200, {"content-type": "text/event-stream; charset=utf-8"})
        pending = b""
        for event in stream_events(body, reply, chunks):
            if pending:
                await exchange.write(pending)
                pending = b""
                await asyncio.sleep(reply.chunk_delay_s)
            match event:
                case Pause():
                    await self._hold(None)
                case CutStream():
                    await _cut(event, exchange)
                    return
                case _:
                    pending = event
        await exchange.write(pending, last=True)

    async def _hold(self, seconds: float | None) -> None:
        try:
            await asyncio.wait_for(self.released.wait(), seconds)
        except TimeoutError:
            return


async def _send_completion(
    body: dict[str, Any], reply: Reply, text: str, exchange: Exchange
) -> None:
    completion = completion_json(body, reply, text)
    match reply.trouble:
        case None:
            await exchange.json(200, completion)
        case CutStream() as cut:
            await exchange.half(json.dumps(completion).encode())
            exchange.reset() if cut.how == "reset" else exchange.close()
        case BadChunk(data=data):
            await exchange.whole(200, data.encode(), {"content-type": "application/json"})
        case ErrorChunk(body=error):
            await exchange.json(500, dict(error))


async def _send_http(reply: HttpReply, exchange: Exchange) -> None:
    if isinstance(reply.body, bytes):
        header = {"content-type": "text/html", **reply.headers}
        await exchange.whole(reply.status, reply.body, header)
    else:
        await exchange.json(reply.status, reply.body, reply.headers)


async def _cut(cut: CutStream, exchange: Exchange) -> None:
    match cut.how:
        case "close":
            exchange.close()
        case "reset":
            exchange.reset()
        case "no_done":
            await exchange.write(b"", last=True)


async def _read_body(receive: Receive) -> bytes | None:
    """The request's body, or `None` where the client left while sending it."""
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return body


async def _client_left(receive: Receive) -> None:
    """Return when the connection is lost or the response is complete."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _record(scope: Message, body: bytes) -> RecordedRequest:
    try:
        content = json.loads(body) if body else None
    except ValueError:
        content = None
    return RecordedRequest(
        method=scope["method"],
        path=scope["path"],
        headers={
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        },
        body=body,
        json=content,
        arrived=time.monotonic(),
    )
