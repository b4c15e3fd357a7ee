"""The page's parts by name, and Gradio's updates for what changes of them."""

from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.chat import render
from assistant.chat.session import Changes, is_busy

Parts = dict[str, Any]
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def html_part(elem_id: str, value: str = "", **options: Any) -> gr.HTML:
    """A part whose HTML this package writes."""
    options = {"js_on_load": None, **options}
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, **options)


def bus_part(name: str) -> gr.HTML:
    """The unseen part by which the page's script reports acts; see `static/acts.js`."""
    script = files("assistant.chat").joinpath("static/bus.js").read_text("utf-8")
    return html_part(f"{name}-bus", render.html("bus", name=name), js_on_load=script)


def changeable(parts: Parts) -> list[Any]:
    """The parts that an event may change: all but those by which events come in."""
    return [part for name, part in parts.items() if not name.endswith("bus")]


def updates(parts: Parts, changes: Changes) -> dict[Any, Any]:
    """Gradio's updates; the buttons follow the conversation, the first steps the library.

    `style.css` hides the first view as soon as there is an exchange.
    """
    shown: dict[str, bool] = {}
    if "conversation" in changes:
        busy, begun = is_busy(changes["conversation"]), bool(changes["conversation"])
        shown = {"send": not busy, "stop": busy, "clear": begun}
    if "empty" in changes:
        shown |= {"examples": not changes["empty"], "first_steps": changes["empty"]}
    given = {parts[name]: value for name, value in changes.items() if name in parts}
    given |= {parts[name]: gr.update(visible=visible) for name, visible in shown.items()}
    if "tab" in changes:
        given[parts["tabs"]] = gr.Tabs(selected=changes["tab"])
    return given or {parts["foot"]: gr.skip()}
