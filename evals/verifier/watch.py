"""How well held-out pairs are told apart while the comparer trains; numpy alone, as `batches.py`.

Written pairs are also weighted by 1 / P(label | words of the claim), so that pairs whose label the
words give away count for less: what is left is what the comparer sees in the abstract.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_LEAST = 0.1


def auroc(labels: npt.NDArray[np.bool_], scores: Floats, weights: Floats | None = None) -> float:
    """Weighted share of pairs of a true and a false one in which the true one scores higher.

    Equal scores count half. Not a number where all labels are alike.
    """
    weights = np.ones(len(scores)) if weights is None else weights
    if labels.all() or not labels.any():
        return float("nan")
    values, place = np.unique(scores, return_inverse=True)
    false = np.bincount(place, np.where(labels, 0, weights), len(values))
    true = np.bincount(place, np.where(labels, weights, 0), len(values))
    below = np.cumsum(false) - false / 2
    return float((true * below).sum() / (true.sum() * false.sum()))


def evening_weights(labels: npt.NDArray[np.bool_], bias: Floats) -> Floats:
    """1 / P(label | words alone) of each pair, ten at most."""
    chance = 1 / (1 + np.exp(-bias))
    return 1 / np.maximum(np.where(labels, chance, 1 - chance), _LEAST)


def figures(
    origins: npt.NDArray[np.str_], labels: npt.NDArray[np.bool_], bias: Floats, scores: Floats
) -> Iterator[str]:
    """A line for each origin: pairs, AUROC, weighted AUROC, and the share judged rightly."""
    for origin in np.unique(origins):
        of = origins == origin
        told = auroc(labels[of], scores[of])
        evened = auroc(labels[of], scores[of], evening_weights(labels[of], bias[of]))
        right = ((scores[of] > 0) == labels[of]).mean()
        yield (
            f"{origin}: {of.sum()} pairs, AUROC {told:.3f}, weighted {evened:.3f},"
            f" right {right:.3f}"
        )
