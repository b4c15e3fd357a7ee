"""The Python API: one object that ingests, searches, asks and streams."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from assistant.answer import Answer, Done, Event, Filters, SearchResult, Turn
from assistant.engine import AnswerEngine
from assistant.llms.probe import EndpointStatus, probe
from assistant.opening import open_engine
from assistant.settings import Settings
from ingest.library import LibraryStats
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

    def stats(self) -> LibraryStats:
        """Figures about the library; all zero where there is none yet."""
        engine = self._opened()
        return engine.search.library.stats() if engine else LibraryStats()

    def get(self, paper_id: str) -> Paper | None:
        """The paper with that id."""
        engine = self._opened()
        return engine.search.library.get(paper_id) if engine else None

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
    ) -> SearchResult:
        """The papers nearest to a query, best first."""
        filters = Filters(year_from=year_from, year_to=year_to, venue=venue, author=author)
        engine = self._opened()
        if engine is None:
            shown = filters.model_dump(exclude_none=True)
            return SearchResult(query=encodable(query), filters=shown)
        return engine.search.search(query, limit, filters)

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> Answer:
        """Answer a question; the answer is checked and every claim in it cited."""
        return _last(self.stream(question, history=history, filters=filters))

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> Iterator[Event]:
        """Answer piece by piece; the last event is `Done`. Closing the iterator stops the model."""
        engine = self._opened()
        if engine is None:
            yield Done(answer=_empty_library(question))
        else:
            yield from engine.stream(question, history, filters)

    async def asearch(self, query: str, limit: int = 10, **filters: Any) -> SearchResult:
        """`search` without blocking the event loop."""
        return await asyncio.to_thread(lambda: self.search(query, limit, **filters))

    async def aask(
        self, question: str, *, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> Answer:
        """`ask` for async callers; cancelling it stops the model."""
        events = [e async for e in self.astream(question, history=history, filters=filters)]
        return _last(events)

    async def astream(
        self, question: str, *, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> AsyncIterator[Event]:
        """`stream` for `async for`; cancelling the task that reads it stops the model."""
        engine = await asyncio.to_thread(self._opened)
        if engine is None:
            yield Done(answer=_empty_library(question))
            return
        async for event in engine.astream(question, history, filters):
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
