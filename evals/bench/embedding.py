"""The rate of ingest with the embedded model, against tokeniser and model alone."""

import time
from collections.abc import Callable
from pathlib import Path

from assistant import Assistant, Settings
from evals.bench.corpus import papers_in
from evals.bench.figures import Figure
from ingest.embedding.chunks import ChunkEmbedder
from ingest.embedding.embedded import EmbeddedEmbedding
from ingest.embedding.provider import sentence_encoder

TARGET = 0.90


def embedding_figures(file: Path, library: Path) -> list[Figure]:
    """Chunks a second of both, on the same texts and threads; the bare one before and after."""
    settings = Settings(library={"path": library})
    encoder = sentence_encoder(settings.embedding)
    encoder.encode_one("warm up")
    embedder = ChunkEmbedder(EmbeddedEmbedding(encoder), settings.embedding)
    texts = [chunk.text for paper in papers_in(file) for chunk in embedder.chunks(paper)]
    before = _seconds(lambda: encoder.encode(texts))
    with Assistant(settings) as assistant:
        whole = len(texts) / _seconds(lambda: assistant.ingest([file]))
    after = _seconds(lambda: encoder.encode(texts))
    bare = 2 * len(texts) / (before + after)
    return [
        Figure("embedded model: encoder alone", bare, "chunks/s"),
        Figure("embedded model: whole ingest", whole, "chunks/s"),
        Figure("embedded model: whole ingest to encoder", whole / bare, "", at_least=TARGET),
    ]


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
