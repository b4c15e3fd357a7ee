"""The figures of a run: each a mean or a ratio of sums over items, so that it can be resampled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Scores = Mapping[str, float | None]


@dataclass(frozen=True)
class Figure:
    """A figure named `name`, of the scores `keys`.

    `combine` takes sums of shape (..., 2 k): of the k scores, then of how many items have each; it
    gives values of shape (...), NaN where a denominator is 0. `less_is_better` turns it round.
    """

    name: str
    keys: tuple[str, ...]
    combine: Callable[[Values], Values]
    less_is_better: bool = False

    def columns(self, scores: Sequence[Scores]) -> Values:
        """What each item adds to the sums, shape (items, 2 k)."""
        rows = [[one.get(key) for key in self.keys] for one in scores]
        values = np.array([[value or 0.0 for value in row] for row in rows], dtype=np.float64)
        present = np.array([[value is not None for value in row] for row in rows], dtype=np.float64)
        shape = (len(rows), len(self.keys))
        return np.hstack([values.reshape(shape), present.reshape(shape)])

    def value(self, scores: Sequence[Scores]) -> float | None:
        """The figure over some items; None where it does not apply to any."""
        found = float(self.combine(self.columns(scores).sum(axis=0)))
        return None if np.isnan(found) else found

    def count(self, scores: Sequence[Scores]) -> int:
        """How many items it is over."""
        return sum(one.get(self.keys[0]) is not None for one in scores)


def mean_of(key: str, name: str | None = None, *, less_is_better: bool = False) -> Figure:
    """The mean of a score over the items that have it."""
    return Figure(name or key, (key,), lambda s: _divide(s[..., 0], s[..., 1]), less_is_better)


def ratio_of(name: str, part: str, whole: str) -> Figure:
    """One sum by another."""
    return Figure(name, (part, whole), lambda s: _divide(s[..., 0], s[..., 1]))


def _harmonic(sums: Values) -> Values:
    """F1 of precision a/b and recall c/d, from the sums of a, b, c, d; NaN where d is 0."""
    precision, recall = _divide(sums[..., 0], sums[..., 1]), _divide(sums[..., 2], sums[..., 3])
    both = precision + recall
    f1 = np.where(both > 0, _divide(2 * precision * recall, both), 0.0)
    return np.where(np.isnan(recall), np.nan, f1)


def _refusal_f1(sums: Values) -> Values:
    """F1 from the sums of right, made and due; NaN where none is due."""
    due = sums[..., 2]
    return np.where(due > 0, _divide(2 * sums[..., 0], sums[..., 1] + due), np.nan)


CORRECTNESS = mean_of("correctness")
FAITHFULNESS = mean_of("faithfulness")
RAGAS = mean_of("ragas faithfulness")
CITATION_F1 = mean_of("citation F1")
ABSTENTION_F1 = Figure(
    "abstention F1", ("refusal right", "refusal made", "refusal due"), _refusal_f1
)
RECALL_10 = mean_of("recall@10")

GATED = (CORRECTNESS, FAITHFULNESS, CITATION_F1, ABSTENTION_F1, RECALL_10)
"""A significant drop of one of these fails the gate."""

FIGURES = (
    CORRECTNESS,
    mean_of("contradicted", "facts contradicted", less_is_better=True),
    mean_of("yes/no/maybe"),
    mean_of("verdict given"),
    FAITHFULNESS,
    RAGAS,
    mean_of("unjudged", "sentences unjudged", less_is_better=True),
    CITATION_F1,
    mean_of("citation precision"),
    mean_of("citation recall"),
    Figure(
        "citation F1 (micro)",
        ("precise", "citations", "supported", "sentences"),
        _harmonic,
    ),
    ratio_of("citation precision (micro)", "precise", "citations"),
    ratio_of("citation recall (micro)", "supported", "sentences"),
    ratio_of("quote validity", "valid quotes", "quotes"),
    ABSTENTION_F1,
    ratio_of("abstention precision", "refusal right", "refusal made"),
    ratio_of("abstention recall", "refusal right", "refusal due"),
    mean_of("over-refused", less_is_better=True),
    mean_of("ndcg@10"),
    mean_of("recall@5"),
    RECALL_10,
    mean_of("gold cited"),
    mean_of("error", "errors", less_is_better=True),
)
GROUP_FIGURES = (
    CORRECTNESS,
    FAITHFULNESS,
    CITATION_F1,
    RECALL_10,
    mean_of("gold cited"),
    mean_of("refused"),
)
"""Of each kind of question; what is refused, errors apart, is shown instead of precision and
recall.
"""


def _divide(over: Values, under: Values) -> Values:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(under > 0, np.asarray(over) / np.asarray(under), np.nan)
