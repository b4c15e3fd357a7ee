"""Brings a file into a library, or its chunks into a bare index, with vectors looked up.

`python -m evals.bench.loading PART FILE FOLDER` prints one JSON object. A process does one part, so
that its peak memory is that part's.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, takewhile
from pathlib import Path
from typing import NamedTuple, TypedDict

import chromadb
import numpy as np
import tantivy
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.types import Metadata
from chromadb.config import Settings as ChromaSettings

from evals.bench.corpus import papers_in
from evals.bench.memory import peak_mb
from evals.bench.stopwatch import Stopwatch
from evals.bench.stored_vectors import StoredVectors
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import model_label
from ingest.embedding.chunks import ChunkEmbedder, EmbeddedPaper
from ingest.embedding.embedded import EmbeddedEmbedding
from ingest.embedding.provider import sentence_encoder
from ingest.ingest_run import IngestRun
from ingest.library import Library, Manifest
from ingest.library.lexical import analyzer
from ingest.pipeline import read_papers
from ingest.pricing import load_prices

BATCH = 2000
_WRITER_BYTES = 64_000_000
_CHROMA_BATCH = 5000
_GRAPH: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_construction": 128, "ef_search": 200, "max_neighbors": 16}
}


class _Texts(TypedDict, total=False):
    """What Chroma may hold beside ids and vectors."""

    documents: list[str]
    metadatas: list[Metadata]


class Job(NamedTuple):
    """What is loaded, where to, with the vectors of what; it stops after so many seconds."""

    file: Path
    folder: Path
    vectors: Path | None
    limit_s: float


Part = Callable[[Job], dict[str, float]]


def load_library(job: Job) -> dict[str, float]:
    """The whole way: read, clean, resolve, cut, store, index and publish, from a file on disk."""
    watch = Stopwatch()
    embedder, encoder = _embedder(job.vectors)
    config = EmbeddingConfig()
    manifest = Manifest(
        embedding_model=model_label(config), dimension=384, chunk_tokens=config.max_tokens
    )
    papers = read_papers([job.file])
    with Library.create(LibraryConfig(path=job.folder), manifest) as library:
        run = IngestRun(embedder, library, load_prices(None))
        with watch.running():
            run.ingest(takewhile(lambda _: watch.so_far < job.limit_s, papers), BATCH)
        chunks = library.records.chunk_count
    return _result(run.report.added, chunks, watch) | {"synthetic": encoder.synthetic}


def load_chroma(job: Job) -> dict[str, float]:
    """Bare Chroma: ids and vectors of the same chunks, with the same graph's settings."""
    return _load_chroma(job, with_texts=False)


def load_texts(job: Job) -> dict[str, float]:
    """Chroma as a RAG program fills it that keeps all in it: text, title and year of each chunk."""
    return _load_chroma(job, with_texts=True)


def _load_chroma(job: Job, *, with_texts: bool) -> dict[str, float]:
    settings = ChromaSettings(anonymized_telemetry=False)
    client = chromadb.PersistentClient(str(job.folder), settings=settings)
    collection = client.create_collection("bare", configuration=_GRAPH)
    papers = chunks = 0
    watch = Stopwatch()
    for batch in _batches(job):
        vectors = np.stack([chunk.vector for paper in batch for chunk in paper.chunks])
        ids = [str(number) for number in range(chunks, chunks + len(vectors))]
        with watch.running():
            for at in range(0, len(ids), _CHROMA_BATCH):
                some = slice(at, at + _CHROMA_BATCH)
                texts = _texts(batch, some) if with_texts else _Texts()
                collection.add(ids=ids[some], embeddings=vectors[some], **texts)
        papers, chunks = papers + len(batch), chunks + len(ids)
        if watch.seconds > job.limit_s:
            break
    return _result(papers, chunks, watch)


def _texts(batch: Sequence[EmbeddedPaper], some: slice) -> _Texts:
    pieces = [(paper.paper, chunk) for paper in batch for chunk in paper.chunks][some]
    return {
        "documents": [paper.abstract[chunk.start : chunk.end] for paper, chunk in pieces],
        "metadatas": [{"title": paper.title, "year": paper.year or 0} for paper, _ in pieces],
    }


def load_tantivy(job: Job) -> dict[str, float]:
    """Bare tantivy: the same texts in one field, with the same words, a commit a batch."""
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("key", indexed=True, fast=True)
    schema.add_text_field("text", tokenizer_name="words", index_option="position")
    job.folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema.build(), path=str(job.folder))
    index.register_tokenizer("words", analyzer())
    papers, watch = 0, Stopwatch()
    writer = index.writer(_WRITER_BYTES, 1)
    records = papers_in(job.file)
    while (batch := list(islice(records, BATCH))) and watch.seconds < job.limit_s:
        with watch.running():
            for number, paper in enumerate(batch, papers):
                document = tantivy.Document()
                document.add_unsigned("key", number)
                document.add_text("text", paper.text)
                writer.add_document(document)
            writer.commit()
        papers += len(batch)
    return _result(papers, papers, watch)


PARTS: dict[str, Part] = {
    "library": load_library,
    "chroma": load_chroma,
    "texts": load_texts,
    "tantivy": load_tantivy,
}


def _embedder(vectors: Path | None) -> tuple[ChunkEmbedder, StoredVectors]:
    config = EmbeddingConfig()
    encoder = StoredVectors(sentence_encoder(config), vectors)
    return ChunkEmbedder(EmbeddedEmbedding(encoder), config), encoder


def _batches(job: Job) -> Iterator[list[EmbeddedPaper]]:
    embedder, _ = _embedder(job.vectors)
    papers = papers_in(job.file)
    while batch := list(islice(papers, BATCH)):
        yield list(embedder.embed(batch))


def _result(papers: int, chunks: int, watch: Stopwatch) -> dict[str, float]:
    spent = {"seconds": watch.seconds, "cpu_seconds": watch.cpu_seconds}
    return {"papers": papers, "chunks": chunks, **spent, "peak_mb": peak_mb()}


def main() -> None:
    """Do one part and print what it took."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.loading")
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("file", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vectors", type=Path, help="library whose vectors are taken")
    parser.add_argument("--limit-s", type=float, default=float("inf"), help="stop after these")
    given = parser.parse_args()
    job = Job(given.file, given.folder, given.vectors, given.limit_s)
    print(json.dumps(PARTS[given.part](job)))


if __name__ == "__main__":
    main()
