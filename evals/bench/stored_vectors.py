"""An encoder that looks its vectors up, so that a benchmark measures everything but the model."""

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.embedding.encoder import OnnxEncoder, Vectors
from ingest.library.manifest import existing_manifest
from ingest.library.records import Records
from ingest.library.vector_store import VectorStore

_DIMENSION = 384
_TOPICS = 1000
_SPREAD = 0.7
_SLICE = 1000


class StoredVectors(OnnxEncoder):
    """Vectors of the texts of an existing library; of other texts, synthetic ones.

    A synthetic vector lies near one of a thousand random directions, as papers lie near topics:
    vectors without any order have no neighbours, which no graph index is made for. Both direction
    and distance follow from the text. `synthetic` counts them.
    """

    def __init__(self, like: OnnxEncoder, library: Path | None = None) -> None:
        super().__init__(like.files, like.max_tokens, like.workers)
        random = np.random.default_rng(0)
        self._topics = _unit(random.standard_normal((_TOPICS, _DIMENSION), dtype=np.float32))
        self._known = dict(_vectors_of(library)) if library else {}
        self.synthetic = 0

    def encode_one(self, text: str) -> Vectors:
        """The vector of a text; shape (dimension,)."""
        known = self._known.get(hash(text))
        if known is not None:
            return known
        self.synthetic += 1
        seed = zlib.crc32(text.encode("utf-8", "replace"))
        noise = np.random.default_rng(seed).standard_normal(_DIMENSION, dtype=np.float32)
        return _unit(self._topics[seed % _TOPICS] + _SPREAD * _unit(noise))

    def encode_stream(self, texts: Iterable[str]) -> Iterator[Vectors]:
        """The vector of each text."""
        return map(self.encode_one, texts)


def _vectors_of(library: Path) -> Iterator[tuple[int, Vectors]]:
    """(hash of the text, vector) of papers of one chunk; longer ones' titles may be cut."""
    records = Records(library)
    store = VectorStore(library / existing_manifest(library).index)
    texts = {key: hash(paper.text) for key, paper in records.all()}
    keys = list(texts)
    for at in range(0, len(keys), _SLICE):
        for key, matrix in store.matrices(keys[at : at + _SLICE]).items():
            if len(matrix) == 1:
                yield texts[key], matrix[0]
    store.close()
    records.close()


def _unit(rows: npt.NDArray[np.float32]) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), dtype=np.float32)
