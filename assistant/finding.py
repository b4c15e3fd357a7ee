"""From what was asked to the papers an answer may draw on: condensed, filtered, cut by evidence."""

from collections.abc import Sequence
from itertools import islice

from assistant.answer import Filters, Hit, Turn
from assistant.condensing import condensing_request, read_condensed
from assistant.draft import Draft
from assistant.extractive import ExtractiveAnswerer
from assistant.extractive.evidence import Evidence
from assistant.extractive.question import Kind, Question, analyse
from assistant.extractive.taken_up import TakenUp
from assistant.followup import leans_on, standalone_question
from assistant.llms.chat import ChatClient
from assistant.model_steps import Steps
from assistant.retrieval import PaperSearch
from assistant.retrieval.hints import HintMode
from assistant.settings import RetrievalConfig
from assistant.work import Work
from ingest.endpoint_errors import EndpointError

_SLICE = 10
_ABOUT = 0.3
_DRAWN_ON = 2
"""An answer to a list question may draw on this many times the usual number of papers."""


class Finder:
    """Finds the papers for a question. Safe to share between threads."""

    def __init__(
        self, config: RetrievalConfig, search: PaperSearch, extractive: ExtractiveAnswerer
    ) -> None:
        self._config = config
        self._search = search
        self._extractive = extractive

    def condense(
        self, work: Work, chat: ChatClient, asked: str, history: Sequence[Turn]
    ) -> Steps[None]:
        """Have the model word a follow-up as a question that stands alone, for `find`."""
        if not leans_on(asked, history):
            return
        try:
            reply = yield condensing_request(asked, history, chat.llm.model)
        except EndpointError as error:
            work.warn(f"the follow-up was taken up by rules, not by the model: {error}")
            return
        work.spend(reply.usage)
        work.standalone = read_condensed(reply, asked)

    def find(
        self,
        work: Work,
        asked: str,
        history: Sequence[Turn],
        filters: Filters | None,
        hints: HintMode | None = None,
        dismissed: Sequence[str] = (),
    ) -> None:
        """Note in `work` the stand-alone question, its kind and hints, and the papers found.

        What no model has condensed is made to stand alone by rules.
        A question that asks for all papers looks deep, and keeps those with evidence rather than
        a fixed number; `work.bearing` are all of them.
        """
        work.standalone = work.standalone or standalone_question(asked, history)
        read = self._search.read(work.standalone, filters, hints, dismissed)
        work.standalone, work.hints = read.text, read.hints
        if work.chat is None:
            self._take_up(work, asked, history)
        question = analyse(read.text)
        work.kind = question.kind
        deep = question.kind is Kind.LIST
        depth = max(self._config.list_depth, self._config.sources) if deep else self._config.sources
        found = self._search.find(read, depth)
        work.warnings += found.warnings
        work.spend(found.usage)
        work.hits = found.hits
        if deep:
            work.bearing = self._bearing(question, found.hits)
            drawn_on = work.bearing or found.hits
            many = _DRAWN_ON if work.bearing else 1
            work.hits = tuple(drawn_on[: many * self._config.sources])

    def _take_up(self, work: Work, asked: str, history: Sequence[Turn]) -> None:
        """Note the paper that the turn before was about, if the question leans on it."""
        if not leans_on(asked, history):
            return
        before = analyse(standalone_question(history[-1].question, history[:-1]))
        if before.kind in (Kind.LIST, Kind.COMPARE):
            return
        found = self._search.search(before.text, self._config.sources)
        work.spend(found.usage)
        if not found.hits:
            return
        reading = self._extractive.reading(before, found.hits)
        best = self._extractive.best_paper(before, found.hits, reading)
        if self._extractive.relevance(best) >= _ABOUT:
            work.taken_up = TakenUp(asked, best.hit.paper.id)

    def _bearing(self, question: Question, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The papers with evidence, nearest first, up to a stretch of the list that has none."""
        found: list[Evidence] = []
        left = iter(hits)
        while some := list(islice(left, _SLICE)):
            kept = self._extractive.bearing(self._extractive.evidence(question, some))
            if not kept:
                break
            found += kept
        return tuple(e.hit for e in self._extractive.naming_alike(question, found))


def counted(draft: Draft, bearing: int) -> Draft:
    """The draft, whose heading says how many papers bear on the question beside those quoted."""
    quoted = len({quote.paper.id for one in draft.sentences for quote in one.quotes})
    if bearing <= quoted or not draft.answered:
        return draft
    heading = f"{bearing} papers found; passages from {quoted} of them:"
    return draft.model_copy(update={"heading": heading})
