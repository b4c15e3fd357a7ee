"""The dense index: one Chroma collection of chunk vectors, cosine distance, no texts.

Chunk ids are `<paper key>:<chunk index>`, so that a hit names its paper without a look-up.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import chromadb
import numpy as np
import numpy.typing as npt
from chromadb.api import ClientAPI
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.errors import ChromaError, InternalError

from ingest.errors import LibraryError
from ingest.library.filters import PaperFilter, author_words, name_words
from ingest.library.remedy import REBUILD
from ingest.paper import Paper

_CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_construction": 128, "ef_search": 200, "max_neighbors": 16}
}
_MAX_BATCH = 5000
_PAGE = 5000


class ChunkVector(NamedTuple):
    """A chunk to be stored: its place in the abstract and its unit vector."""

    key: int
    part: int
    start: int
    end: int
    vector: npt.NDArray[np.float32]


class DenseIndex:
    """Chunk vectors by cosine similarity."""

    def __init__(self, client: ClientAPI, collection: str) -> None:
        self._client = client
        try:
            self._collection = client.get_or_create_collection(
                collection, configuration=_CONFIGURATION, embedding_function=None
            )
        except (ChromaError, ValueError, OSError, InternalError) as error:
            raise LibraryError(f"the vectors cannot be opened ({error}). {REBUILD}") from error

    def drop(self) -> None:
        """Delete the whole collection."""
        self._client.delete_collection(self._collection.name)

    def close(self) -> None:
        """Release the files."""
        if isinstance(self._client, Client):
            self._client.close()

    @property
    def count(self) -> int:
        """Number of chunks."""
        return self._collection.count()

    def upsert(self, chunks: Sequence[ChunkVector], papers: dict[int, Paper]) -> None:
        """Store chunks with what filters need of their papers."""
        shared = {key: _paper_metadata(paper) for key, paper in papers.items()}
        for at in range(0, len(chunks), _MAX_BATCH):
            some = chunks[at : at + _MAX_BATCH]
            self._collection.upsert(
                ids=[f"{c.key}:{c.part}" for c in some],
                embeddings=np.stack([c.vector for c in some]),
                metadatas=[{**shared[c.key], "start": c.start, "end": c.end} for c in some],
            )

    def update_metadata(self, papers: dict[int, tuple[Paper, int]]) -> None:
        """Renew the filter fields of papers whose texts, and so vectors, stay."""
        ids = [f"{key}:{i}" for key, (_, chunks) in papers.items() for i in range(chunks)]
        fields: list[chromadb.Metadata] = [
            _paper_metadata(paper) for paper, chunks in papers.values() for _ in range(chunks)
        ]
        for at in range(0, len(ids), _MAX_BATCH):
            self._collection.update(
                ids=ids[at : at + _MAX_BATCH], metadatas=fields[at : at + _MAX_BATCH]
            )

    def delete(self, chunk_ids: Sequence[str]) -> None:
        """Remove chunks; ids that are not there are ignored."""
        for at in range(0, len(chunk_ids), _MAX_BATCH):
            self._collection.delete(ids=list(chunk_ids[at : at + _MAX_BATCH]))

    def text_hashes(self, chunk_ids: Sequence[str]) -> dict[str, str]:
        """Text hash of the paper of each given chunk; ids that are not there are left out."""
        hashes: dict[str, str] = {}
        for at in range(0, len(chunk_ids), _MAX_BATCH):
            some = list(chunk_ids[at : at + _MAX_BATCH])
            found = self._collection.get(ids=some, include=["metadatas"])
            for chunk_id, fields in zip(found["ids"], found["metadatas"] or [], strict=True):
                hashes[chunk_id] = str((fields or {}).get("text_hash", ""))
        return hashes

    def stored(self) -> Iterator[tuple[str, str]]:
        """(chunk id, text hash of its paper) of every chunk, read in slices."""
        offset = 0
        while ids := (
            page := self._collection.get(limit=_PAGE, offset=offset, include=["metadatas"])
        )["ids"]:
            for chunk_id, fields in zip(ids, page["metadatas"] or [], strict=True):
                yield chunk_id, str((fields or {}).get("text_hash", ""))
            offset += len(ids)

    def search(
        self, vector: npt.NDArray[np.float32], limit: int, only: PaperFilter | None = None
    ) -> list[tuple[int, float]]:
        """(paper key, cosine) of the `limit` nearest chunks, nearest first."""
        total = self.count
        if not total:
            return []
        found = self._collection.query(
            query_embeddings=vector[np.newaxis, :],
            n_results=min(limit, total),
            where=_where(only),
            include=["distances"],
        )
        distances = found["distances"] or [[]]
        return [
            (int(chunk_id.partition(":")[0]), 1.0 - distance)
            for chunk_id, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    def vectors(self, chunk_ids: Sequence[str]) -> dict[str, npt.NDArray[np.float32]]:
        """Stored vectors by chunk id; ids that are not there are left out."""
        found = self._collection.get(ids=list(chunk_ids), include=["embeddings"])
        rows = np.asarray(found["embeddings"], dtype=np.float32)
        return dict(zip(found["ids"], rows, strict=True))

    def sample(self, size: int) -> npt.NDArray[np.float32]:
        """Up to `size` stored vectors, shape (n, dimension), taken from the collection's start."""
        found = self._collection.get(limit=size, include=["embeddings"])
        return np.asarray(found["embeddings"], dtype=np.float32)


def _paper_metadata(paper: Paper) -> dict[str, Any]:
    """Chroma merges metadata into what is stored: None removes a field, its absence keeps it."""
    return {
        "paper_id": paper.id,
        "text_hash": paper.text_hash,
        "year": paper.year,
        "venue": name_words(paper.venue or "") or None,
        "authors": author_words(paper) or None,
    }


def _where(only: PaperFilter | None) -> dict[str, Any] | None:
    if not only:
        return None
    terms: list[dict[str, Any]] = []
    if only.year_from is not None:
        terms.append({"year": {"$gte": only.year_from}})
    if only.year_to is not None:
        terms.append({"year": {"$lte": only.year_to}})
    terms += [{"venue": {"$contains": word}} for word in only.venue_words]
    terms += [{"authors": {"$contains": word}} for word in only.author_words]
    return {"$and": terms} if len(terms) > 1 else (terms[0] if terms else None)
