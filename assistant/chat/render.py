"""The page's HTML, made by Jinja2 with autoescape on.

The pieces go to `gr.HTML` through its default template `${value}`, which the browser evaluates
with the HTML as an argument. Nothing here may ever become part of a `html_template`: Gradio
evaluates those as JavaScript.
"""

from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.answer import Filters
from assistant.chat.conversation import Conversation
from assistant.chat.filter_chips import chips_of
from assistant.chat.privacy import outside_hosts
from assistant.chat.views import exchange_view, paper_view
from assistant.settings import Settings
from ingest.paper import Paper

_TEMPLATES = Environment(
    loader=PackageLoader("assistant.chat"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def html(template: str, **values: Any) -> str:
    """A template of this package, filled in."""
    return _TEMPLATES.get_template(f"{template}.html").render(values)


def head_html(base: str) -> str:
    """Style sheets and scripts, to be loaded from `base`.

    They are files of their own because Gradio's `css` option rewrites selectors, and wrongly so
    within `@media`.
    """
    return html("head", base=base)


def header_html(title: str) -> str:
    """The top of the page."""
    return html("header", title=title)


def welcome_html(*, empty: bool = False) -> str:
    """What stands where the conversation will be; `empty`: the library is."""
    return html("welcome", empty=empty)


def earlier_html(conversation: Conversation) -> str:
    """All exchanges but the last."""
    return html("earlier", views=[exchange_view(exchange) for exchange in conversation[:-1]])


def latest_html(conversation: Conversation) -> str:
    """The last exchange, in a live region that is announced once it is complete."""
    return html("latest", view=exchange_view(conversation[-1]) if conversation else None)


def sources_html(conversation: Conversation) -> str:
    """The source panel: one group for each exchange that has any, and the last one's showing."""
    views = [exchange_view(exchange) for exchange in conversation]
    return html("sources", views=[view for view in views if view.sources or view is views[-1]])


def foot_html(model_label: str, papers: int, settings: Settings) -> str:
    """Who answers, from which library of how many papers, and what leaves this machine."""
    return html(
        "foot",
        model_label=model_label,
        library=settings.library.path.name,
        place=str(settings.library.path),
        papers=papers,
        hosts=outside_hosts(settings),
    )


def problem_html(message: str) -> str:
    """An error that concerns the page as a whole."""
    return html("problem", message=message)


def chips_html(filters: Filters, *, editing: int | None = None) -> str:
    """The filters that hold for the next question, and whether it takes another's place."""
    return html("chips", chips=chips_of(filters), editing=editing)


def drawer_html(heading: str, papers: Sequence[Paper], *, only: Sequence[str] = ()) -> str:
    """Papers in the panel at the side; `only`: ids to which questions may be limited."""
    views = [paper_view(paper) for paper in papers]
    return html("drawer", heading=heading, views=views, only=list(only))
