"""The chat page: its three places, and how it is mounted and served."""

import hmac
from collections.abc import Callable, Sequence

import gradio as gr
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from assistant.answer import Filters
from assistant.chat import render
from assistant.chat.arrivals import Arrivals
from assistant.chat.ask_tab import lay_out_ask, wire_ask
from assistant.chat.backend import ChatBackend
from assistant.chat.desk import DeskSession
from assistant.chat.export_tab import lay_out_export, wire_export
from assistant.chat.leaving import LeavingNoticed, Visits
from assistant.chat.library_session import LibrarySession
from assistant.chat.library_tab import lay_out_library, library_updates, wire_library
from assistant.chat.parts import QUIET, Parts, bus_part, changeable, html_part, kept_part, script
from assistant.chat.server import PageServer
from assistant.chat.session import ChatSession
from assistant.chat.theme import page_theme
from assistant.server.jobs import Jobs
from assistant.settings import Settings

TITLE = "Paper assistant"
EXAMPLES = (
    "Which papers replace MLPs with KANs?",
    "What accuracy does PoolFormer reach on ImageNet-1K?",
    "What does VQGraph gain over GNNs?",
    "What is the capital of France?",
)
EVENTS_AT_A_TIME = 512
OF_A_KIND_AT_A_TIME = 16
"""Of each kind of event but that of answers being written, which only wait for a model."""
VISITS_KEPT = 200
"""Gradio keeps some 0.4 MiB of each visit, ended or not; the one unused for longest goes first."""
FILES = "/page-files"
KEPT_SECONDS = 3600
SIGN_IN = "Any user name; the password is the token of the settings (PAPERS_SERVER__TOKEN)."


class ChatPage:
    """The page over one assistant; `close` ends what it does in the background."""

    def __init__(
        self,
        assistant: ChatBackend,
        *,
        examples: Sequence[str] = EXAMPLES,
        title: str = TITLE,
        jobs: Jobs | None = None,
    ) -> None:
        """`jobs`: where ingests wait for their turn, if the page has no such queue of its own."""
        self._assistant = assistant
        self._chat = ChatSession(assistant)
        self._visits = Visits()
        self._library = LibrarySession(assistant)
        self._arrivals = Arrivals(assistant, jobs)
        self.blocks = self._build(examples, title)

    def mount(self, app: FastAPI, path: str = "/") -> FastAPI:
        """Serve the page as a part of `app`, with its looks and without Gradio's extras."""
        server = self._assistant.settings.server
        app.add_route(f"{path.rstrip('/')}/gradio_api/heartbeat/{{session}}", _no_heartbeat)
        app.add_middleware(LeavingNoticed, visits=self._visits)
        app.mount(FILES, StaticFiles(packages=[("assistant.chat", "static")]), name="page-files")
        gr.mount_gradio_app(
            app,
            self.blocks,
            path,
            server_name="127.0.0.1",
            auth=_sign_in(self._assistant.settings),
            auth_message=SIGN_IN,
            max_file_size=server.max_upload_bytes,
            theme=page_theme(),
            head=render.head_html(FILES),
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            enable_monitoring=False,
            show_error=False,
        )
        return app

    def warm_up(self) -> None:
        """Load what the first question and the first look at the library need."""
        self._chat.foot()
        self._assistant.warm_up()
        self._library.catalogue.rows()

    def close(self) -> None:
        """End ingests, and give up a map that is being drawn."""
        self._arrivals.close()
        self._library.maps.close()

    def _build(self, examples: Sequence[str], title: str) -> gr.Blocks:
        page = gr.Blocks(
            title=title,
            analytics_enabled=False,
            fill_width=True,
            delete_cache=(KEPT_SECONDS, KEPT_SECONDS),
        )
        page.max_threads = EVENTS_AT_A_TIME
        page.state_session_capacity = VISITS_KEPT
        with page:
            most = self._assistant.settings.server.max_upload_bytes
            parts = _lay_out(title, examples, most)
            self._wire(page, parts)
        page.queue(default_concurrency_limit=OF_A_KIND_AT_A_TIME, api_open=False)
        return page

    def _wire(self, page: gr.Blocks, parts: Parts) -> None:
        chat = self._chat
        wire_ask(parts, chat, DeskSession(self._assistant), self._visits)
        wire_library(parts, self._library, self._arrivals, chat)
        wire_export(parts)
        outputs = changeable(parts)
        page.load(
            lambda saved, last: library_updates(parts, chat.open(saved, last), chat),
            [parts["saved"], parts["last"]],
            outputs,
            js=script("kept_read"),
            **QUIET,
        )


def launch(
    assistant: ChatBackend,
    *,
    examples: Sequence[str] = EXAMPLES,
    host: str | None = None,
    port: int | None = None,
) -> PageServer:
    """Start serving the page in the background, by default where the settings say.

    Raises `PaperAssistantError` if the address is taken, or if it is not one of this machine only
    and no token is set.
    """
    server = assistant.settings.server
    page = ChatPage(assistant, examples=examples)
    return PageServer(
        page,
        host=server.host if host is None else host,
        port=server.port if port is None else port,
        config=server,
    )


def _lay_out(title: str, examples: Sequence[str], max_upload_bytes: int) -> Parts:
    parts: Parts = {
        "conversation": gr.State(()),
        "filters": gr.State(Filters()),
        "editing": gr.State(None),
        "saved": kept_part("own", script("kept_write")),
        "last": kept_part("last"),
        "bus": bus_part("desk"),
        "library_bus": bus_part("library"),
        "again_bus": bus_part("again"),
    }
    html_part("top", render.header_html(title))
    with gr.Tabs(elem_id="places") as parts["tabs"]:
        with gr.Tab("Ask", id="ask"):
            lay_out_ask(parts, examples)
        with gr.Tab("Library", id="library") as parts["library_tab"]:
            lay_out_library(parts, max_upload_bytes)
        with gr.Tab("Export", id="export") as parts["export_tab"]:
            lay_out_export(parts)
    parts["drawer"] = html_part("drawer")
    parts["foot"] = html_part("foot")
    html_part("dialogs", render.html("dialogs"))
    return parts


def _no_heartbeat(_: Request) -> Response:
    """The end of a stream by which Gradio learns that a tab was closed.

    It takes one of the six connections that a browser opens to a server, for as long as a tab is
    open: three tabs that wait for a model were enough to block a fourth one.
    """
    return Response(media_type="text/event-stream")


def _sign_in(settings: Settings) -> Callable[[str, str], bool] | None:
    """The check of a password against the token, in constant time; None without a token."""
    if settings.server.token is None:
        return None
    token = settings.server.token.get_secret_value().encode()
    return lambda _, password: hmac.compare_digest(password.encode(), token)
