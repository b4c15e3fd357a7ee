"""How large a request body may be."""

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.server.guard.replies import error_response

UPLOADS = ("/v1/ingest",)
_CLOSE = {"Connection": "close"}


class _TooLargeError(Exception):
    """Raised where the application asks for more of a body that is too large."""


class BodyLimit:
    """Answers 413 to a body above the limit, told from its declared length or while it comes in.

    The connection is closed then, so that the client stops sending. Paths below `UPLOADS` have the
    limit of uploads, and so have those below `page`, which has an upload of its own.
    """

    def __init__(
        self, app: ASGIApp, max_bytes: int, max_upload_bytes: int, page: Sequence[str] = ()
    ) -> None:
        self.app = app
        self._page = tuple(page)
        self.max_bytes, self.max_upload_bytes = max_bytes, max_upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on bodies that are small enough."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope)
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            await self._refuse(scope, receive, send)
            return
        await self._counted(scope, receive, send, limit)

    async def _counted(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        came, refused = 0, False

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > limit:
                raise _TooLargeError
            return message

        async def unless_refused(message: Message) -> None:
            """Whatever the application makes of the broken body, the reply is ours."""
            nonlocal refused
            if came <= limit:
                await send(message)
            elif not refused and message["type"] == "http.response.start":
                refused = True
                await self._refuse(scope, receive, send)

        try:
            await self.app(scope, counted, unless_refused)
        except _TooLargeError:
            if not refused:
                await self._refuse(scope, receive, send)

    def _limit(self, scope: Scope) -> int:
        uploads = scope["path"].startswith((*UPLOADS, *self._page))
        return self.max_upload_bytes if uploads else self.max_bytes

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say so with the remedy; the page shows its reader the reply as it is."""
        limit = self._limit(scope)
        if scope["path"].startswith(self._page):
            text = (
                f"The files are larger than {limit:,} bytes together, so nothing was uploaded. Add"
                " them one by one or in smaller parts, or raise PAPERS_SERVER__MAX_UPLOAD_BYTES."
            )
            await PlainTextResponse(text, 413, _CLOSE)(scope, receive, send)
            return
        message = f"the request is larger than the {limit:,} bytes that this server takes"
        refusal = error_response(413, message, code="too_large", headers=_CLOSE)
        await refusal(scope, receive, send)
