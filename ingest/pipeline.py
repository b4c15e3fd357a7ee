"""Ingest: sources to a library, with a report; twice does no harm."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import make_embedding, model_label
from ingest.embedding.chunks import ChunkEmbedder
from ingest.errors import SourceError
from ingest.library import Library, Manifest
from ingest.library.lock import writer_lock
from ingest.paper import Paper
from ingest.readers import Failure, Source, detect, reader_named
from ingest.report import IngestReport
from ingest.sources import expand

AUTO = "auto"
OnProgress = Callable[[int], None]


def read_papers(
    arguments: Sequence[str | Path], source_format: str = AUTO
) -> Iterator[Paper | Failure]:
    """Every record of the named files, folders, globs or `-`; failures stand among them."""
    for source in expand(arguments):
        if isinstance(source, Failure):
            yield source
        else:
            yield from _read_source(source, source_format)


def _read_source(source: Source, source_format: str) -> Iterator[Paper | Failure]:
    try:
        reader = detect(source) if source_format == AUTO else reader_named(source_format)
        yield from reader.read(source)
    except SourceError as error:
        yield Failure(source.name, None, str(error).removeprefix(f"{source.name}: "))


def dry_run(
    records: Iterable[Paper | Failure],
    library: LibraryConfig,
    embedding: EmbeddingConfig,
) -> IngestReport:
    """Say what an ingest would do; nothing is embedded or written."""
    embedder = ChunkEmbedder(make_embedding(embedding), embedding)
    run = _Run(embedder, _existing(library, embedding), write=False)
    return run.ingest(records, library.batch_size, lambda _: None)


def ingest_records(
    records: Iterable[Paper | Failure],
    library: LibraryConfig,
    embedding: EmbeddingConfig,
    on_progress: OnProgress = lambda _: None,
) -> IngestReport:
    """Bring records into the library, made if there is none; `on_progress` gets papers done.

    Raises LibraryError and EmbeddingError; whatever was committed by then stays, and the next run
    takes up the rest.
    """
    embedder = ChunkEmbedder(make_embedding(embedding), embedding)
    with writer_lock(library.path, library.lock_timeout_s):
        opened = _existing(library, embedding) or Library.create(
            library.path,
            Manifest(
                embedding_model=model_label(embedding),
                dimension=embedder.dimension(),
                chunk_tokens=embedding.max_tokens,
            ),
        )
        with opened:
            redo_pending(opened, embedder)
            run = _Run(embedder, opened, write=True)
            return run.ingest(records, library.batch_size, on_progress)


def redo_pending(library: Library, embedder: ChunkEmbedder) -> int:
    """Finish a batch that was cut off; returns its number of papers."""
    staged = library.records.pending()
    papers = [change.paper for change in staged if change.paper is not None]
    keys = {change.paper.id: change.key for change in staged if change.paper is not None}
    fresh = {
        keys[done.paper.id]: [c._replace(key=keys[done.paper.id]) for c in done.chunks]
        for done in embedder.embed(papers)
    }
    staged = [change._replace(chunks=len(fresh.get(change.key, []))) for change in staged]
    if staged:
        library.apply(staged, fresh)
    return len(staged)


def _existing(library: LibraryConfig, embedding: EmbeddingConfig) -> Library | None:
    if not (library.path / "manifest.json").exists():
        return None
    return Library.open(library.path, model_label(embedding))


class _Run:
    """One ingest: sorts records into what is new, changed and known, and writes in batches."""

    def __init__(self, embedder: ChunkEmbedder, library: Library | None, write: bool) -> None:
        self.embedder = embedder
        self.library = library
        self.write = write
        self.report = IngestReport()
        self.seen: dict[str, str] = {}

    def ingest(
        self, records: Iterable[Paper | Failure], batch_size: int, on_progress: OnProgress
    ) -> IngestReport:
        started = time.monotonic()
        papers = self._readable(records)
        while batch := list(islice(papers, batch_size)):
            self._batch(batch, on_progress)
        self.report.seconds = round(time.monotonic() - started, 3)
        return self.report

    def _readable(self, records: Iterable[Paper | Failure]) -> Iterator[Paper]:
        for record in records:
            if isinstance(record, Failure):
                self.report.fail(record)
                continue
            self.report.read += 1
            if not record.abstract.strip():
                self.report.without_abstract += 1
            elif self.seen.get(record.id) == record.content_hash:
                self.report.merged += 1
            else:
                self.seen[record.id] = record.content_hash
                yield record

    def _batch(self, batch: list[Paper], on_progress: OnProgress) -> None:
        latest = {paper.id: paper for paper in batch}
        self.report.merged += len(batch) - len(latest)
        known = self.library.known(list(latest)) if self.library else {}
        embed: list[Paper] = []
        fields_only: list[Paper] = []
        for paper in latest.values():
            stored = known.get(paper.id)
            if stored is None:
                self.report.added += 1
                embed.append(paper)
            elif stored.content_hash == paper.content_hash:
                self.report.unchanged += 1
            else:
                self.report.updated += 1
                (fields_only if stored.text_hash == paper.text_hash else embed).append(paper)
        on_progress(len(batch) - len(embed))
        self._write(embed, fields_only, on_progress)

    def _write(
        self, embed: list[Paper], fields_only: list[Paper], on_progress: OnProgress
    ) -> None:
        if not self.write or self.library is None:
            texts = (chunk.text for paper in embed for chunk in self.embedder.chunks(paper))
            self.report.embedded_tokens += sum(self.embedder.count_tokens(t) for t in texts)
            return
        changes = []
        for done in self.embedder.embed(embed):
            changes.append((done.paper, done.chunks))
            self.report.embedded_tokens += done.tokens
            on_progress(1)
        if changes or fields_only:
            self.library.write(changes, fields_only)
