"""The guards in their order, around any ASGI application."""

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from assistant.loopback import is_loopback
from assistant.server.guard.attempts import AttemptLimit
from assistant.server.guard.body import BodyLimit
from assistant.server.guard.headers import SecurityHeaders
from assistant.server.guard.hosts import LOOPBACK_NAMES, KnownHosts
from assistant.server.guard.rate import RateLimit
from assistant.server.guard.request_log import RequestLog
from assistant.server.guard.tokens import TokenGate
from assistant.server.metrics import Metrics
from assistant.server_config import ServerConfig


def guarded(
    app: ASGIApp, config: ServerConfig, metrics: Metrics, page: Sequence[str] = ()
) -> ASGIApp:
    """The application behind all guards, the outermost last.

    `page` are the addresses below which a page lies that asks for the token itself.
    A page of an allowed origin asks first, without a token, whether it may call (CORS); so that
    question is answered outside the token's gate.
    """
    app = BodyLimit(app, config.max_body_bytes, config.max_upload_bytes, page)
    app = TokenGate(app, config.token, page)
    app = AttemptLimit(app, config.attempts_per_minute)
    app = RateLimit(app, config.rate_per_minute, page)
    if config.cors_origins:
        app = CORSMiddleware(
            app,
            allow_origins=config.cors_origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "X-Request-ID"],
        )
    app = KnownHosts(app, known_names(config), config.cors_origins)
    app = SecurityHeaders(app)
    return RequestLog(app, metrics)


def known_names(config: ServerConfig) -> tuple[str, ...]:
    """Host names that requests may be addressed to; none: any."""
    if is_loopback(config.host):
        return (*LOOPBACK_NAMES, config.host, *config.allowed_hosts)
    return tuple(config.allowed_hosts)
