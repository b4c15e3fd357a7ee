"""The token that callers prove themselves with."""

import hmac
from collections.abc import Sequence

from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.server.guard.replies import error_response

OPEN_PATHS = ("/healthz", "/readyz")
_SCHEME = "bearer "


class TokenGate:
    """Asks for `Authorization: Bearer TOKEN`, but on `open_paths`; without a token asks nothing."""

    def __init__(
        self, app: ASGIApp, token: SecretStr | None, open_paths: Sequence[str] = OPEN_PATHS
    ) -> None:
        self.app = app
        self._token = token and token.get_secret_value().encode()
        self._open = frozenset(open_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on who knows the token."""
        asked = scope["type"] in ("http", "websocket") and scope["path"] not in self._open
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

    def _knows(self, scope: Scope) -> bool:
        """Compared in constant time, so that a token cannot be guessed letter by letter."""
        given = Headers(scope=scope).get("authorization", "")
        if given[: len(_SCHEME)].lower() != _SCHEME:
            return False
        value = given[len(_SCHEME) :].strip().encode("latin-1")
        return hmac.compare_digest(value, self._token or b"")
