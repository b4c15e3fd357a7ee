"""The library: one folder with records, vectors and lexical index behind one door."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from ingest.config import LibraryConfig
from ingest.errors import IndexDamagedError, LibraryError
from ingest.library.chroma import open_chroma
from ingest.library.exact_search import nearest
from ingest.library.filters import PaperFilter
from ingest.library.gate import Gate
from ingest.library.lexical import LexicalIndex
from ingest.library.manifest import Manifest, existing_manifest, load_manifest, save_manifest
from ingest.library.origins import Origins
from ingest.library.publishing_lock import PublishingLock
from ingest.library.records import Known, PendingPaper, Records
from ingest.library.vector_store import VectorStore, nearest_cosines
from ingest.library.vectors import ChunkVector, DenseIndex
from ingest.library.write_mark import TORN, WriteMark
from ingest.paper import Paper


class LibraryStats(BaseModel):
    """Figures about a library."""

    model_config = ConfigDict(frozen=True)

    papers: int = 0
    chunks: int = 0
    embedding_model: str = ""
    dimension: int = 0
    format_version: int = 0
    by_year: dict[int, int] = {}


class Library:
    """An open library. Readers see whole published batches only; safe to share between threads."""

    def __init__(self, config: LibraryConfig, manifest: Manifest) -> None:
        self.config = config
        self.folder = config.path
        self.manifest = manifest
        self.records = Records(self.folder)
        self.origins = Origins(self.records)
        self._gate = Gate()
        self._inside = threading.local()
        self._lending = threading.Lock()
        self._lent = 0
        self._closed = False
        self._publishing = PublishingLock(self.folder)
        with self._publishing.reading():
            self._seen_version = self.records.version
            self._open_indexes()

    @classmethod
    def open(cls, config: LibraryConfig, embedding_model: str) -> "Library":
        """Open an existing library; LibraryError names the remedy if it cannot be."""
        manifest = existing_manifest(config.path)
        manifest.check_model(embedding_model, config.path)
        return cls(config, manifest)

    @classmethod
    def create(cls, config: LibraryConfig, manifest: Manifest) -> "Library":
        """Open the library in a folder, made now if there is none."""
        existing = load_manifest(config.path)
        if existing is not None:
            existing.check_model(manifest.embedding_model, config.path)
            return cls(config, existing)
        try:
            config.path.mkdir(parents=True, exist_ok=True)
            save_manifest(config.path, manifest)
        except OSError as error:
            raise LibraryError(
                f"no library can be made in {config.path} ({error.strerror}); choose a folder that"
                " you may write to with --library or PAPERS_LIBRARY__PATH"
            ) from error
        return cls(config, manifest)

    def __enter__(self) -> "Library":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release files, or have the last who borrows it do so; it must not be used afterwards."""
        with self._lending:
            self._closed = True
            if not self._lent:
                self._release()

    @contextmanager
    def lent(self) -> Iterator[bool]:
        """Stays open inside, also when its owner closes it meanwhile; False where it is closed."""
        with self._lending:
            borrowed = not self._closed
            self._lent += borrowed
        try:
            yield borrowed
        finally:
            with self._lending:
                self._lent -= borrowed
                if borrowed and self._closed and not self._lent:
                    self._release()

    @property
    def torn(self) -> bool:
        """Whether its last writer died, or had an error, while writing the dense index."""
        return self._dense is None or self._mark.torn

    @property
    def dense(self) -> DenseIndex:
        """The dense index; IndexDamagedError where its last writer died while writing the graph."""
        if self._dense is None:
            raise IndexDamagedError(TORN)
        return self._dense

    @property
    def version(self) -> int:
        """Grows with every published batch."""
        return self.records.version

    def stats(self) -> LibraryStats:
        """Count papers and chunks."""
        return LibraryStats(
            papers=self.records.count,
            chunks=self.records.chunk_count,
            embedding_model=self.manifest.embedding_model,
            dimension=self.manifest.dimension,
            format_version=self.manifest.format_version,
            by_year=self.records.by_year(),
        )

    def get(self, paper_id: str) -> Paper | None:
        """The paper with that id."""
        return self.records.get(paper_id)

    def papers(self) -> Iterator[Paper]:
        """Every paper in order of arrival."""
        return (paper for _, paper in self.records.all())

    def known(self, ids: Sequence[str]) -> dict[str, Known]:
        """What is stored under the given ids."""
        return self.records.known(ids)

    @contextmanager
    def reading(self) -> Iterator[int]:
        """See one published version, whose number is given, whatever is written meanwhile.

        Every search passes here by itself; around several of them it makes them see the same and
        saves time. Writers wait, so nothing slow belongs inside.
        """
        if getattr(self._inside, "yes", False):
            yield self._seen_version
            return
        with self._publishing.reading():
            if self.records.version != self._seen_version:
                with self._gate.alone():
                    if self.records.version != self._seen_version:
                        self._reopen()
            with self._gate.shared():
                self._inside.yes = True
                try:
                    yield self._seen_version
                finally:
                    self._inside.yes = False

    def search_dense(
        self, vector: npt.NDArray[np.float32], limit: int, only: PaperFilter | None = None
    ) -> list[tuple[int, float]]:
        """(paper key, cosine of its nearest chunk), best first, at most `limit` papers."""
        only = only and self.resolved(only)
        with self.reading():
            seen = self._dense
            try:
                return self._search_dense(vector, limit, only)
            except IndexDamagedError:  # as of a client that was open while a writer died halfway
                with self._gate.alone_from_inside():
                    if self._dense is seen:
                        self._reopen()
                return self._search_dense(vector, limit, only)

    def search_lexical(
        self, text: str, limit: int, only: PaperFilter | None = None
    ) -> list[tuple[int, float]]:
        """(paper key, BM25 score), best first."""
        with self.reading():
            return self.lexical.search(text, limit, only and self.resolved(only))

    def resolved(self, only: PaperFilter) -> PaperFilter:
        """The filter as both indexes understand it."""
        return self.origins.resolved(only)

    def chunk_vectors(self, keys: Sequence[int]) -> dict[int, npt.NDArray[np.float32]]:
        """The unit vectors of each given paper's chunks, shape (chunks, dimension)."""
        with self.reading():
            return self.vectors.matrices(keys)

    def dense_scores(
        self, vector: npt.NDArray[np.float32], keys: Sequence[int]
    ) -> dict[int, float]:
        """Cosine of the nearest chunk of each given paper."""
        return nearest_cosines(self.chunk_vectors(keys), vector)

    def sample_vectors(self, size: int) -> npt.NDArray[np.float32]:
        """Up to `size` stored vectors, shape (n, dimension)."""
        with self.reading():
            return self.vectors.sample(size)

    def write(
        self,
        changes: Sequence[tuple[Paper, Sequence[ChunkVector]]],
        kept_vectors: Sequence[Paper] = (),
        removed: Sequence[str] = (),
    ) -> None:
        """Add, replace or remove papers, all or nothing.

        `changes` are papers with the vectors of their chunks (whose `key` is filled in here);
        `kept_vectors` are papers of which only fields outside the embedded text changed.
        """
        known = self.records.known([p.id for p in kept_vectors])
        staged = self.records.stage(
            [(paper, len(chunks)) for paper, chunks in changes]
            + [(paper, known[paper.id].chunks) for paper in kept_vectors],
            removed,
        )
        fresh = {
            change.key: [chunk._replace(key=change.key) for chunk in chunks]
            for change, (_, chunks) in zip(staged[: len(changes)], changes, strict=True)
        }
        self.apply(staged, fresh)

    def remove(self, ids: Sequence[str]) -> int:
        """Remove papers; returns how many there were."""
        staged = self.records.stage([], ids)
        self.apply(staged, {})
        return len(staged)

    def apply(
        self, staged: Sequence[PendingPaper], fresh: Mapping[int, Sequence[ChunkVector]]
    ) -> None:
        """Bring both indexes up to the staged changes and publish them.

        Readers wait for it, so that they see all of the batch or nothing.
        """
        papers = {c.key: c.paper for c in staged if c.paper is not None}
        removed = [c.key for c in staged if c.paper is None]
        counts = {c.key: c.chunks for c in staged}
        with self._writing():
            before = self.vectors.texts(list(counts))
            self.dense.delete(
                [f"{k}:{i}" for k, old in before.items() for i in range(counts[k], old.chunks)]
            )
            self.vectors.put({key: (papers[key].text_hash, cut) for key, cut in fresh.items()})
            with self.lexical.replacing(papers, removed):
                chunks = [chunk for cut in fresh.values() for chunk in cut]
                self.dense.upsert(chunks, papers, known=before)
                self.dense.update_metadata(
                    {key: (paper, counts[key]) for key, paper in papers.items() if key not in fresh}
                )
            self.vectors.remove(removed)
            self.records.publish(staged)
            self._seen_version = self.records.version

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Keep readers out while the indexes are changed by hand; they look anew afterwards."""
        with self._writing():
            yield
            self.records.recount_chunks({k: t.chunks for k, t in self.vectors.all_texts().items()})
            self._seen_version = self.records.version

    def _open_indexes(self) -> None:
        place = self.folder / self.manifest.index
        place.mkdir(exist_ok=True)
        self._mark = WriteMark(place)
        self._dense = None if self._mark.torn else self._open_dense(place)
        self.lexical, self.vectors = LexicalIndex(place), VectorStore(place)

    def _open_dense(self, place: Path) -> DenseIndex:
        return DenseIndex(open_chroma(self.config, place), self.manifest.collection)

    def _release(self) -> None:
        self._close_indexes()
        self.records.close()

    def _close_indexes(self) -> None:
        if self._dense is not None:
            self._dense.close()
        self.vectors.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Keep readers out, and leave a mark for the case that this is cut off."""
        with self._publishing.writing(), self._mark.writing():
            yield

    def _search_dense(
        self, vector: npt.NDArray[np.float32], limit: int, only: PaperFilter | None
    ) -> list[tuple[int, float]]:
        if self._dense is None:
            return nearest(self.records, self.vectors, vector, limit, only)
        best: dict[int, float] = {}
        # Asking for twice as many costs a tenth more, asking a second time twice as much.
        for key, cosine in self._dense.search(vector, 2 * limit, only):
            best.setdefault(key, cosine)
        return list(best.items())[:limit]

    def _reopen(self) -> None:
        """See what another process has published: Chroma shows it only to a client opened since."""
        manifest = load_manifest(self.folder) or self.manifest
        manifest.check_model(self.manifest.embedding_model, self.folder)
        version = self.records.version
        self._close_indexes()
        self.manifest = manifest
        self._open_indexes()
        self._seen_version = version
