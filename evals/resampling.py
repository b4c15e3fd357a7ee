"""Intervals and paired tests for figures that are means or ratios of sums over items."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from evals.figures import Figure, Scores, Values
from evals.statistics import RESAMPLES, SEED, Interval, wilson

_SLICE = 1000
_TINY = 1e-12


class Paired(NamedTuple):
    """One figure of two runs over the same items; `p_value` of a difference by chance.

    `p_worse` is one-sided: the chance of a drop as deep if the runs were alike.
    """

    before: float | None
    after: float | None
    difference: float | None
    p_value: float | None
    p_worse: float | None


def resampled(
    figures: Sequence[Figure],
    scores: Sequence[Scores],
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> list[Values]:
    """Bootstrap draws of each figure, shape (resamples,), from the same draws of items.

    Whole items are drawn with replacement, so that ratios vary with both their sums (Efron and
    Tibshirani 1993, ch. 8). NaN where a draw has no item that the figure applies to.
    """
    count = len(scores)
    if not count:
        return [np.full(resamples, np.nan) for _ in figures]
    columns = [figure.columns(scores) for figure in figures]
    ends = np.cumsum([column.shape[1] for column in columns])[:-1]
    matrix = np.hstack(columns)
    generator = np.random.default_rng(seed)
    even = np.full(count, 1 / count)
    sums = np.concatenate(
        [
            generator.multinomial(count, even, size=min(_SLICE, resamples - at)) @ matrix
            for at in range(0, resamples, _SLICE)
        ]
    )
    parts = np.split(sums, ends, axis=1)
    return [figure.combine(part) for figure, part in zip(figures, parts, strict=True)]


def interval(value: float | None, draws: Values, count: int) -> Interval | None:
    """The 95 % percentile interval around a value that is over `count` items; None for none.

    Where all items have 0, or all have 1, every draw is the same and says nothing of how sure that
    is: then the bound is the one of Wilson 1927 for a share.
    """
    if value is None or np.isnan(draws).all():
        return None
    low, high = (float(bound) for bound in np.nanquantile(draws, (0.025, 0.975)))
    if low == high and value in (0, 1):
        low, high = wilson(value, count)
    return Interval(value, low, high)


def paired(
    figure: Figure,
    before: Sequence[Scores],
    after: Sequence[Scores],
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Paired:
    """Compare a figure of two runs, item by item in the same order, by approximate randomisation.

    Were the runs alike, either result of an item might as well be the other's (Noreen 1989; Yeh
    2000, "More accurate tests for the statistical significance of result differences", for F1 and
    its like). What was observed is counted among the draws, so that p is never 0.
    """
    one, other = figure.columns(before), figure.columns(after)
    was, now = figure.value(before), figure.value(after)
    if was is None or now is None:
        return Paired(was, now, None, None, None)
    observed = now - was
    change = other - one
    differs = np.abs(change).sum(axis=1) > 0
    change = change[differs]
    generator = np.random.default_rng(seed)
    first, second = one.sum(axis=0), other.sum(axis=0)
    far = worse = 0
    for at in range(0, resamples, _SLICE):
        size = (min(_SLICE, resamples - at), len(change))
        swapped = generator.integers(0, 2, size=size).astype(np.float64) @ change
        drawn = figure.combine(second - swapped) - figure.combine(first + swapped)
        drawn = np.nan_to_num(drawn, nan=0.0)
        far += int((np.abs(drawn) >= abs(observed) - _TINY).sum())
        sign = 1 if figure.less_is_better else -1
        worse += int((sign * drawn >= sign * observed - _TINY).sum())
    return Paired(was, now, observed, (far + 1) / (resamples + 1), (worse + 1) / (resamples + 1))
