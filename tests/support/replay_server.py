"""A loopback HTTP server that plays an online service: each request is answered by a function.

with ReplayServer(lambda asked: Answer(body)) as server:
    config = online_config(server, tmp_path)
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request as it arrived; `number` counts from 0, `at` is in seconds."""

    number: int
    path: str
    parameters: dict[str, str]
    headers: dict[str, str]
    at: float


@dataclass(frozen=True)
class Answer:
    """What to send; `cut` closes the connection after half of the body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


class ReplayServer:
    """Runs from `with` to its end; `asked` holds every request in order of arrival."""

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        self.asked: list[Asked] = []
        self.answer = answer
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer = server._take(self.path, dict(self.headers))
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(
                    answer.body[: len(answer.body) // 2] if answer.cut else answer.body
                )
                server._done()

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        return Handler

    def _take(self, target: str, headers: dict[str, str]) -> Answer:
        parts = urlsplit(target)
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
            parameters = dict(parse_qsl(parts.query))
            asked = Asked(len(self.asked), parts.path, parameters, headers, time.monotonic())
            self.asked.append(asked)
        return self.answer(asked)

    def _done(self) -> None:
        with self._lock:
            self._now -= 1
