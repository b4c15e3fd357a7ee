"""Serving an application at an address, safely."""

import socket
import threading
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from assistant.loopback import is_loopback
from assistant.server_config import ServerConfig
from ingest.errors import PaperAssistantError

SHUTDOWN_SECONDS = 2
_BACKLOG = 512


class ServingError(PaperAssistantError):
    """An application cannot be served at the address asked for."""


def check_address(config: ServerConfig) -> None:
    """ServingError if others could reach the address and there is no token to keep them out."""
    if config.token is None and not is_loopback(config.host):
        raise ServingError(
            f"Other machines can reach {config.host}, so a token is needed: set"
            " PAPERS_SERVER__TOKEN to a long random string that callers send as"
            " 'Authorization: Bearer ...', or listen on this machine only with --host 127.0.0.1."
        )


class ApiServer:
    """A server in a thread of its own; use it as a context manager or `close` it."""

    def __init__(self, app: ASGIApp, config: ServerConfig) -> None:
        """Listen on `config.host`:`config.api_port` (0: any free one); ServingError if not."""
        check_address(config)
        self._socket = _listen(config.host, config.api_port)
        self.port: int = self._socket.getsockname()[1]
        shown = f"[{config.host}]" if ":" in config.host else config.host
        self.url = f"http://{shown}:{self.port}"
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            )
        )
        self._thread = threading.Thread(target=self._run, name="api-server", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    def wait(self) -> None:
        """Block until `close` is called elsewhere or the user presses Ctrl-C."""
        try:
            self._thread.join()
        except KeyboardInterrupt:
            self.close()

    def close(self) -> None:
        """Stop serving; answers being written are cut off after two seconds."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

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
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise ServingError(
            f"The server cannot listen on {host}:{port} ({error.strerror})."
            " Choose another port with --port, or 0 for any free one."
        ) from error
