"""A library filled with vectors by hand, for tests that need no model."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.config import LibraryConfig
from ingest.library import Library, Manifest
from ingest.library.vectors import ChunkVector
from ingest.paper import Paper

MODEL = "hand-made"


def manifest(model: str = MODEL) -> Manifest:
    return Manifest(embedding_model=model, dimension=3, chunk_tokens=64)


def unit(*values: float) -> npt.NDArray[np.float32]:
    """A vector of length 1 in the given direction."""
    vector = np.asarray(values, dtype=np.float32)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def chunks(*vectors: npt.NDArray[np.float32]) -> list[ChunkVector]:
    """A chunk for each vector; their places are ten characters each."""
    return [ChunkVector(0, n, 10 * n, 10 * n + 10, vector) for n, vector in enumerate(vectors)]


def filled(
    folder: Path, papers: Sequence[tuple[Paper, npt.NDArray[np.float32]]]
) -> tuple[Library, dict[str, int]]:
    """A library with one chunk for each paper, and the keys of the papers by id."""
    library = Library.create(LibraryConfig(path=folder), manifest())
    library.write([(paper, chunks(vector)) for paper, vector in papers])
    known = library.known([paper.id for paper, _ in papers])
    return library, {paper_id: entry.key for paper_id, entry in known.items()}
