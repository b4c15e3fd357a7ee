"""An encoder that looks its vectors up, so that a benchmark measures everything but the model."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice
from math import sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.embedding.encoder import OnnxEncoder, Vectors
from ingest.library.manifest import existing_manifest
from ingest.library.records import Records
from ingest.library.vector_store import VectorStore

_DIMENSION = 384
_TOPICS = 1000
_OFFSETS = 4096
_SPREAD = 0.5
_SLICE = 1000


class StoredVectors(OnnxEncoder):
    """Vectors of the texts of an existing library; of other texts, synthetic ones.

    A synthetic vector lies near one of a thousand random directions, as papers lie near topics:
    vectors without any order have no neighbours, which no graph index is made for. It is off that
    direction by two of some thousand offsets; all three follow from the text. Making it takes some
    microseconds, so that this is no part of what is measured. `synthetic` counts them.
    """

    def __init__(self, like: OnnxEncoder, library: Path | None = None) -> None:
        super().__init__(like.files, like.max_tokens, like.workers)
        random = np.random.default_rng(0)
        self._topics = _unit(random.standard_normal((_TOPICS, _DIMENSION), dtype=np.float32))
        offsets = _unit(random.standard_normal((_OFFSETS, _DIMENSION), dtype=np.float32))
        self._offsets = np.float32(_SPREAD) * offsets
        self._known = dict(_vectors_of(library)) if library else {}
        self.synthetic = 0

    def encode_one(self, text: str) -> Vectors:
        """The vector of a text; shape (dimension,)."""
        known = self._known.get(hash(text))
        if known is not None:
            return known
        self.synthetic += 1
        digest = sha256(text.encode("utf-8", "replace")).digest()
        topic, one, other = (int.from_bytes(digest[at : at + 4]) for at in (0, 4, 8))
        vector = self._topics[topic % _TOPICS] + self._offsets[one % _OFFSETS]
        vector += self._offsets[other % _OFFSETS]
        return np.asarray(vector / np.float32(sqrt(vector @ vector)), dtype=np.float32)

    def encode_stream(self, texts: Iterable[str]) -> Iterator[Vectors]:
        """The vector of each text."""
        return map(self.encode_one, texts)


def _vectors_of(library: Path) -> Iterator[tuple[int, Vectors]]:
    """(hash of the text, vector) of each chunk, except under titles so long that they were cut."""
    records = Records(library)
    store = VectorStore(library / existing_manifest(library).index)
    papers = records.all()
    while some := dict(islice(papers, _SLICE)):
        for key, chunks in store.chunks(list(some)).items():
            paper = some[key]
            for chunk in chunks:
                piece = f"{paper.title}\n{paper.abstract[chunk.start : chunk.end]}"
                yield hash(piece if len(chunks) > 1 else paper.text), chunk.vector
    store.close()
    records.close()


def _unit(rows: npt.NDArray[np.float32]) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), dtype=np.float32)
