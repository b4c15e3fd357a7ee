"""The chat page as a part of the HTTP server, at an address of its own."""

from collections.abc import Sequence

from fastapi import FastAPI

from assistant.chat.backend import ChatBackend
from assistant.chat.page import FILES, ChatPage
from assistant.chat.server import SecurityHeaders
from assistant.server.jobs import Jobs

PATH = "/chat"


class PageBeside:
    """For `assistant.server.app.create_app`; `close` it after the server."""

    def __init__(self, assistant: ChatBackend) -> None:
        self._assistant = assistant
        self._page: ChatPage | None = None

    @property
    def paths(self) -> Sequence[str]:
        """The page and its files. Where there is a token, the page lets in who signs in with it."""
        return (f"{PATH}/", f"{FILES}/")

    def mount(self, app: FastAPI, jobs: Jobs) -> FastAPI:
        """Put the page on the application; what it ingests waits with the server's other jobs."""
        self._page = ChatPage(self._assistant, jobs=jobs)
        app.add_middleware(SecurityHeaders, below=self.paths)
        return self._page.mount(app, PATH)

    def close(self) -> None:
        """End what the page does in the background."""
        if self._page is not None:
            self._page.close()
