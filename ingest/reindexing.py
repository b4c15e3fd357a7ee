"""Rebuilds both indexes from the records, beside the old ones, and then switches over."""

import shutil
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import make_embedding, model_label
from ingest.embedding.chunks import ChunkEmbedder
from ingest.errors import IndexDamagedError, LibraryError
from ingest.library.chroma import open_chroma
from ingest.library.lexical import LexicalIndex
from ingest.library.library import Library
from ingest.library.lock import writer_lock
from ingest.library.manifest import (
    Manifest,
    load_manifest,
    replaceable_manifest,
    save_manifest,
)
from ingest.library.publishing_lock import PublishingLock
from ingest.library.records import Records
from ingest.library.vector_store import VectorStore
from ingest.library.vectors import ChunkVector, DenseIndex
from ingest.library.write_mark import WriteMark
from ingest.paper import Paper
from ingest.repair import redo_pending

OnProgress = Callable[[int], None]
Chunks = dict[int, list[ChunkVector]]


def reindex(
    library: LibraryConfig, embedding: EmbeddingConfig, on_progress: OnProgress = lambda _: None
) -> int:
    """Rebuild with the configured embedding model; returns the number of papers.

    Vectors of the same model are kept. Until the switch, which is one rename, readers see the old
    indexes; a rebuild that is cut off leaves them in force, and the next one takes up what it had
    embedded. A lost manifest is made anew; its vectors may be of any model and are not kept.
    """
    embedder = ChunkEmbedder(make_embedding(embedding), embedding)
    replaceable_manifest(library.path)
    with writer_lock(library.path, library.lock_timeout_s):
        done = rebuild(library, embedding, embedder, on_progress)
        with Library.open(library, model_label(embedding)) as opened:
            redo_pending(opened, embedder)
    return done


def rebuild(
    library: LibraryConfig,
    embedding: EmbeddingConfig,
    embedder: ChunkEmbedder,
    on_progress: OnProgress = lambda _: None,
) -> int:
    """`reindex` for callers that hold the writer's lock and finish pending changes themselves."""
    old = replaceable_manifest(library.path)
    model = model_label(embedding)
    changed = {
        "index": old.next_index(),
        "embedding_model": model,
        "dimension": old.dimension if model == old.embedding_model else embedder.dimension(),
        "chunk_tokens": embedding.max_tokens,
    }
    records = Records(library.path)
    try:
        made = _Rebuild(library, old, old.model_copy(update=changed), records, embedder)
        return made.run(on_progress)
    finally:
        records.close()


def paper_count(library: LibraryConfig) -> int:
    """How many papers a rebuild goes through; LibraryError if there is no library."""
    replaceable_manifest(library.path)
    records = Records(library.path)
    try:
        return records.count
    finally:
        records.close()


def sweep(library: LibraryConfig, manifest: Manifest) -> None:
    """Remove what rebuilds that were cut off have left."""
    for place in library.path.glob("index-*"):
        if place.name != manifest.index:
            shutil.rmtree(place, ignore_errors=True)
    if library.chroma_url:
        client = open_chroma(library, library.path)
        for collection in client.list_collections():
            if manifest.has_had(collection.name) and collection.name != manifest.collection:
                client.delete_collection(collection.name)


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

    def run(self, on_progress: OnProgress) -> int:
        place = self.config.path / self.new.index
        kept = self._prepared(place)
        former = self._former()
        dense, lexical = self._emptied(place), LexicalIndex(place)
        try:
            papers = self.records.all()
            with WriteMark(place).writing():
                while batch := dict(islice(papers, self.config.batch_size)):
                    chunks = self._chunks(batch, kept, former, on_progress)
                    dense.upsert([chunk for cut in chunks.values() for chunk in cut], batch)
                    lexical.replace(batch)
        finally:
            dense.close()
            if former is not None:
                former.close()
        return self._switch(kept)

    def _prepared(self, place: Path) -> VectorStore:
        """The store for the new vectors, with those of a rebuild like this that was cut off."""
        try:
            if place.exists() and load_manifest(place) == self.new:
                shutil.rmtree(place / "chroma", ignore_errors=True)
                shutil.rmtree(place / "tantivy", ignore_errors=True)
                return VectorStore(place)
        except LibraryError:
            pass
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        save_manifest(place, self.new)
        return VectorStore(place)

    def _former(self) -> VectorStore | None:
        """The store with vectors of the same kind; None where there is none that can be read."""
        alike = ("embedding_model", "chunk_tokens", "dimension")
        if any(getattr(self.old, name) != getattr(self.new, name) for name in alike):
            return None
        place = self.config.path / self.old.index
        try:
            return VectorStore(place) if place.exists() else None
        except IndexDamagedError:
            return None

    def _emptied(self, place: Path) -> DenseIndex:
        client = open_chroma(self.config, place)
        DenseIndex(client, self.new.collection).drop()
        return DenseIndex(client, self.new.collection)

    def _chunks(
        self,
        batch: Mapping[int, Paper],
        kept: VectorStore,
        former: VectorStore | None,
        on_progress: OnProgress,
    ) -> Chunks:
        """The chunks of all papers of a batch; those that `kept` lacks are put into it."""
        chunks = _of_present_texts(kept, batch)
        lacking = {key: paper for key, paper in batch.items() if key not in chunks}
        found = _of_present_texts(former, lacking) if former is not None else {}
        on_progress(len(chunks) + len(found))
        todo = {key: paper for key, paper in lacking.items() if key not in found}
        for key, done in zip(todo, self.embedder.embed(list(todo.values())), strict=True):
            found[key] = [chunk._replace(key=key) for chunk in done.chunks]
            on_progress(1)
        kept.put({key: (batch[key].text_hash, cut) for key, cut in found.items()})
        return chunks | found

    def _switch(self, kept: VectorStore) -> int:
        present = self.records.text_hashes()
        kept.remove([key for key in kept.all_texts() if key not in present])
        counts = {key: text.chunks for key, text in kept.all_texts().items()}
        kept.close()
        with PublishingLock(self.config.path).writing():
            save_manifest(self.config.path, self.new)
            self.records.recount_chunks(counts)
            sweep(self.config, self.new)
        return len(counts)


def _of_present_texts(store: VectorStore, papers: Mapping[int, Paper]) -> Chunks:
    """The chunks that a store has of the texts that the papers have now."""
    try:
        texts = store.texts(list(papers))
        return store.chunks(
            [k for k, text in texts.items() if text.text_hash == papers[k].text_hash]
        )
    except IndexDamagedError:
        return {}
