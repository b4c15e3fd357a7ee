"""The nearest papers by comparing every vector: slow, but it needs no graph."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from ingest.library.filters import PaperFilter
from ingest.library.records import Records
from ingest.library.vector_store import VectorStore

_SLICE = 2000
_T = TypeVar("_T")


def nearest(
    records: Records,
    vectors: VectorStore,
    vector: npt.NDArray[np.float32],
    limit: int,
    only: PaperFilter | None = None,
) -> list[tuple[int, float]]:
    """(paper key, cosine of its nearest chunk) of published papers, best first."""
    cosines: dict[int, float] = {}
    for keys in _slices(sorted(records.text_hashes())):
        matrices = vectors.matrices(keys)
        cosines |= {key: float((matrix @ vector).max()) for key, matrix in matrices.items()}
    ranked = sorted(cosines.items(), key=lambda item: (-item[1], item[0]))
    if not only:
        return ranked[:limit]
    found: list[tuple[int, float]] = []
    for some in _slices(ranked):
        papers = records.by_keys([key for key, _ in some])
        found += [(key, cosine) for key, cosine in some if only.admits(papers[key])]
        if len(found) >= limit:
            break
    return found[:limit]


def _slices(items: Sequence[_T]) -> list[Sequence[_T]]:
    return [items[at : at + _SLICE] for at in range(0, len(items), _SLICE)]
