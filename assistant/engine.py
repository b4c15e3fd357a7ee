"""Question to checked answer: retrieve, judge the evidence, draft, verify, assemble."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing

from assistant.answer import Answer, Done, Event, Filters, Turn, Usage
from assistant.answer_cache import AnswerCache, answer_key, replayed
from assistant.assemble import citations_of, sentences_of, stream_of, text_of
from assistant.draft import Draft
from assistant.extractive import ExtractiveAnswerer
from assistant.finding import Finder, counted
from assistant.finishing import Finisher, priced
from assistant.ledger import Ledger
from assistant.llms.chat import ChatClient
from assistant.logs import begin_request, log_answer
from assistant.model_steps import arun_steps, run_steps
from assistant.prompting import PromptBudgetError, PromptMaker
from assistant.retrieval import PaperSearch
from assistant.retrieval.hints import HintMode
from assistant.settings import Settings
from assistant.verification import ModelVerifier
from assistant.work import Work
from assistant.writing import Writing
from ingest.endpoint_errors import EndpointError
from ingest.pricing import load_prices
from ingest.text import encodable

_NEVER_ASK_BELOW = 0.05
_WARM_UP = "Which papers are about learning?"


class AnswerEngine:
    """Answers questions from one open library. Safe to share between threads."""

    def __init__(
        self,
        settings: Settings,
        search: PaperSearch,
        extractive: ExtractiveAnswerer,
        connect: Callable[[], ChatClient | None],
    ) -> None:
        """`connect` gives the chat client, None for none; it is asked until it succeeds."""
        self.settings = settings
        self.search = search
        self.extractive = extractive
        self.finder = Finder(settings.retrieval, search, extractive)
        self.prices = load_prices(settings.prices_file)
        verifier = ModelVerifier()
        self.finisher = Finisher(settings, search.library, extractive, verifier, self.prices)
        self.ledger = Ledger()
        self.cache = AnswerCache(settings.answer.cache_size)
        self._connect = connect
        self._chat: ChatClient | None = None

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        hints: HintMode | None = None,
        dismissed: Sequence[str] = (),
    ) -> Iterator[Event]:
        """Yield the answer's text as it comes, then `Done`; closing it stops the model."""
        work = Work(question=encodable(question), request_id=begin_request())
        asked = self._connect_for(work)
        if work.chat is not None:
            run_steps(self.finder.condense(work, work.chat, asked, history), work.chat)
        self._prepare(work, asked, history, filters, hints, dismissed)
        if work.writing is None:
            yield from self._ready(work)
            return
        try:
            yield from work.writing.stream()
        except EndpointError as error:
            yield self._done(work, self._degrade(work, error))
            return
        steps = self.finisher.finish(work, work.writing)
        yield self._done(work, self._kept(work, run_steps(steps, work.writing.chat)))

    async def astream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        hints: HintMode | None = None,
        dismissed: Sequence[str] = (),
    ) -> AsyncGenerator[Event, None]:
        """`stream` for `async for`; cancelling the task that reads it stops the model."""
        work = Work(question=encodable(question), request_id=begin_request())
        asked = await asyncio.to_thread(self._connect_for, work)
        if work.chat is not None:
            await arun_steps(self.finder.condense(work, work.chat, asked, history), work.chat)
        await asyncio.to_thread(self._prepare, work, asked, history, filters, hints, dismissed)
        if work.writing is None:
            for event in await asyncio.to_thread(lambda: list(self._ready(work))):
                yield event
            return
        try:
            async with aclosing(work.writing.astream()) as events:
                async for event in events:
                    yield event
        except EndpointError as error:
            yield self._done(work, await asyncio.to_thread(self._degrade, work, error))
            return
        steps = self.finisher.finish(work, work.writing)
        yield self._done(work, self._kept(work, await arun_steps(steps, work.writing.chat)))

    def _connect_for(self, work: Work) -> str:
        """Note the model that writes, if there is one; returns what is used of the question."""
        try:
            chat = self._connected()
            work.chat = chat.for_one_answer() if chat else None
        except EndpointError as error:
            work.degrade(error)
        return work.shortened(self.settings.answer.max_question_tokens)

    def _prepare(
        self,
        work: Work,
        asked: str,
        history: Sequence[Turn],
        filters: Filters | None,
        hints: HintMode | None,
        dismissed: Sequence[str],
    ) -> None:
        """Retrieve, and decide between a model, a quotation and a refusal."""
        empty = not any(character.isalnum() for character in work.question)
        if empty:
            work.warn("the question is empty")
        self.finder.find(work, asked, history, filters, hints, dismissed)
        work.lap("retrieve")
        if work.chat is None:
            work.draft = self._drafted(work)
        elif empty or self.extractive.chance(work.standalone, work.hits) < _NEVER_ASK_BELOW:
            work.draft = self.extractive.refuse(work.standalone, work.hits)
        else:
            self._begin(work, asked, work.chat, history)

    def _done(self, work: Work, answer: Answer) -> Done:
        """The end of a stream, noted in ledger and log."""
        self.ledger.note(answer)
        log_answer(work.request_id, answer)
        return Done(answer=answer)

    def _drafted(self, work: Work) -> Draft:
        """The answer by quotation."""
        draft = self.extractive.answer(work.standalone, work.hits, work.taken_up)
        return counted(draft, len(work.bearing))

    def _connected(self) -> ChatClient | None:
        if self._chat is None:
            self._chat = self._connect()
        return self._chat

    def _begin(self, work: Work, asked: str, chat: ChatClient, history: Sequence[Turn]) -> None:
        """Make the prompt, then find the answer that was kept for it, or begin to write."""
        llm = self.settings.llm
        make_prompt = PromptMaker(
            asked, tuple(work.hits), tuple(history), llm.max_tokens, chat.llm.model
        )
        try:
            prompt = make_prompt(llm.context_window)
        except PromptBudgetError as error:
            work.warn(str(error))
            work.draft = self._drafted(work)
            work.status = "degraded"
            return
        work.warnings += prompt.warnings
        version = self.search.library.version
        work.key = answer_key(work.question, prompt, chat.endpoint, version, self.settings)
        work.known = self.cache.get(work.key)
        if work.known is None:
            work.writing = Writing(chat, make_prompt, prompt, llm.context_window)

    def _ready(self, work: Work) -> Iterator[Event]:
        """What needs no model any more: an answer that was kept, or passages."""
        if work.known is None:
            yield from self._quote(work)
            return
        yield from replayed(work.known)
        yield self._done(work, work.repeated(work.known, self._spent(work)))

    def _kept(self, work: Work, answer: Answer) -> Answer:
        """The answer, kept for the next time unless something went wrong on the way to it."""
        if not work.flawed:
            self.cache.put(work.key, answer)
        return answer

    def _quote(self, work: Work) -> Iterator[Event]:
        draft = work.draft or self._drafted(work)
        yield from stream_of(draft)
        yield self._done(work, self._from_draft(work, draft, self.extractive.name))

    def _degrade(self, work: Work, error: EndpointError) -> Answer:
        """The quoted answer in place of the model's, saying why."""
        if work.writing is not None:
            work.spend(work.writing.usage)
        work.degrade(error)
        draft = self._drafted(work)
        return self._from_draft(work, draft, self.extractive.name)

    def _from_draft(self, work: Work, draft: Draft, model: str) -> Answer:
        work.lap("generate")
        return work.finished(
            self.search.library,
            model=model,
            status="answered" if draft.answered else "not_in_library",
            text=text_of(draft),
            sentences=sentences_of(draft),
            citations=citations_of(draft),
            usage=self._spent(work),
        )

    def _spent(self, work: Work) -> Usage:
        """What was paid on the way to an answer that the model did not write."""
        return priced(work.spent, work.chat.llm.model if work.chat else "", self.prices)

    def warm_up(self) -> None:
        """Draft one answer that nobody reads, so that the first reader waits for no loading."""
        hits = self.search.search(_WARM_UP, self.settings.retrieval.sources).hits
        self.extractive.answer(_WARM_UP, hits)

    def close(self) -> None:
        """Release connections and the library."""
        if self._chat is not None:
            self._chat.close()
        self.search.close()
