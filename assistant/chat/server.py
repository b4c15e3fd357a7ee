"""Serving the page on this machine.

uvicorn is run directly rather than by Gradio's `launch`, which asks its own server for an answer
through whatever HTTP proxy the environment names, and so fails on machines behind one.
"""

import logging
import socket
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.loopback import is_loopback
from assistant.server.guard.attempts import AttemptLimit
from assistant.server.guard.body import BodyLimit
from assistant.server.guard.chain import known_names
from assistant.server.guard.hosts import KnownHosts
from assistant.server.guard.rate import RateLimit
from assistant.server_config import ServerConfig
from ingest.errors import PaperAssistantError

log = logging.getLogger(__name__)
SHUTDOWN_SECONDS = 1
EVERYTHING = ("/",)
HEADERS = {
    # Gradio needs inline scripts and `new Function`; event-handler attributes it does not need.
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'"
    "; script-src-attr 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:"
    "; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"
    "; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class ServerError(PaperAssistantError):
    """The page cannot be served at the address asked for."""


class SecurityHeaders:
    """ASGI middleware that adds `HEADERS`, so that the browser itself refuses other hosts.

    It does for what lies below one of the addresses `below`.
    """

    def __init__(self, app: ASGIApp, below: Sequence[str] = EVERYTHING) -> None:
        self.app = app
        self._below = tuple(below)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the start of its response."""
        if scope["type"] != "http" or not scope["path"].startswith(self._below):
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Page(Protocol):
    """What is served."""

    def mount(self, app: FastAPI) -> FastAPI:
        """Put the page on an application."""

    def warm_up(self) -> None:
        """Load what the first reader would else wait for; PaperAssistantError if it cannot be."""

    def close(self) -> None:
        """End what the page does in the background."""


class PageServer:
    """A server in a thread of its own; use it as a context manager or `close` it."""

    def __init__(
        self, page: Page, host: str, port: int, config: ServerConfig | None = None
    ) -> None:
        """Listen on `host`:`port` (0: any free port); ServerError if that cannot be."""
        config = (config or ServerConfig()).model_copy(update={"host": host})
        if not is_loopback(host) and config.token is None:
            raise ServerError(
                f"The chat page would be open to everyone who can reach {host}. Set a long random"
                " PAPERS_SERVER__TOKEN, which readers then give as password; or use --host"
                " 127.0.0.1, and an SSH tunnel to reach it from elsewhere."
            )
        self._page = page
        self._socket = _listen(host, port)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        app.add_middleware(
            BodyLimit,
            max_bytes=config.max_body_bytes,
            max_upload_bytes=config.max_upload_bytes,
            page=EVERYTHING,
        )
        app.add_middleware(AttemptLimit, per_minute=config.attempts_per_minute)
        app.add_middleware(RateLimit, per_minute=config.rate_per_minute, page=EVERYTHING)
        app.add_middleware(KnownHosts, hosts=known_names(config), origins=())
        app.add_middleware(SecurityHeaders)
        self._server = uvicorn.Server(
            uvicorn.Config(
                page.mount(app),
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            )
        )
        self._thread = threading.Thread(target=self._run, name="chat-page", daemon=True)
        self._thread.start()
        self._warming = threading.Thread(target=self._warm_up, name="warm-up", daemon=True)
        self._warming.start()

    def _warm_up(self) -> None:
        try:
            self._page.warm_up()
        except PaperAssistantError as error:
            log.info("not warmed up, the page will say why: %s", error)

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    def wait(self) -> None:
        """Block until `close` is called elsewhere or the user presses Ctrl-C."""
        try:
            self._thread.join()
        except KeyboardInterrupt:
            self.close()

    def close(self) -> None:
        """Stop serving; answers being written are cut off after a second."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
        self._warming.join()
        self._page.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
    except OSError as error:
        raise ServerError(
            f"The chat page cannot listen on {host}:{port} ({error.strerror})."
            " Choose another port with --port, or 0 for any free one."
        ) from error
