"""The dense index: one Chroma collection of chunk vectors, cosine distance, no texts.

Chunk ids are `<paper key>:<chunk index>`, so that a hit names its paper without a look-up.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

import chromadb
import httpx
import numpy as np
import numpy.typing as npt
from chromadb.api import ClientAPI
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.errors import ChromaError

from ingest.errors import IndexDamagedError, LibraryError
from ingest.library.filters import PaperFilter, author_words, name_words
from ingest.library.remedy import AGAIN, REBUILD
from ingest.paper import Paper

CHROMA_ERRORS = (ChromaError, ValueError, OSError)
_CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_construction": 128, "ef_search": 200, "max_neighbors": 16}
}
_MAX_BATCH = 5000
_PAGE = 2000
_PROBED = 100
_SAME_VECTOR = 0.9999
_T = TypeVar("_T")


class ChunkVector(NamedTuple):
    """A chunk to be stored: its place in the abstract and its unit vector."""

    key: int
    part: int
    start: int
    end: int
    vector: npt.NDArray[np.float32]


class StoredChunk(NamedTuple):
    """A chunk as Chroma has it; `fields` are those that filters need."""

    chunk_id: str
    fields: Mapping[str, Any]
    vector: npt.NDArray[np.float32]

    @property
    def key(self) -> int:
        """Key of its paper; -1 for an id that is not of this program's making."""
        key = self.chunk_id.partition(":")[0]
        return int(key) if key.isdecimal() else -1

    @property
    def part(self) -> int:
        """Its number in the paper."""
        part = self.chunk_id.partition(":")[2]
        return int(part) if part.isdecimal() else 0

    def is_of(self, paper: Paper, chunk: ChunkVector) -> bool:
        """Whether it is what `upsert` would store."""
        expected = _filter_fields(paper)
        near = float(self.vector @ chunk.vector) >= _SAME_VECTOR
        return near and all(self.fields.get(name) == expected[name] for name in expected)


class DenseIndex:
    """Chunk vectors by cosine similarity.

    What cannot be read raises IndexDamagedError, what cannot be written, or a server that does not
    answer, LibraryError; both name the remedy.
    """

    def __init__(self, client: ClientAPI, collection: str) -> None:
        self.client = client
        with _reading():
            self._collection = client.get_or_create_collection(
                collection, configuration=_CONFIGURATION, embedding_function=None
            )

    def drop(self) -> None:
        """Delete the whole collection."""
        with _writing():
            self.client.delete_collection(self._collection.name)

    def close(self) -> None:
        """Release the files."""
        if isinstance(self.client, Client):
            self.client.close()

    @property
    def count(self) -> int:
        """Number of chunks."""
        with _reading():
            return self._collection.count()

    def probe(self) -> None:
        """Read a few vectors; IndexDamagedError if Chroma cannot."""
        with _reading():
            self._collection.get(limit=_PROBED, include=["embeddings"])

    def upsert(
        self,
        chunks: Sequence[ChunkVector],
        papers: Mapping[int, Paper],
        known: Container[int] = (),
    ) -> None:
        """Store chunks with what filters need of their papers; `known` had chunks before.

        Nothing else is stored beside them: each field of a chunk costs Chroma a fifth of the time
        that its vector does, one that is empty too.
        """
        fields = {
            key: _filter_fields(papers[key]) if key in known else _first_fields(papers[key])
            for key in {chunk.key for chunk in chunks}
        }
        for some in _batches(chunks):
            with _writing():
                self._collection.upsert(
                    ids=[f"{c.key}:{c.part}" for c in some],
                    embeddings=np.stack([c.vector for c in some]),
                    metadatas=[fields[c.key] for c in some],
                )

    def update_metadata(self, papers: Mapping[int, tuple[Paper, int]]) -> None:
        """Renew the filter fields of papers whose texts, and so vectors, stay."""
        fields = [
            (f"{key}:{i}", _filter_fields(paper))
            for key, (paper, chunks) in papers.items()
            for i in range(chunks)
        ]
        for some in _batches(fields):
            with _writing():
                self._collection.update(
                    ids=[chunk_id for chunk_id, _ in some], metadatas=[f for _, f in some]
                )

    def delete(self, chunk_ids: Sequence[str]) -> None:
        """Remove chunks; ids that are not there are ignored."""
        for some in _batches(chunk_ids):
            with _writing():
                self._collection.delete(ids=list(some))

    def stored(self) -> Iterator[StoredChunk]:
        """Every chunk, read in slices."""
        offset = 0
        while ids := (page := self._page(offset))["ids"]:
            vectors = np.asarray(page["embeddings"], dtype=np.float32)
            for chunk_id, fields, vector in zip(ids, page["metadatas"] or [], vectors, strict=True):
                yield StoredChunk(chunk_id, fields or {}, vector)
            offset += len(ids)

    def search(
        self, vector: npt.NDArray[np.float32], limit: int, only: PaperFilter | None = None
    ) -> list[tuple[int, float]]:
        """(paper key, cosine) of the `limit` nearest chunks, nearest first."""
        among = _chunk_ids(only)
        if among == []:
            return []
        with _reading():
            found = self._collection.query(
                query_embeddings=vector[np.newaxis, :],
                n_results=limit,
                where=_where(only),
                ids=among,
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        keys = [int(chunk_id[: chunk_id.index(":")]) for chunk_id in found["ids"][0]]
        return [(key, 1.0 - far) for key, far in zip(keys, distances[0], strict=True)]

    def _page(self, offset: int) -> chromadb.GetResult:
        with _reading():
            return self._collection.get(
                limit=_PAGE, offset=offset, include=["metadatas", "embeddings"]
            )


def _batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for at in range(0, len(items), _MAX_BATCH):
        yield items[at : at + _MAX_BATCH]


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except httpx.HTTPError as error:
        raise _unanswered(error) from error
    except CHROMA_ERRORS as error:
        raise IndexDamagedError(f"the vectors cannot be read ({error}). {REBUILD}") from error


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except httpx.HTTPError as error:
        raise _unanswered(error) from error
    except CHROMA_ERRORS as error:
        raise LibraryError(f"the vectors cannot be written ({error}). {AGAIN}") from error


def _unanswered(error: httpx.HTTPError) -> LibraryError:
    return LibraryError(
        f"the Chroma server does not answer ({error}). Start it or check PAPERS_LIBRARY__CHROMA_URL"
        " and PAPERS_LIBRARY__CHROMA_TOKEN; nothing is lost, so run the command again"
    )


def _filter_fields(paper: Paper) -> dict[str, Any]:
    """What filters need of a paper. None removes a field from what Chroma has; absence keeps it."""
    return {
        "year": paper.year,
        "venue": name_words(paper.venue or "") or None,
        "authors": author_words(paper) or None,
    }


def _first_fields(paper: Paper) -> Any:
    """The same for chunks that Chroma does not have yet: None if there is nothing to store."""
    return {name: v for name, v in _filter_fields(paper).items() if v is not None} or None


def _chunk_ids(only: PaperFilter | None) -> list[str] | None:
    """The chunks that a filter by source leaves; None for all."""
    if only is None or not only.by_keys:
        return None
    if only.keys is None:
        raise ValueError("a filter by source or ids must be resolved by the library first")
    return [f"{key}:{part}" for key, chunks in only.keys.items() for part in range(chunks)]


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
