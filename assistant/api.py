"""The Python API: one object that ingests, searches, asks and streams."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from types import TracebackType
from typing import Any

from assistant.answer import Answer, Done, Event, Filters, SearchResult, Turn
from assistant.engine import AnswerEngine
from assistant.ledger import SessionUsage
from assistant.listing import PaperPage, page_of
from assistant.llms.probe import EndpointStatus, probe
from assistant.opening import open_engine
from assistant.retrieval.hints import HintMode
from assistant.settings import Settings
from assistant.stopping import Stoppable
from ingest.doctor import remove_papers
from ingest.library import Library, LibraryStats
from ingest.library.manifest import load_manifest
from ingest.paper import Paper
from ingest.pipeline import AUTO, ingest_records, read_papers
from ingest.report import IngestReport
from ingest.syncing import followed_folder
from ingest.text import encodable


class Assistant:
    """Answers questions from a library of papers.

    Use it as a context manager, also with `async with`. Opening is cheap: the library is opened at
    the first question. Every method may be called from several threads at once. Errors that a user
    can mend are raised as `ingest.errors.PaperAssistantError`.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._engine: AnswerEngine | None = None
        self._opening = threading.RLock()

    def __enter__(self) -> "Assistant":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    async def __aenter__(self) -> "Assistant":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the library and connections; the assistant opens them again when used."""
        with self._opening:
            if self._engine is not None:
                self._engine.close()
                self._engine = None

    @property
    def model_label(self) -> str:
        """Who writes the answers, in words."""
        return self.status().message

    def status(self) -> EndpointStatus:
        """Ask the configured endpoint whether it will answer (at most three seconds)."""
        return probe(self.settings.llm)

    def library(self) -> Library | None:
        """The open library, for callers that only read it; None as long as there is none."""
        engine = self._opened()
        return engine.search.library if engine else None

    def warm_up(self) -> None:
        """Load models and indexes now rather than at the first question; asks no LLM."""
        if (engine := self._opened()) is not None:
            engine.warm_up()

    @property
    def usage(self) -> SessionUsage:
        """What the answers since the library was opened took, summed up."""
        return self._engine.ledger.total if self._engine else SessionUsage()

    def stats(self) -> LibraryStats:
        """Figures about the library; all zero where there is none yet."""
        engine = self._opened()
        return engine.search.library.stats() if engine else LibraryStats()

    def sources(self) -> dict[str, int]:
        """Number of papers read from each file or online source, for filters by source."""
        engine = self._opened()
        return engine.search.library.origins.counts() if engine else {}

    def get(self, paper_id: str) -> Paper | None:
        """The paper with that id."""
        engine = self._opened()
        return engine.search.library.get(encodable(paper_id)) if engine else None

    def papers(self, limit: int = 100, after: int = 0) -> PaperPage:
        """At most `limit` papers in order of arrival; `after` is the `next` of the page before."""
        engine = self._opened()
        return page_of(engine.search.library, limit, after) if engine else PaperPage()

    def delete(self, ids: Sequence[str]) -> int:
        """Remove papers; returns how many there were."""
        engine = self._opened()
        if engine is None:
            return 0
        known = [encodable(paper_id) for paper_id in ids]
        settings = self.settings
        return remove_papers(settings.library, settings.embedding, known, engine.search.library)

    def ingest(
        self,
        paths: Sequence[str | Path],
        source_format: str = AUTO,
        on_progress: Callable[[int], None] = lambda _: None,
        limit: int | None = None,
        *,
        columns: Mapping[str, str] | None = None,
        keep_without_abstract: bool = False,
        sync: bool = False,
    ) -> IngestReport:
        """Bring files, folders, globs or online sources into the library, made if there is none.

        `limit` is the most papers to take from each online source, `columns` names the columns of
        CSV tables by field. With `sync` the only path is a folder that the library follows: papers
        that came from it alone and are no longer there are removed.
        """
        settings = self.settings
        records = read_papers(
            paths, source_format, online=settings.online, limit=limit, columns=columns
        )
        return ingest_records(
            records,
            settings.library,
            settings.embedding,
            on_progress,
            keep_without_abstract=keep_without_abstract,
            sync_folder=followed_folder(paths) if sync else None,
            prices_file=settings.prices_file,
            held=self._engine.search.library if self._engine else None,
        )

    def search(
        self,
        query: str,
        limit: int = 10,
        *,
        year_from: int | None = None,
        year_to: int | None = None,
        venue: str | None = None,
        author: str | None = None,
        source: str | None = None,
        papers: Sequence[str] | None = None,
        hints: HintMode | None = None,
        dismissed: Sequence[str] = (),
        explain: bool = False,
    ) -> SearchResult:
        """The papers nearest to a query, best first.

        `hints` says whether words such as "since 2023" are applied, suggested or left alone (None:
        as the settings say), `dismissed` are texts of hints that are not wanted. `explain` adds to
        each hit why it stands where it stands, at the cost of a second search.
        """
        filters = Filters(
            year_from=year_from,
            year_to=year_to,
            venue=venue,
            author=author,
            source=source,
            papers=None if papers is None else tuple(papers),
        )
        engine = self._opened()
        if engine is None:
            shown = filters.model_dump(exclude_none=True)
            return SearchResult(query=encodable(query), filters=shown)
        return engine.search.search(
            query, limit, filters, hints=hints, dismissed=dismissed, explain=explain
        )

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        hints: HintMode | None = None,
        dismissed: Sequence[str] = (),
    ) -> Answer:
        """Answer a question; the answer is checked and every claim in it cited.

        `hints` and `dismissed` are as in `search`.
        """
        return _last(
            self.stream(
                question, history=history, filters=filters, hints=hints, dismissed=dismissed
            )
        )

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        hints: HintMode | None = None,
        dismissed: Sequence[str] = (),
    ) -> Iterator[Event]:
        """Answer piece by piece; the last event is `Done`. Closing the iterator stops the model."""
        engine = self._opened()
        if engine is None:
            yield Done(answer=_empty_library(question))
        else:
            yield from engine.stream(question, history, filters, hints, dismissed)

    async def astatus(self) -> EndpointStatus:
        """`status` without blocking the event loop."""
        return await asyncio.to_thread(self.status)

    async def astats(self) -> LibraryStats:
        """`stats` without blocking the event loop."""
        return await asyncio.to_thread(self.stats)

    async def aget(self, paper_id: str) -> Paper | None:
        """`get` without blocking the event loop."""
        return await asyncio.to_thread(self.get, paper_id)

    async def apapers(self, limit: int = 100, after: int = 0) -> PaperPage:
        """`papers` without blocking the event loop."""
        return await asyncio.to_thread(self.papers, limit, after)

    async def adelete(self, ids: Sequence[str]) -> int:
        """`delete` without blocking the event loop."""
        return await asyncio.to_thread(self.delete, ids)

    async def aingest(
        self,
        paths: Sequence[str | Path],
        source_format: str = AUTO,
        on_progress: Callable[[int], None] = lambda _: None,
        limit: int | None = None,
        **options: Any,
    ) -> IngestReport:
        """`ingest` without blocking the event loop; `on_progress` is called in another thread.

        Cancelling it ends the ingest a paper later; what was committed by then stays.
        """
        stoppable = Stoppable(on_progress)
        try:
            return await asyncio.to_thread(
                self.ingest, paths, source_format, stoppable, limit, **options
            )
        except asyncio.CancelledError:
            stoppable.stop()
            raise

    async def asearch(self, query: str, limit: int = 10, **filters: Any) -> SearchResult:
        """`search` without blocking the event loop."""
        return await asyncio.to_thread(lambda: self.search(query, limit, **filters))

    async def aask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        hints: HintMode | None = None,
        dismissed: Sequence[str] = (),
    ) -> Answer:
        """`ask` for async callers; cancelling it stops the model."""
        events = self.astream(
            question, history=history, filters=filters, hints=hints, dismissed=dismissed
        )
        return _last([event async for event in events])

    async def astream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        hints: HintMode | None = None,
        dismissed: Sequence[str] = (),
    ) -> AsyncIterator[Event]:
        """`stream` for `async for`; cancelling the task that reads it stops the model."""
        engine = await asyncio.to_thread(self._opened)
        if engine is None:
            yield Done(answer=_empty_library(question))
            return
        events = engine.astream(question, history, filters, hints, dismissed)
        async with aclosing(events):
            async for event in events:
                yield event

    def _opened(self) -> AnswerEngine | None:
        """The engine, opened at first use; None as long as there is no library."""
        with self._opening:
            if self._engine is None and load_manifest(self.settings.library.path) is not None:
                self._engine = open_engine(self.settings)
            return self._engine


def _last(events: Iterable[Event]) -> Answer:
    *_, done = events
    assert isinstance(done, Done)
    return done.answer


def _empty_library(question: str) -> Answer:
    return Answer(
        question=encodable(question),
        status="not_in_library",
        text="The library is empty. Add papers with: paper-assistant ingest PATH",
        warnings=("the library is empty",),
    )
