"""A scriptable server that speaks the OpenAI protocol, for tests of everything that talks to one.

    with OpenAIServer() as server:
        server.queue(rate_limited(), Reply("Two papers do [1][2]."))
        client = OpenAI(base_url=server.base_url, api_key="sk-test")
        ...
        first, second = server.wait_for_requests(2)

It runs on 127.0.0.1 in one thread of the test's process and is real HTTP from end to end, so that
time-outs, resets and disconnects are the real ones. uvicorn's connection class is put on a plain
asyncio listener rather than run by `uvicorn.Server`, whose loop looks only every 0.1 s whether it
shall stop.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Literal, Self

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from tests.support.openai_app import METHODS, OpenAIApp, ServerConfig
from tests.support.openai_errors import Dialect
from tests.support.openai_records import RecordedRequest
from tests.support.openai_replies import Reply, Script

Endpoint = Literal["/chat/completions", "/embeddings", "/rerank", "/models", "/health"]

DEFAULT_TEXT = "This is the default reply."


class OpenAIServer:
    """One server; every method may be called from any thread.

    `models`: the names it knows, others get a 404; `None` knows every name. `api_key`: the key it
    asks for, others get a 401; `None` asks for none. `dialect`: whose errors it makes by itself.
    `dimension`: of embeddings, where the request names none. `default`: computes the text of an
    answer that no script gives, from the request's JSON (see `openai_chat.prompt_text`). It and
    scripted callables run in the server's only thread: while one blocks, nothing is served.
    `port`: 0 for any free one; another server's old port to play its return.
    """

    def __init__(
        self,
        *,
        models: Sequence[str] | None = None,
        api_key: str | None = None,
        dialect: Dialect = "openai",
        dimension: int = 64,
        default: Callable[[dict[str, Any]], str] = lambda _: DEFAULT_TEXT,
        port: int = 0,
    ) -> None:
        known = None if models is None else tuple(models)
        self._app = OpenAIApp(ServerConfig(known, api_key, dialect, dimension, default))
        self._port = port
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """The TCP port; known from `start` on and kept after `stop`."""
        if self._port == 0:
            raise RuntimeError("the server has not been started")
        return self._port

    @property
    def url(self) -> str:
        """The server's root, for `/health`."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """What clients of OpenAI call the base URL: the root with `/v1`."""
        return f"{self.url}/v1"

    def start(self) -> None:
        """Listen; raises `OSError` where the port is taken. A server starts once."""
        if self._thread is not None:
            raise RuntimeError("a server starts only once; make another one")
        listening: Future[int] = Future()
        self._thread = threading.Thread(
            target=self._run, args=(listening,), name="openai-server", daemon=True
        )
        self._thread.start()
        self._port = listening.result()

    def stop(self) -> None:
        """Cut every connection and wait for the thread's end; harmless when not running.

        Raises the first error that a callable given by the test raised while the server ran.
        """
        if self._thread is None or self._loop is None:
            return
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()
        if self._app.failures:
            raise self._app.failures.pop(0)

    def queue(self, *scripts: Script, endpoint: Endpoint = "/chat/completions") -> None:
        """Give answers to the next requests to `endpoint`, one each, in order."""
        for script in scripts:
            _check_fit(script, endpoint)
        self._app.book.queue(endpoint, scripts)

    def always(self, script: Script | None, endpoint: Endpoint = "/chat/completions") -> None:
        """Give `script` to every request that finds the queue empty; `None` takes it back."""
        if script is not None:
            _check_fit(script, endpoint)
        self._app.book.always(endpoint, script)

    def refuse_parameters(self, *names: str) -> None:
        """Answer requests that name one of these with 400 and leave the queue alone."""
        self._app.book.refuse(names)

    def unused(self, endpoint: Endpoint = "/chat/completions") -> int:
        """How many queued answers are left."""
        return self._app.book.unused(endpoint)

    def release(self) -> None:
        """End every `Hang` and pause, those to come as well."""
        if self._loop is None:
            raise RuntimeError("the server has not been started")
        self._loop.call_soon_threadsafe(self._app.released.set)

    @property
    def requests(self) -> tuple[RecordedRequest, ...]:
        """Every request so far, in order of arrival."""
        return self._app.log.matching()

    def requests_to(self, endpoint: Endpoint) -> tuple[RecordedRequest, ...]:
        """The requests to one end point, with or without `/v1`."""
        return self._app.log.matching(_goes_to(endpoint))

    def wait_for_requests(
        self, count: int, endpoint: Endpoint = "/chat/completions", timeout_s: float = 10.0
    ) -> tuple[RecordedRequest, ...]:
        """Block until `count` requests to `endpoint` have arrived; else `TimeoutError`."""
        return self._app.log.wait_for(
            count, _goes_to(endpoint), f"requests to {endpoint}", timeout_s
        )

    def wait_for_abort(self, count: int = 1, timeout_s: float = 10.0) -> RecordedRequest:
        """Block until `count` clients have left early and return the latest to arrive of them."""
        return self._app.log.wait_for(
            count, lambda request: request.aborted, "aborted requests", timeout_s
        )[-1]

    def wait_until_idle(self, timeout_s: float = 10.0) -> None:
        """Block until every request that arrived so far is finished; else `TimeoutError`."""
        count = len(self.requests)
        self._app.log.wait_for(
            count, lambda request: request.finished is not None, "finished requests", timeout_s
        )

    def _run(self, listening: Future[int]) -> None:
        try:
            asyncio.run(self._serve(listening))
        except OSError as error:
            if listening.done():
                raise
            listening.set_exception(error)

    async def _serve(self, listening: Future[int]) -> None:
        loop = self._loop = asyncio.get_running_loop()
        config = uvicorn.Config(
            self._app, http="h11", ws="none", lifespan="off", log_config=None, timeout_keep_alive=60
        )
        config.load()
        state = ServerState()
        listener = await loop.create_server(
            lambda: _Connection(config, state, {}), "127.0.0.1", self._port, backlog=512
        )
        listening.set_result(listener.sockets[0].getsockname()[1])
        await self._stop.wait()
        self._app.stopping = True
        listener.close()
        for connection in list(state.connections):
            connection.transport.abort()
        await asyncio.gather(*state.tasks)


class _Connection(H11Protocol):
    """An HTTP connection that shows its transport to the application, for faults below HTTP."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state["transport"] = transport


def _goes_to(endpoint: str) -> Callable[[RecordedRequest], bool]:
    return lambda request: request.path.removeprefix("/v1") == endpoint


def _check_fit(script: Script, endpoint: str) -> None:
    if endpoint not in METHODS:
        raise ValueError(f"no such end point: {endpoint!r}; there are {', '.join(METHODS)}")
    if endpoint != "/chat/completions" and isinstance(script, Reply) and not script.is_only_a_delay:
        raise ValueError(f"{endpoint} computes its body: a Reply there may only have delay_s")
