"""The vectors as they were made: what the dense index is rebuilt from without embedding again.

Chroma writes its graph in place. A process that is killed, or a disk that fills up, while it does
so leaves a collection that cannot be opened, and embedding a library again may cost money.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.errors import IndexDamagedError
from ingest.library.database import Database
from ingest.library.remedy import REBUILD
from ingest.library.vectors import ChunkVector

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    key INTEGER PRIMARY KEY,
    text_hash TEXT NOT NULL,
    chunks INTEGER NOT NULL,
    spans BLOB NOT NULL,
    vectors BLOB NOT NULL
);
"""
_MAPPED_BYTES = 2**30  # every search reads some fifty rows, in half the time
_LITTLE_FLOATS = "<f4"
_LITTLE_INTS = "<i4"


class StoredText(NamedTuple):
    """Which text the vectors of a paper are of, and how many chunks it was cut into."""

    text_hash: str
    chunks: int


class VectorStore:
    """Access to `vectors.sqlite3` in an index folder; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        file = folder / "vectors.sqlite3"
        self._db = Database(file, _SCHEMA, REBUILD, IndexDamagedError, _MAPPED_BYTES)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def put(self, papers: Mapping[int, tuple[str, Sequence[ChunkVector]]]) -> None:
        """Keep (text hash, chunks) by paper key in place of what was kept; all or nothing."""
        with self._db.transaction():
            self._db.execute_many(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?)",
                (
                    (key, text_hash, len(chunks), _spans(chunks), _vectors(chunks))
                    for key, (text_hash, chunks) in papers.items()
                ),
            )

    def remove(self, keys: Sequence[int]) -> None:
        """Forget the vectors of papers."""
        with self._db.transaction():
            self._db.execute_many("DELETE FROM vectors WHERE key = ?", ((key,) for key in keys))

    def texts(self, keys: Sequence[int]) -> dict[int, StoredText]:
        """What the vectors of given papers are of; papers without vectors are left out."""
        sql = "SELECT key, text_hash, chunks FROM vectors WHERE key IN"
        return {key: StoredText(*rest) for key, *rest in self._db.rows_among(sql, keys)}

    def all_texts(self) -> dict[int, StoredText]:
        """The same for every paper."""
        rows = self._db.rows("SELECT key, text_hash, chunks FROM vectors")
        return {key: StoredText(*rest) for key, *rest in rows}

    def chunks(self, keys: Sequence[int]) -> dict[int, list[ChunkVector]]:
        """The chunks of given papers; papers without vectors are left out."""
        sql = "SELECT key, chunks, spans, vectors FROM vectors WHERE key IN"
        return {row[0]: list(_chunks(*row)) for row in self._db.rows_among(sql, keys)}

    def matrices(self, keys: Sequence[int]) -> dict[int, npt.NDArray[np.float32]]:
        """The vectors of given papers, shape (chunks, dimension) each."""
        sql = "SELECT key, chunks, vectors FROM vectors WHERE key IN"
        rows = list(self._db.rows_among(sql, keys))
        if not rows:
            return {}
        found, counts, vectors = zip(*rows, strict=True)
        joined = _matrix(sum(counts), b"".join(vectors))
        ends = accumulate(counts)
        return {k: joined[end - n : end] for k, n, end in zip(found, counts, ends, strict=True)}

    def sample(self, size: int) -> npt.NDArray[np.float32]:
        """Up to `size` vectors, shape (n, dimension), of the papers that came first."""
        rows = self._db.rows("SELECT chunks, vectors FROM vectors ORDER BY key LIMIT ?", (size,))
        if not rows:
            return np.zeros((0, 0), np.float32)
        return np.concatenate([_matrix(*row) for row in rows])[:size]


def nearest_cosines(
    matrices: Mapping[int, npt.NDArray[np.float32]], vector: npt.NDArray[np.float32]
) -> dict[int, float]:
    """Cosine of each paper's nearest chunk, by key."""
    if not matrices:
        return {}
    starts = np.cumsum([0, *map(len, matrices.values())])[:-1]
    cosines = np.concatenate(list(matrices.values())) @ vector
    return dict(zip(matrices, np.maximum.reduceat(cosines, starts).tolist(), strict=True))


def _spans(chunks: Sequence[ChunkVector]) -> bytes:
    return np.asarray([(c.start, c.end) for c in chunks], dtype=_LITTLE_INTS).tobytes()


def _vectors(chunks: Sequence[ChunkVector]) -> bytes:
    return b"".join(c.vector.astype(_LITTLE_FLOATS).tobytes() for c in chunks)


def _matrix(count: int, vectors: bytes) -> npt.NDArray[np.float32]:
    return np.frombuffer(vectors, dtype=_LITTLE_FLOATS).reshape(count, -1).astype(np.float32)


def _chunks(key: int, count: int, spans: bytes, vectors: bytes) -> Iterator[ChunkVector]:
    places = np.frombuffer(spans, dtype=_LITTLE_INTS).reshape(count, 2)
    for part, (place, vector) in enumerate(zip(places, _matrix(count, vectors), strict=True)):
        yield ChunkVector(key, part, int(place[0]), int(place[1]), vector)
