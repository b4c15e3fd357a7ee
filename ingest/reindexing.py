"""Rebuilds both indexes from the records, beside the old ones, and then switches over."""

import shutil
from collections.abc import Callable, Iterator
from itertools import islice

from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import make_embedding, model_label
from ingest.embedding.chunks import ChunkEmbedder, EmbeddedPaper
from ingest.errors import LibraryError
from ingest.library.chroma import open_chroma
from ingest.library.lexical import LexicalIndex
from ingest.library.library import Library
from ingest.library.lock import writer_lock
from ingest.library.manifest import Manifest, load_manifest, save_manifest
from ingest.library.records import Records
from ingest.library.vectors import ChunkVector, DenseIndex
from ingest.paper import Paper
from ingest.repair import redo_pending


def reindex(
    library: LibraryConfig,
    embedding: EmbeddingConfig,
    on_progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Rebuild with the configured embedding model; returns the number of papers.

    Vectors of the same model are taken from the old index where they fit. Until the switch, which
    is one rename, readers see the old indexes; a rebuild that is cut off leaves them in force.
    """
    embedder = ChunkEmbedder(make_embedding(embedding), embedding)
    with writer_lock(library.path, library.lock_timeout_s):
        old = load_manifest(library.path)
        if old is None:
            raise LibraryError(f"there is no library in {library.path}")
        new = old.model_copy(
            update={
                "index": old.next_index(),
                "embedding_model": model_label(embedding),
                "dimension": embedder.dimension(),
                "chunk_tokens": embedding.max_tokens,
            }
        )
        records = Records(library.path)
        try:
            done = _Rebuild(library, old, new, records, embedder).run(on_progress)
        finally:
            records.close()
        with Library(library, new) as opened:
            redo_pending(opened, embedder)
    return done


class _Rebuild:
    def __init__(
        self,
        config: LibraryConfig,
        old: Manifest,
        new: Manifest,
        records: Records,
        embedder: ChunkEmbedder,
    ) -> None:
        self.config = config
        self.old = old
        self.new = new
        self.records = records
        self.embedder = embedder

    def run(self, on_progress: Callable[[int], None]) -> int:
        place = self.config.path / self.new.index
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        client = open_chroma(self.config, place)
        DenseIndex(client, self.new.collection).drop()
        dense, lexical = DenseIndex(client, self.new.collection), LexicalIndex(place)
        reusable = self._old_vectors()
        counts: dict[int, int] = {}
        papers = self.records.all()
        while batch := dict(islice(papers, self.config.batch_size)):
            chunks = {}
            for key, done in zip(batch, self._embedded(batch, reusable), strict=True):
                chunks[key] = [chunk._replace(key=key) for chunk in done.chunks]
                on_progress(1)
            dense.upsert([c for some in chunks.values() for c in some], batch)
            lexical.replace(batch)
            counts |= {key: len(some) for key, some in chunks.items()}
        dense.close()
        self._switch(counts, reusable)
        return len(counts)

    def _switch(self, counts: dict[int, int], old_vectors: DenseIndex | None) -> None:
        save_manifest(self.config.path, self.new)
        self.records.recount_chunks(counts)
        if old_vectors is not None:
            old_vectors.drop()
            old_vectors.close()
        shutil.rmtree(self.config.path / self.old.index, ignore_errors=True)

    def _old_vectors(self) -> DenseIndex | None:
        """The old index; None where it cannot be opened."""
        try:
            client = open_chroma(self.config, self.config.path / self.old.index)
            return DenseIndex(client, self.old.collection)
        except LibraryError:
            return None

    def _embedded(self, batch: dict[int, Paper], old: DenseIndex | None) -> Iterator[EmbeddedPaper]:
        kept = self._kept(batch, old) if old is not None and self._same_vectors() else {}
        fresh = self.embedder.embed([paper for key, paper in batch.items() if key not in kept])
        for key, paper in batch.items():
            yield EmbeddedPaper(paper, kept[key], 0) if key in kept else next(fresh)

    def _same_vectors(self) -> bool:
        return (self.old.embedding_model, self.old.chunk_tokens) == (
            self.new.embedding_model,
            self.new.chunk_tokens,
        )

    def _kept(self, batch: dict[int, Paper], old: DenseIndex) -> dict[int, list[ChunkVector]]:
        """Old vectors of the papers that have them all, of their present text."""
        cut = {key: self.embedder.chunks(paper) for key, paper in batch.items()}
        ids = [f"{key}:{c.part}" for key, chunks in cut.items() for c in chunks]
        hashes, vectors = old.text_hashes(ids), old.vectors(ids)
        return {
            key: [
                ChunkVector(key, c.part, c.start, c.end, vectors[f"{key}:{c.part}"]) for c in chunks
            ]
            for key, chunks in cut.items()
            if all(
                hashes.get(f"{key}:{c.part}") == batch[key].text_hash
                and f"{key}:{c.part}" in vectors
                for c in chunks
            )
        }
