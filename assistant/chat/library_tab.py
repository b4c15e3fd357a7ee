"""The Library tab: add, list, delete, and pictures."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import gradio as gr

from assistant.chat import render
from assistant.chat.acts import read_act
from assistant.chat.arrivals import Arrivals
from assistant.chat.catalogue import ListView
from assistant.chat.edge import told
from assistant.chat.library_session import LibrarySession
from assistant.chat.parts import QUIET, Parts, changeable, html_part, updates
from assistant.chat.session import Changes, ChatSession

MAP_SECONDS = 1.0


def lay_out_library(parts: Parts, max_upload_bytes: int) -> None:
    """The components, in the order in which they are read."""
    parts["view"] = gr.State(ListView())
    parts["job"] = gr.State("")
    with gr.Row(elem_id="stock"):
        _adding(parts, max_upload_bytes)
        with gr.Column(elem_id="list"):
            parts["search"] = gr.Textbox(
                label="Search titles, authors and venues",
                lines=1,
                max_lines=1,
                elem_id="list-search",
            )
            parts["papers"] = html_part("papers")
        with gr.Column(elem_id="pictures"):
            parts["map"] = html_part("map")
            parts["bars"] = html_part("bars")
    parts["timer"] = gr.Timer(MAP_SECONDS, active=False)


def wire_library(
    parts: Parts, session: LibrarySession, arrivals: Arrivals, chat: ChatSession
) -> None:
    """Which event changes which part."""
    outputs = changeable(parts)
    view, search = parts["view"], parts["search"]
    listing = [view, search]

    def shown(changes: Changes) -> dict[Any, Any]:
        return library_updates(parts, changes, chat)

    @told(parts)
    def act(view: ListView, event: gr.EventData) -> dict[Any, Any]:
        done = read_act(event._data)
        return shown(session.act(done, view) if done else {})

    @told(parts)
    def listed(view: ListView, query: str) -> dict[Any, Any]:
        return shown(session.search(view, query))

    @told(parts)
    def pictured() -> dict[Any, Any]:
        return shown(session.pictures())

    opened = parts["library_tab"].select
    parts["library_bus"].click(act, view, outputs, trigger_mode="multiple", **QUIET)
    # One event for both: the browser never waits for two lists, of which the older could come last.
    gr.on([opened, search.change], listed, listing, outputs, trigger_mode="always_last", **QUIET)
    for seen in (opened, parts["timer"].tick):
        seen(pictured, None, outputs, **QUIET)
    for added in _wire_adding(parts, arrivals, shown):
        added.then(listed, listing, outputs, **QUIET)
        added.then(pictured, None, outputs, **QUIET)


def _wire_adding(
    parts: Parts, arrivals: Arrivals, shown: Callable[[Changes], dict[Any, Any]]
) -> list[Any]:
    """The events of adding papers; returns those after which the library is another."""
    outputs, files = changeable(parts), parts["files"]

    def watch(steps: Callable[..., AsyncIterator[Changes]]) -> Callable[..., Any]:
        @told(parts)
        async def stream(*values: Any) -> AsyncIterator[dict[Any, Any]]:
            async for changes in steps(*values):
                yield shown(changes)

        return stream

    for change in (files.upload, files.clear, files.delete):
        change(watch(arrivals.estimate), files, outputs, **QUIET)
    for button in (parts["own"], parts["sample"]):
        button.click(lambda: updates(parts, {"tab": "library"}), None, outputs, **QUIET)
    parts["leave"].click(lambda: shown(_left()), None, outputs, **QUIET)
    parts["halt"].click(arrivals.halt, parts["job"], None, **QUIET)
    return [
        trigger(watch(steps), source, outputs, **QUIET)
        for trigger, steps, source in (
            (parts["add"].click, arrivals.add, files),
            (parts["sample"].click, arrivals.add_sample, None),
        )
    ]


def library_updates(parts: Parts, changes: Changes, chat: ChatSession) -> dict[Any, Any]:
    """Gradio's updates; the foot and the first view follow what was added or deleted."""
    given = updates(parts, {**changes, **(chat.foot() if "changed" in changes else {})})
    for name in ("add", "leave", "halt"):
        if name in changes:
            given[parts[name]] = gr.update(visible=changes[name])
    if "waiting" in changes:
        given[parts["timer"]] = gr.Timer(active=changes["waiting"])
    return given


def _adding(parts: Parts, max_upload_bytes: int) -> None:
    with gr.Column(elem_id="adding"):
        parts["files"] = gr.File(
            label="Add papers: drop files here",
            file_count="multiple",
            type="filepath",
            height=150,
            elem_id="files",
        )
        html_part("upload-limit", render.html("upload_limit", most=max_upload_bytes))
        parts["arrival"] = html_part("arrival")
        with gr.Row(elem_id="adding-buttons"):
            parts["add"] = gr.Button("Add to the library", variant="primary", visible=False)
            parts["leave"] = gr.Button("Don't add", visible=False)
            parts["halt"] = gr.Button("Stop adding", variant="stop", visible=False)


def _left() -> Changes:
    return {"files": None, "arrival": "", "add": False, "leave": False}
