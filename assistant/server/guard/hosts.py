"""Whose requests are heard: by the name the server was called, and the page that called it.

A page of another site can make a browser send requests to this machine. Under a name of its own
(DNS rebinding) it could read the replies, hence the check of `Host`; without reading them it could
still upload papers, hence the check of `Origin`.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.server.guard.replies import error_response

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


class KnownHosts:
    """Refuses requests to another host than `hosts` (empty: any) and from foreign pages."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str], origins: Sequence[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.lower().strip("[]") for host in hosts)
        self.origins = frozenset(origin.lower().rstrip("/") for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may come in."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if self.hosts and _name(host) not in self.hosts:
            refusal = error_response(400, "this server is not known by that host name", code="host")
            await refusal(scope, receive, send)
        elif not self._may_call(headers, host):
            refusal = error_response(
                403,
                "a page of another site may not call this server; allow its origin with"
                " PAPERS_SERVER__CORS_ORIGINS",
                code="origin",
            )
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _may_call(self, headers: Headers, host: str) -> bool:
        origin = headers.get("origin")
        if origin is None:
            return True
        origin = origin.lower().rstrip("/")
        return origin in self.origins or origin in (f"http://{host}", f"https://{host}")


def _name(host: str) -> str:
    """The host without its port; empty for what is no host."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
