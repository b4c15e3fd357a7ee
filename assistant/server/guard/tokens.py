"""The token that callers prove themselves with."""

import hmac
from collections.abc import Sequence

from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.server.guard.replies import error_response

HEALTH_PATHS = ("/healthz", "/readyz")
OPEN_PATHS = (*HEALTH_PATHS, "/docs", "/openapi.json")
"""None of these tells anything of the library."""

OPEN_BELOW = ("/docs/",)
_SCHEME = "bearer "


class TokenGate:
    """Asks for `Authorization: Bearer TOKEN`; without a token asks nothing.

    Open are `OPEN_PATHS`, what lies below `OPEN_BELOW`, and what lies below `signed_in`, where a
    page asks for the token itself.
    """

    def __init__(
        self, app: ASGIApp, token: SecretStr | None, signed_in: Sequence[str] = ()
    ) -> None:
        self.app = app
        self._token = token and token.get_secret_value().encode()
        self._open_below = (*OPEN_BELOW, *signed_in)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on who knows the token."""
        asked = scope["type"] in ("http", "websocket") and not self._is_open(scope["path"])
        if not asked or self._token is None or self._knows(scope):
            await self.app(scope, receive, send)
            return
        refusal = error_response(
            401,
            "the token is missing or wrong; send the header 'Authorization: Bearer TOKEN'",
            "authentication_error",
            code="invalid_api_key",
            headers={"WWW-Authenticate": "Bearer"},
        )
        await refusal(scope, receive, send)

    def _is_open(self, path: str) -> bool:
        below = path if path.endswith("/") else f"{path}/"
        return path in OPEN_PATHS or below.startswith(self._open_below)

    def _knows(self, scope: Scope) -> bool:
        """Compared in constant time, so that a token cannot be guessed letter by letter."""
        given = Headers(scope=scope).get("authorization", "")
        if given[: len(_SCHEME)].lower() != _SCHEME:
            return False
        value = given[len(_SCHEME) :].strip().encode("latin-1")
        return hmac.compare_digest(value, self._token or b"")
