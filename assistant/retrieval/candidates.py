"""What both indexes put forward for a query: the material that fusion ranks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Candidates:
    """Scores of the same papers by both indexes, by paper key.

    `dense` holds the cosine of every candidate's nearest chunk, `lexical` the BM25 score of those
    that share a word with the query. `dense_floor` is about the lowest cosine of any paper of the
    library with the query, the zero of normalisation. `named` says of those that hold a rare name
    of the query how telling it is, in (0, 1]. `chunks` are the vectors of those papers that were
    read so far. `vector` is the query's, of length 1; an
    empty query has neither vector nor candidates.
    """

    query: str
    vector: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    dense: Mapping[int, float] = field(default_factory=dict)
    lexical: Mapping[int, float] = field(default_factory=dict)
    named: Mapping[int, float] = field(default_factory=dict)
    chunks: Mapping[int, npt.NDArray[np.float32]] = field(default_factory=dict)
    dense_floor: float = 0.0
