"""How sure a mean over queries is, and whether two variants differ by more than chance."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

SEED = 20_240_607
RESAMPLES = 10_000
_SLICE = 1000
_TINY = 1e-12
_Z = 1.959964


class Interval(NamedTuple):
    """A mean with the bounds that hold it with 95 % confidence."""

    mean: float
    low: float
    high: float


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share of `count` (Wilson 1927), which is none of a point at 0 or 1."""
    centre = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    spread = share * (1 - share) / count + _Z**2 / (4 * count**2)
    reach = _Z * spread**0.5 / (1 + _Z**2 / count)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def bootstrap_means(values: Values, seed: int = SEED, resamples: int = RESAMPLES) -> list[Interval]:
    """Mean of each column of `values`, shape (queries, columns), with its bootstrap interval.

    Queries are drawn anew with replacement and the percentiles of the means taken (Efron and
    Tibshirani 1993, ch. 13; for retrieval measures Sakai 2006, "Evaluating Evaluation Metrics based
    on the Bootstrap"). The same seed gives the same bounds. With fewer than some 20 queries the
    intervals are too narrow. ValueError without queries.
    """
    generator = np.random.default_rng(seed)
    count = len(values)
    if not count:
        raise ValueError("no queries to take a mean of")
    even = np.full(count, 1 / count)
    drawn = [
        generator.multinomial(count, even, size=n) @ values / count for n in _slices(resamples)
    ]
    lows, highs = np.quantile(np.concatenate(drawn), (0.025, 0.975), axis=0)
    means = values.mean(axis=0)
    return [Interval(*map(float, bounds)) for bounds in zip(means, lows, highs, strict=True)]


def paired_p_value(
    one: Values, other: Values, seed: int = SEED, resamples: int = RESAMPLES
) -> float:
    """Two-sided p of the mean difference of paired values by Fisher's randomisation test.

    Under the null hypothesis each difference may as well have the other sign (Smucker, Allan and
    Carterette 2007, "A Comparison of Statistical Significance Tests for Information Retrieval
    Evaluation"). All signs are tried where they are no more than `resamples`; otherwise random
    ones, which counts what was observed among them, so that p is never 0 (Phipson and Smyth 2010).
    """
    differences = one - other
    differences = differences[differences != 0]
    count = len(differences)
    observed = abs(float(differences.sum())) - _TINY
    if 2**count <= resamples:
        patterns = np.arange(2**count)[:, np.newaxis] >> np.arange(count) & 1
        return float((np.abs((2 * patterns - 1) @ differences) >= observed).mean())
    generator = np.random.default_rng(seed)
    extreme = sum(
        int((np.abs(_signs(generator, size, count) @ differences) >= observed).sum())
        for size in _slices(resamples)
    )
    return (extreme + 1) / (resamples + 1)


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """P-values adjusted for being several, in the order given (Holm 1979).

    The family-wise error rate is held; adjusted values never exceed 1 and keep their order.
    """
    adjusted: dict[str, float] = {}
    largest = 0.0
    for done, name in enumerate(sorted(p_values, key=lambda name: p_values[name])):
        largest = max(largest, min(1.0, (len(p_values) - done) * p_values[name]))
        adjusted[name] = largest
    return {name: adjusted[name] for name in p_values}


def _signs(generator: np.random.Generator, size: int, count: int) -> npt.NDArray[np.int8]:
    return 2 * generator.integers(0, 2, size=(size, count), dtype=np.int8) - 1


def _slices(total: int) -> list[int]:
    """Sizes of slices that keep memory small."""
    return [min(_SLICE, total - at) for at in range(0, total, _SLICE)]
