"""What the templates show: exchanges cut into passages, papers with their links and quotes."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from assistant.answer import Citation
from assistant.chat.conversation import Exchange
from assistant.chat.filter_chips import Chip, chips_of
from assistant.chat.hint_chips import Hints, hints_of, other_warnings
from assistant.chat.links import paper_link
from assistant.chat.passages import Passage, Span, cut_answer, cut_citations, cut_quotes
from assistant.export import export_papers
from ingest.paper import Paper

MAX_AUTHORS = 6


class PaperView(NamedTuple):
    """A paper as a card shows it; `number` is that of its citation, 0 for none."""

    number: int
    paper: Paper
    authors: str
    link: str | None
    quotes: tuple[str, ...]
    abstract: tuple[Span, ...]
    bibtex: str


class ExchangeView(NamedTuple):
    """An exchange with its answer cut into passages and its sources gathered."""

    exchange: Exchange
    passages: tuple[Passage, ...]
    sources: tuple[PaperView, ...]
    by_number: dict[int, PaperView]
    chips: tuple[Chip, ...]
    hints: Hints
    warnings: tuple[str, ...]


def exchange_view(exchange: Exchange) -> ExchangeView:
    """What is shown of an exchange, finished or not."""
    answer = exchange.answer
    if answer is None:
        found = sorted(exchange.found.items())
        sources = tuple(paper_view(paper, number) for number, paper in found)
        passages: tuple[Passage, ...] = (
            Passage(cut_citations(exchange.text, exchange.found.keys())),
        )
    else:
        sources = tuple(_cited_sources(answer.citations))
        passages = cut_answer(answer)
    return ExchangeView(
        exchange,
        passages,
        sources,
        {source.number: source for source in sources},
        chips_of(exchange.filters),
        hints_of(exchange),
        other_warnings(exchange),
    )


def paper_view(paper: Paper, number: int = 0, cited: Iterable[Citation] = ()) -> PaperView:
    """A paper with the quotes of its citations marked."""
    spans = cut_quotes(paper.abstract, {(c.start, c.end) for c in cited})
    return PaperView(
        number=number,
        paper=paper,
        authors=authors_line(paper.authors),
        link=paper_link(paper),
        quotes=tuple(span.text for span in spans if span.quoted),
        abstract=spans,
        bibtex=export_papers([paper], "bibtex"),
    )


def authors_line(authors: tuple[str, ...]) -> str:
    """The first authors, so that a collaboration of hundreds stays one line."""
    shown = ", ".join(authors[:MAX_AUTHORS])
    return f"{shown} et al." if len(authors) > MAX_AUTHORS else shown


def _cited_sources(citations: Iterable[Citation]) -> Iterable[PaperView]:
    by_number = attrgetter("number")
    for number, group in groupby(sorted(citations, key=by_number), by_number):
        cited = list(group)
        yield paper_view(cited[0].paper, number, cited)
