"""Ingest: sources to a library, with a report; twice does no harm."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.borrowing import borrowed
from ingest.config import EmbeddingConfig, LibraryConfig, OnlineConfig
from ingest.doctor import open_for_writing
from ingest.embedding import make_embedding, model_label
from ingest.embedding.chunks import ChunkEmbedder
from ingest.errors import SourceError
from ingest.ingest_run import IngestRun, OnProgress
from ingest.library import Library, Manifest
from ingest.library.lock import writer_lock
from ingest.library.manifest import load_manifest
from ingest.paper import Paper
from ingest.pricing import load_prices
from ingest.readers import Failure, Reader, Source, detect, reader_named, readers_for
from ingest.repair import redo_pending
from ingest.report import IngestReport
from ingest.sources import expand
from ingest.syncing import place_of, vanished

AUTO = "auto"


def read_papers(
    arguments: Sequence[str | Path],
    source_format: str = AUTO,
    *,
    online: OnlineConfig | None = None,
    limit: int | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Paper | Failure]:
    """Every record of the named files, folders, globs or `-`; failures stand among them.

    With `online`, also those of online arguments, at most `limit` papers each. `columns` names the
    columns of CSV tables by field; SourceError if there is no such field.
    """
    readers = readers_for(columns)
    for source in expand(arguments, online=online, limit=limit):
        if isinstance(source, Failure):
            yield source
        else:
            yield from _read_source(source, source_format, readers)


def _read_source(
    source: Source, source_format: str, readers: Sequence[Reader]
) -> Iterator[Paper | Failure]:
    place = place_of(source)
    try:
        auto = source_format == AUTO
        reader = detect(source, readers) if auto else reader_named(source_format, readers)
        for record in reader.read(source):
            yield record if isinstance(record, Failure) else _located(record, place)
    except SourceError as error:
        yield Failure(source.name, None, str(error).removeprefix(f"{source.name}: "))


def _located(paper: Paper, place: str) -> Paper:
    """The record with the place of its source in full."""
    if all(source.file == place for source in paper.sources):
        return paper
    sources = tuple(source.model_copy(update={"file": place}) for source in paper.sources)
    return paper.model_copy(update={"sources": sources})


def dry_run(
    records: Iterable[Paper | Failure],
    library: LibraryConfig,
    embedding: EmbeddingConfig,
    keep_without_abstract: bool = False,
    *,
    sync_folder: Path | None = None,
    prices_file: Path | None = None,
) -> IngestReport:
    """Say what an ingest would do, cost and take; nothing is written.

    At most eight texts are embedded, to time the model, and only if it runs on this machine.
    """
    prices = load_prices(prices_file)
    embedder = ChunkEmbedder(make_embedding(embedding), embedding)
    existing = _existing(library, embedding)
    try:
        run = IngestRun(embedder, existing, prices, keep_without_abstract, write=False)
        report = run.ingest(records, library.batch_size)
        if existing is not None and sync_folder is not None:
            report.removed = len(vanished(existing, sync_folder, run.touched.seen, report))
        return report
    finally:
        if existing is not None:
            existing.close()


def ingest_records(
    records: Iterable[Paper | Failure],
    library: LibraryConfig,
    embedding: EmbeddingConfig,
    on_progress: OnProgress = lambda _: None,
    *,
    keep_without_abstract: bool = False,
    sync_folder: Path | None = None,
    prices_file: Path | None = None,
    held: Library | None = None,
) -> IngestReport:
    """Bring records into the library, made if there is none; `on_progress` gets papers done.

    `held` is the same library where this process has it open to read from: it is written through.
    With `sync_folder`, papers that came from that folder alone and were not read this time are
    removed. Raises LibraryError, EmbeddingError and PricesError; whatever was committed by then
    stays, and the next run takes up the rest.
    """
    prices = load_prices(prices_file)
    embedder = ChunkEmbedder(make_embedding(embedding), embedding)
    with _writable(library, embedding, embedder, held) as opened:
        redo_pending(opened, embedder)
        run = IngestRun(embedder, opened, prices, keep_without_abstract, on_progress=on_progress)
        report = run.ingest(records, library.batch_size)
        if sync_folder is not None:
            gone = vanished(opened, sync_folder, run.touched.seen, report)
            report.removed = opened.remove(gone) if gone else 0
        return report


@contextmanager
def _writable(
    library: LibraryConfig,
    embedding: EmbeddingConfig,
    embedder: ChunkEmbedder,
    held: Library | None,
) -> Iterator[Library]:
    """The library, made if there is none, under the writer's lock."""
    with (
        writer_lock(library.path, library.lock_timeout_s),
        borrowed(held, embedding) as open_already,
    ):
        if open_already is not None:
            yield open_already
            return
        with open_for_writing(library, embedding, embedder) or _new(
            library, embedding, embedder
        ) as opened:
            yield opened


def _existing(library: LibraryConfig, embedding: EmbeddingConfig) -> Library | None:
    if load_manifest(library.path) is None:
        return None
    return Library.open(library, model_label(embedding))


def _new(library: LibraryConfig, embedding: EmbeddingConfig, embedder: ChunkEmbedder) -> Library:
    manifest = Manifest(
        embedding_model=model_label(embedding),
        dimension=embedder.dimension(),
        chunk_tokens=embedding.max_tokens,
    )
    return Library.create(library, manifest)
