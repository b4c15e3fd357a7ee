"""The Ask tab: conversation, filters, composer and the sources beside them."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import gradio as gr

from assistant.answer import Filters
from assistant.chat import render
from assistant.chat.acts import read_act
from assistant.chat.conversation import Conversation
from assistant.chat.desk import Desk, DeskSession
from assistant.chat.edge import told
from assistant.chat.filter_chips import from_fields
from assistant.chat.leaving import Visits
from assistant.chat.parts import QUIET, Parts, changeable, html_part, script, updates
from assistant.chat.saved import from_saved
from assistant.chat.session import ChatSession

ANSWERS_AT_A_TIME = 400
FIELDS = ("year_from", "year_to", "venue", "author")


def lay_out_ask(parts: Parts, examples: Sequence[str]) -> None:
    """The components, in the order in which they are read."""
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk"):
            with gr.Column(elem_id="scroll"):
                parts["welcome"] = html_part("welcome", render.welcome_html())
                parts["first_steps"] = _first_steps(parts)
                parts["resume"] = gr.Button("", visible=False, elem_id="resume", size="sm")
                parts["examples"] = _examples(examples)
                parts["earlier"] = html_part("earlier")
                parts["latest"] = html_part("latest", render.latest_html(()))
            parts["chips"] = html_part("chips")
            _filter_fields(parts)
            _composer(parts)
        with gr.Column(elem_id="shelf"):
            parts["sources"] = html_part("sources", render.sources_html(()))


def wire_ask(parts: Parts, session: ChatSession, desk: DeskSession, visits: Visits) -> None:
    """Which event changes which part."""
    outputs = changeable(parts)
    conversation, question = parts["conversation"], parts["question"]
    before = [conversation, parts["filters"], parts["editing"]]
    fields = [parts[name] for name in FIELDS]

    async def write(
        conversation: Conversation, request: gr.Request
    ) -> AsyncIterator[dict[Any, Any]]:
        written = session.write(conversation)
        async for changes in visits.while_there(request.session_hash or "", written):
            yield updates(parts, changes)

    @told(parts)
    def ask(
        text: str,
        conversation: Conversation,
        filters: Filters,
        editing: int | None,
        saved: str,
        *values: Any,
    ) -> dict[Any, Any]:
        """What the fields say holds, also where they have not been left yet.

        A conversation that Gradio has forgotten goes on from what the browser has kept.
        """
        held = from_fields(filters, *values)
        before = conversation or from_saved(saved)
        return updates(parts, session.ask(text, before, held, editing))

    @told(parts)
    def ask_again(conversation: Conversation, event: gr.EventData) -> dict[Any, Any]:
        act = read_act(event._data)
        return updates(parts, session.ask_again(act, conversation) if act else {})

    def written(asked: Any) -> Any:
        limit = {"concurrency_limit": ANSWERS_AT_A_TIME}
        return asked.then(write, conversation, outputs, **limit, **QUIET)

    def answer_on(trigger: Callable[..., Any], source: Any) -> Any:
        return written(trigger(ask, [source, *before, parts["saved"], *fields], outputs, **QUIET))

    writing = [answer_on(question.submit, question), answer_on(parts["send"].click, question)]
    writing += [answer_on(button.click, button) for button in parts["examples"].children]
    writing.append(written(parts["again_bus"].click(ask_again, conversation, outputs, **QUIET)))
    _wire_ends(parts, session, writing)
    _wire_acts(parts, desk, before, fields)


def _wire_ends(parts: Parts, session: ChatSession, writing: list[Any]) -> None:
    outputs, conversation = changeable(parts), parts["conversation"]
    parts["stop"].click(None, cancels=writing, **QUIET).then(
        lambda so_far: updates(parts, session.stop(so_far)), conversation, outputs, **QUIET
    )
    parts["resume"].click(
        lambda _, last: updates(parts, session.resume(last)),
        [parts["saved"], parts["last"]],
        outputs,
        js=script("kept_read"),
        **QUIET,
    )
    parts["clear"].click(None, cancels=writing, **QUIET).then(
        lambda: updates(parts, session.clear()), None, outputs, **QUIET
    )


def _wire_acts(parts: Parts, desk: DeskSession, before: list[Any], fields: list[Any]) -> None:
    outputs = changeable(parts)

    @told(parts)
    def act(
        conversation: Conversation, filters: Filters, editing: int | None, event: gr.EventData
    ) -> dict[Any, Any]:
        done = read_act(event._data)
        held = Desk(conversation, filters, editing)
        return updates(parts, desk.act(done, held) if done else {})

    @told(parts)
    def hold(*values: Any) -> dict[Any, Any]:
        held, fields = Desk(*values[:3]), values[3:]
        return updates(parts, desk.filter(held, *fields))

    parts["bus"].click(act, before, outputs, trigger_mode="multiple", **QUIET)
    left = [event for field in fields for event in (field.submit, field.blur)]
    gr.on(left, hold, [*before, *fields], outputs, trigger_mode="always_last", **QUIET)


def _examples(examples: Sequence[str]) -> gr.Column:
    column = gr.Column(elem_id="examples")
    with column:
        for example in examples:
            gr.Button(example, elem_classes="example", size="sm")
    return column


def _first_steps(parts: Parts) -> gr.Row:
    row = gr.Row(elem_id="first-steps", visible=False)
    with row:
        parts["sample"] = gr.Button("Add the sample", variant="primary", elem_id="sample")
        parts["own"] = gr.Button("Add my papers", elem_id="own")
    return row


def _filter_fields(parts: Parts) -> None:
    with gr.Accordion("Filters", open=False, elem_id="filters"), gr.Row():
        for name, label in (("year_from", "From year"), ("year_to", "To year")):
            parts[name] = gr.Number(label=label, precision=0, value=None, min_width=90)
        parts["venue"] = gr.Textbox(label="Venue", lines=1, max_lines=1, min_width=120)
        parts["author"] = gr.Textbox(label="Author", lines=1, max_lines=1, min_width=120)


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
