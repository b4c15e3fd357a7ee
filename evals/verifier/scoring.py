"""How well scores tell supported claims from others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score


@dataclass(frozen=True)
class Separation:
    """AUROC, and accuracy at the threshold that was best on the tuning half."""

    auroc: float
    accuracy: float


def separation(
    tune: tuple[Sequence[float], Sequence[bool]], test: tuple[Sequence[float], Sequence[bool]]
) -> Separation:
    """Threshold from (scores, labels) of one half, figures of the other."""
    threshold = best_threshold(*tune)
    scores, labels = np.asarray(test[0]), np.asarray(test[1])
    return Separation(
        auroc=float(roc_auc_score(labels, scores)),
        accuracy=float(((scores >= threshold) == labels).mean()),
    )


def best_threshold(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The score from which saying yes is right most often; infinity where no is always better."""
    order = np.argsort(-np.asarray(scores), kind="stable")
    ranked: npt.NDArray[np.float64] = np.asarray(scores, dtype=np.float64)[order]
    truth = np.asarray(labels, dtype=np.int64)[order]
    right = np.concatenate([[0], np.cumsum(2 * truth - 1)])
    last_of_its_score = np.append(ranked[1:] != ranked[:-1], True)
    allowed = np.concatenate([[True], last_of_its_score])
    best = int(np.argmax(np.where(allowed, right, -len(ranked) - 1)))
    return float(ranked[best - 1]) if best else float("inf")
