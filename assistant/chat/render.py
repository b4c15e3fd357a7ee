"""The page's HTML, made by Jinja2 with autoescape on.

The pieces go to `gr.HTML` through its default template `${value}`, which the browser evaluates
with the HTML as an argument. Nothing here may ever become part of a `html_template`: Gradio
evaluates those as JavaScript.
"""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.answer import Citation
from assistant.chat.conversation import Conversation, Exchange
from assistant.chat.links import paper_link
from assistant.chat.passages import Passage, Span, cut_answer, cut_citations, cut_quotes
from assistant.chat.privacy import outside_hosts
from assistant.settings import Settings
from ingest.paper import Paper

_TEMPLATES = Environment(
    loader=PackageLoader("assistant.chat"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
MAX_AUTHORS = 6


class SourceView(NamedTuple):
    """A card of the source panel."""

    number: int
    paper: Paper
    authors: str
    link: str | None
    quotes: tuple[str, ...]
    abstract: tuple[Span, ...]


class ExchangeView(NamedTuple):
    """An exchange with its answer cut into passages and its sources gathered."""

    exchange: Exchange
    passages: tuple[Passage, ...]
    sources: tuple[SourceView, ...]
    titles: dict[int, str]


def head_html(base: str) -> str:
    """Style sheet and script, to be loaded from `base`.

    They are files of their own because Gradio's `css` option rewrites selectors, and wrongly so
    within `@media`.
    """
    return _TEMPLATES.get_template("head.html").render(base=base)


def header_html(title: str) -> str:
    """The top of the page."""
    return _TEMPLATES.get_template("header.html").render(title=title)


def welcome_html(*, empty: bool = False) -> str:
    """What stands where the conversation will be; `empty`: the library is."""
    return _TEMPLATES.get_template("welcome.html").render(empty=empty)


def earlier_html(conversation: Conversation) -> str:
    """All exchanges but the last."""
    views = [_view(exchange) for exchange in conversation[:-1]]
    return _TEMPLATES.get_template("earlier.html").render(views=views)


def latest_html(conversation: Conversation) -> str:
    """The last exchange, in a live region that is announced once it is complete."""
    view = _view(conversation[-1]) if conversation else None
    return _TEMPLATES.get_template("latest.html").render(view=view)


def sources_html(conversation: Conversation) -> str:
    """The source panel: one group for each exchange, the last one showing."""
    views = [view for exchange in conversation if (view := _view(exchange)).sources]
    return _TEMPLATES.get_template("sources.html").render(views=views)


def foot_html(model_label: str, papers: int, settings: Settings) -> str:
    """Who answers, from how many papers, and what leaves this machine."""
    return _TEMPLATES.get_template("foot.html").render(
        model_label=model_label, papers=papers, hosts=outside_hosts(settings)
    )


def problem_html(message: str) -> str:
    """An error that concerns the page as a whole."""
    return _TEMPLATES.get_template("problem.html").render(message=message)


def _view(exchange: Exchange) -> ExchangeView:
    answer = exchange.answer
    if answer is None:
        sources = tuple(_source(number, paper) for number, paper in sorted(exchange.found.items()))
        passages: tuple[Passage, ...] = (
            Passage(cut_citations(exchange.text, exchange.found.keys())),
        )
    else:
        sources = tuple(_cited_sources(answer.citations))
        passages = cut_answer(answer)
    titles = {source.number: source.paper.title for source in sources}
    return ExchangeView(exchange, passages, sources, titles)


def _cited_sources(citations: Iterable[Citation]) -> Iterable[SourceView]:
    by_number = attrgetter("number")
    for number, group in groupby(sorted(citations, key=by_number), by_number):
        cited = list(group)
        yield _source(number, cited[0].paper, cited)


def _source(number: int, paper: Paper, cited: Iterable[Citation] = ()) -> SourceView:
    shown = ", ".join(paper.authors[:MAX_AUTHORS])
    spans = cut_quotes(paper.abstract, {(c.start, c.end) for c in cited})
    return SourceView(
        number=number,
        paper=paper,
        authors=f"{shown} et al." if len(paper.authors) > MAX_AUTHORS else shown,
        link=paper_link(paper),
        quotes=tuple(span.text for span in spans if span.quoted),
        abstract=spans,
    )
