"""How good a judge is: AUROC, accuracy, Cohen's kappa, calibration.

AUROC is the chance that a supported pair scores higher than another one, ties counting half
(Hanley and McNeil 1982). Kappa is agreement beyond chance (Cohen 1960); the words for its ranges
are those of Landis and Koch 1977. ECE is the mean distance between score and share supported, over
ten bins of equal width weighted by their size (Naeini et al. 2015; Guo et al. 2017).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

BINS = 10
_WORDS = ((0.0, "slight"), (0.2, "fair"), (0.4, "moderate"), (0.6, "substantial"), (0.8, "high"))


class Bin(NamedTuple):
    """Pairs whose score lies in [low, high): their mean score and the share that is supported."""

    low: float
    high: float
    n: int
    mean_score: float
    supported: float


def auroc(scores: Sequence[float], supported: Sequence[bool]) -> float | None:
    """Area under the ROC curve by ranks; None where only one class is there."""
    labels = np.asarray(supported, dtype=bool)
    positive, negative = int(labels.sum()), int((~labels).sum())
    if not positive or not negative:
        return None
    ranks = _mid_ranks(np.asarray(scores, dtype=np.float64))
    above = ranks[labels].sum() - positive * (positive + 1) / 2
    return float(above / (positive * negative))


def accuracy(predicted: Sequence[bool], supported: Sequence[bool]) -> float:
    """Share of verdicts that are right; ValueError without any."""
    if not predicted:
        raise ValueError("no verdicts to score")
    return float(np.mean(np.asarray(predicted) == np.asarray(supported)))


def cohen_kappa(predicted: Sequence[bool], supported: Sequence[bool]) -> float:
    """Agreement beyond chance, 1 at most; 0 where both always say the same one thing."""
    said, true = np.asarray(predicted, dtype=float), np.asarray(supported, dtype=float)
    observed = accuracy(predicted, supported)
    expected = float(said.mean() * true.mean() + (1 - said.mean()) * (1 - true.mean()))
    return 0.0 if expected >= 1 else (observed - expected) / (1 - expected)


def kappa_in_words(kappa: float) -> str:
    """Landis and Koch's word for a kappa."""
    if kappa < 0:
        return "worse than chance"
    return [word for low, word in _WORDS if kappa >= low][-1]


def reliability(scores: Sequence[float], supported: Sequence[bool]) -> list[Bin]:
    """The bins that are not empty, in order; a score of 1 belongs to the last."""
    values, labels = np.asarray(scores, dtype=np.float64), np.asarray(supported, dtype=np.float64)
    places = np.minimum((values * BINS).astype(int), BINS - 1)
    found = []
    for at in range(BINS):
        inside = places == at
        if inside.any():
            found.append(
                Bin(
                    low=at / BINS,
                    high=(at + 1) / BINS,
                    n=int(inside.sum()),
                    mean_score=float(values[inside].mean()),
                    supported=float(labels[inside].mean()),
                )
            )
    return found


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance of a bin's score from its share supported, weighted by size; 0 without bins."""
    total = sum(one.n for one in bins)
    return sum(one.n * abs(one.mean_score - one.supported) for one in bins) / max(total, 1)


def _mid_ranks(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Ranks from 1, equal values sharing the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    middle: npt.NDArray[np.float64] = (last - (counts - 1) / 2)[inverse]
    return middle
