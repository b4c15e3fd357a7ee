"""Pseudo-relevance feedback among candidates: papers like the best ones move up.

Rocchio (1971), "Relevance Feedback in Information Retrieval", with the best candidates taken for
relevant, but as a score of its own beside the fused one: candidates are ranked anew, and the
indexes are not asked a second time.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
_TRUSTED = 10
"""Candidates that stand for what was asked for; the weight of each is its lead over the rest."""
_QUERY_SHARE = 0.25
"""Of the query's own vector beside theirs."""


def with_feedback(
    scores: Mapping[int, float],
    order: Sequence[int],
    chunks: Mapping[int, Matrix],
    query: Matrix,
    weight: float,
) -> dict[int, float]:
    """Fused scores mixed with the likeness to query and best candidates, still in [0, 1].

    `order` names candidates by falling score, of which those in `chunks` (unit vectors of each
    paper's chunks, shape (n, dimension)) are compared; `weight` is the likeness's share. The others
    count as the least like, so that none of them passes one that is compared.
    """
    shown = [key for key in order if key in chunks]
    leads = _leads([scores[key] for key in shown])
    mixed = {key: (1 - weight) * score for key, score in scores.items()}
    if not leads.any():
        return mixed
    vectors = _means([chunks[key] for key in shown])
    likeness = vectors @ (_unit(leads @ vectors[: len(leads)]) + _QUERY_SHARE * query)
    width = max(float(np.ptp(likeness)), 1e-9)
    shares = weight * (likeness - likeness.min()) / width
    for key, share in zip(shown, shares.tolist(), strict=True):
        mixed[key] += share
    return mixed


def _leads(scores: Sequence[float]) -> npt.NDArray[np.float32]:
    """How far each trusted score lies above the first one that is far from trusted."""
    last = scores[min(2 * _TRUSTED, len(scores)) - 1] if scores else 0.0
    return np.asarray([score - last for score in scores[:_TRUSTED]], dtype=np.float32)


def _means(chunks: Sequence[Matrix]) -> Matrix:
    """A unit vector for each paper, in the direction of the mean of its chunks."""
    starts = np.cumsum([0, *map(len, chunks)])[:-1]
    sums = np.add.reduceat(np.concatenate(chunks), starts, axis=0)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(lengths, 1e-12), dtype=np.float32)


def _unit(vector: Matrix) -> Matrix:
    return vector / max(float(np.linalg.norm(vector)), 1e-12)
