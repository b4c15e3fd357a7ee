"""The chat page: its parts, where they stand, and which event changes which."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from assistant.chat import render
from assistant.chat.backend import ChatBackend
from assistant.chat.conversation import Conversation
from assistant.chat.server import PageServer
from assistant.chat.session import Changes, ChatSession, is_busy
from assistant.chat.theme import page_theme

TITLE = "Paper assistant"
EXAMPLES = (
    "Which papers replace MLPs with KANs?",
    "What accuracy does PoolFormer reach on ImageNet-1K?",
    "What does VQGraph gain over GNNs?",
    "What is the capital of France?",
)
ANSWERS_AT_A_TIME = 16
FILES = "/page-files"

Parts = dict[str, Any]


def build_page(
    assistant: ChatBackend, *, examples: Sequence[str] = EXAMPLES, title: str = TITLE
) -> gr.Blocks:
    """Lay the page out and wire it to `assistant`; `mount_page` dresses and serves it."""
    page = gr.Blocks(title=title, analytics_enabled=False, fill_width=True)
    with page:
        parts = _lay_out(title, examples)
        _wire(page, parts, ChatSession(assistant))
    page.queue(default_concurrency_limit=ANSWERS_AT_A_TIME, api_open=False)
    return page


def mount_page(app: FastAPI, page: gr.Blocks, path: str = "/") -> FastAPI:
    """Serve `page` as a part of `app`, with the page's looks and without Gradio's extras."""
    app.mount(FILES, StaticFiles(packages=[("assistant.chat", "static")]), name="page-files")
    gr.mount_gradio_app(
        app,
        page,
        path,
        server_name="127.0.0.1",
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


def launch(
    assistant: ChatBackend,
    *,
    examples: Sequence[str] = EXAMPLES,
    host: str | None = None,
    port: int | None = None,
) -> PageServer:
    """Start serving the page in the background, by default where the settings say.

    Raises `PaperAssistantError` if the address is taken or is not one of this machine only.
    """
    server = assistant.settings.server
    return PageServer(
        lambda app: mount_page(app, build_page(assistant, examples=examples)),
        host=server.host if host is None else host,
        port=server.port if port is None else port,
    )


def _lay_out(title: str, examples: Sequence[str]) -> Parts:
    parts: Parts = {"conversation": gr.State(())}
    gr.HTML(render.header_html(title), apply_default_css=False, elem_id="top")
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk"):
            with gr.Column(elem_id="scroll"):
                parts["welcome"] = _html("welcome", render.welcome_html())
                parts["examples"] = _examples(examples)
                parts["earlier"] = _html("earlier")
                parts["latest"] = _html("latest", render.latest_html(()))
            _composer(parts)
        with gr.Column(elem_id="shelf"):
            parts["sources"] = _html("sources", render.sources_html(()))
    parts["foot"] = _html("foot")
    return parts


def _html(elem_id: str, value: str = "") -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _examples(examples: Sequence[str]) -> gr.Column:
    column = gr.Column(elem_id="examples")
    with column:
        for example in examples:
            gr.Button(example, elem_classes="example", size="sm")
    return column


def _composer(parts: Parts) -> None:
    with gr.Row(elem_id="composer"):
        parts["question"] = gr.Textbox(
            label="Your question",
            show_label=False,
            placeholder="Ask a question",
            lines=1,
            max_lines=6,
            container=False,
            autofocus=True,
            scale=1,
            elem_id="question",
        )
        parts["send"] = gr.Button("Ask", variant="primary", scale=0, elem_id="send")
        parts["stop"] = gr.Button("Stop", variant="stop", scale=0, visible=False, elem_id="stop")
        parts["clear"] = gr.Button("Clear", scale=0, visible=False, elem_id="clear")


def _wire(page: gr.Blocks, parts: Parts, session: ChatSession) -> None:
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    outputs = list(parts.values())
    conversation, question = parts["conversation"], parts["question"]

    def changed(changes: Changes) -> dict[Any, Any]:
        return _updates(parts, changes)

    async def write(conversation: Conversation) -> AsyncIterator[dict[Any, Any]]:
        async for changes in session.write(conversation):
            yield changed(changes)

    def answer_on(trigger: Callable[..., Any], source: Any) -> Any:
        asked = trigger(
            lambda text, so_far: changed(session.ask(text, so_far)),
            [source, conversation],
            outputs,
            **quiet,
        )
        return asked.then(write, conversation, outputs, **quiet)

    page.load(lambda: changed(session.open()), None, outputs, **quiet)
    writing = [answer_on(question.submit, question), answer_on(parts["send"].click, question)]
    writing += [answer_on(button.click, button) for button in parts["examples"].children]
    parts["stop"].click(None, cancels=writing, **quiet).then(
        lambda so_far: changed(session.stop(so_far)), conversation, outputs, **quiet
    )
    parts["clear"].click(None, cancels=writing, **quiet).then(
        lambda: changed(session.clear()), None, outputs, **quiet
    )


def _updates(parts: Parts, changes: Changes) -> dict[Any, Any]:
    """Gradio's updates for `changes`; what may be done depends on the conversation."""
    updates = {parts[name]: value for name, value in changes.items()}
    if "conversation" in changes:
        conversation = changes["conversation"]
        busy = is_busy(conversation)
        visible = {
            "welcome": not conversation,
            "examples": not conversation,
            "send": not busy,
            "stop": busy,
            "clear": bool(conversation),
        }
        updates |= {parts[name]: gr.update(visible=shown) for name, shown in visible.items()}
    return updates or {parts["foot"]: gr.skip()}
