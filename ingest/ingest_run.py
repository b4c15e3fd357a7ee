"""One ingest: records are cleaned, resolved, embedded and written batch by batch."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from ingest.cleaning import clean_paper
from ingest.embedding.chunks import ChunkEmbedder
from ingest.garbage import set_aside
from ingest.library import Library
from ingest.paper import Paper
from ingest.pricing import PriceTable
from ingest.readers import Failure
from ingest.report import IngestReport, NearDuplicate
from ingest.resolving import Resolution, Touched, resolve
from ingest.spending import TIMED_TEXTS, cost_of, seconds_to_embed

OnProgress = Callable[[int], None]


class IngestRun:
    """Takes records to an open library, or without one (or `write`) only counts."""

    def __init__(
        self,
        embedder: ChunkEmbedder,
        library: Library | None,
        prices: PriceTable,
        keep_without_abstract: bool = False,
        *,
        write: bool = True,
        on_progress: OnProgress = lambda _: None,
    ) -> None:
        self.embedder = embedder
        self.library = library
        self.prices = prices
        self.keep_without_abstract = keep_without_abstract
        self.write = write
        self.on_progress = on_progress
        self.report = IngestReport()
        self.touched = Touched()
        self._timed: list[Paper] = []
        self._chunks = 0

    def ingest(self, records: Iterable[Paper | Failure], batch_size: int) -> IngestReport:
        """Work through the records; the report holds what happened to each.

        The next batch is read while one is written.
        """
        started = time.monotonic()
        papers = self._readable(records)
        with set_aside(), ThreadPoolExecutor(1, thread_name_prefix="reader") as ahead:
            reading = ahead.submit(lambda: list(islice(papers, batch_size)))
            while batch := reading.result():
                reading = ahead.submit(lambda: list(islice(papers, batch_size)))
                self._batch(batch)
        self._account()
        self.report.seconds = round(time.monotonic() - started, 3)
        return self.report

    def _account(self) -> None:
        report = self.report
        report.cost_usd = cost_of(self.embedder, report.embedded_tokens, self.prices)
        if not self.write:
            report.estimated_seconds = seconds_to_embed(
                self.embedder, self._timed, report.embedded_tokens, self._chunks
            )

    def _readable(self, records: Iterable[Paper | Failure]) -> Iterator[Paper]:
        for record in records:
            if isinstance(record, Failure):
                self.report.fail(record)
                continue
            self.report.read += 1
            paper = clean_paper(record)
            if not paper.abstract.strip():
                self.report.without_abstract += 1
                self.report.papers_without_abstract.append(paper.title)
                if not self.keep_without_abstract:
                    continue
            yield paper

    def _batch(self, batch: list[Paper]) -> None:
        resolution = resolve(batch, self.library.records if self.library else None, self.touched)
        self._count(resolution)
        self.on_progress(len(batch) - len(resolution.embed))
        if self.write and self.library is not None:
            self._store(self.library, resolution)
        else:
            self._timed += resolution.embed[: TIMED_TEXTS - len(self._timed)]
            cut = self.embedder.cut(resolution.embed)
            self._chunks += sum(len(one.chunks) for one in cut)
            self.report.embedded_tokens += sum(one.tokens for one in cut)

    def _count(self, resolution: Resolution) -> None:
        counts = Counter(resolution.verdicts)
        self.report.added += counts["added"]
        self.report.updated += counts["updated"]
        self.report.unchanged += counts["unchanged"]
        self.report.merged += counts["merged"]
        self.report.near_duplicates += [
            NearDuplicate(id=one.id, other_id=other.id, title=other.title)
            for one, other in resolution.near
        ]

    def _store(self, library: Library, resolution: Resolution) -> None:
        changes = []
        for done in self.embedder.embed(resolution.embed):
            changes.append((done.paper, done.chunks))
            self.report.embedded_tokens += done.tokens
            self.on_progress(1)
        if changes or resolution.fields_only or resolution.removed:
            library.write(changes, resolution.fields_only, resolution.removed)
        if resolution.sources_only:
            library.records.note_sources(resolution.sources_only)
