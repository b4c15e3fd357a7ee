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


def script(name: str) -> str:
    """A script of this package that Gradio is given as text."""
    return files("assistant.chat").joinpath(f"static/{name}.js").read_text("utf-8")


def bus_part(name: str) -> gr.HTML:
    """The unseen part by which the page's script reports acts; see `static/acts.js`."""
    return html_part(f"{name}-bus", render.html("bus", name=name), js_on_load=script("bus"))


def kept_part(name: str, js_on_load: str | None = None) -> gr.HTML:
    """A part that shows nothing and holds a conversation on its way from or to the browser."""
    return html_part(f"{name}-kept", visible="hidden", html_template="", js_on_load=js_on_load)


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
        shown |= {"resume": False} if begun else {}
    if "empty" in changes:
        shown |= {"examples": not changes["empty"], "first_steps": changes["empty"]}
    given = {parts[name]: value for name, value in changes.items() if name in parts}
    if "resume" in changes:
        given[parts["resume"]] = gr.update(visible=True, value=changes["resume"])
    given |= {parts[name]: gr.update(visible=visible) for name, visible in shown.items()}
    if "tab" in changes:
        given[parts["tabs"]] = gr.Tabs(selected=changes["tab"])
    return given or {parts["foot"]: gr.skip()}
