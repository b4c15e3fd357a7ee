"""Geometry of the page's plots, in the units of an SVG's viewBox; the template draws it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.judging.assess import ReliabilityBin
from evals.report.model import FigureResult
from evals.statistics import wilson

WIDTH = 320.0
_LABEL = 104.0
_ROW = 22.0
_HEIGHT = 150.0
_FOOT = 22.0
_HISTOGRAM_BINS = 20


@dataclass(frozen=True)
class Bar:
    """A horizontal bar from the label column on, with its interval."""

    label: str
    note: str
    y: float
    x: float
    width: float
    low: float
    high: float


@dataclass(frozen=True)
class Column:
    """A column of a histogram, told in words by `note`."""

    x: float
    y: float
    width: float
    height: float
    note: str


@dataclass(frozen=True)
class Point:
    """A bin of a reliability diagram: its radius grows with its size, `low` and `high` hold it."""

    x: float
    y: float
    low: float
    high: float
    radius: float
    note: str


@dataclass(frozen=True)
class Histogram:
    """Columns over an axis that begins at `low` and ends at `high`, both in words.

    The highest column stands for `most` of the `n` values.
    """

    title: str
    columns: tuple[Column, ...]
    low: str
    high: str
    n: int
    most: int
    height: float = _HEIGHT + _FOOT
    floor: float = _HEIGHT


def bars(rows: Sequence[tuple[str, FigureResult]]) -> tuple[Bar, ...]:
    """A bar for each row that has a value; values are shares."""
    span = WIDTH - _LABEL - 46
    made: list[Bar] = []
    for label, figure in rows:
        if figure.value is None or figure.low is None or figure.high is None:
            continue
        made.append(
            Bar(
                label=label,
                note=f"{figure.value:.2f} (n {figure.n})",
                y=len(made) * _ROW,
                x=_LABEL,
                width=round(span * figure.value, 2),
                low=round(_LABEL + span * figure.low, 2),
                high=round(_LABEL + span * figure.high, 2),
            )
        )
    return tuple(made)


def bars_height(made: Sequence[Bar]) -> float:
    """Height of a plot of bars."""
    return max(_ROW, len(made) * _ROW)


def reliability_points(bins: Sequence[ReliabilityBin], side: float) -> tuple[Point, ...]:
    """Bins in a square of that side: mean score to the right, share supported upwards."""
    largest = max((one.n for one in bins), default=1)
    made = []
    for one in bins:
        low, high = wilson(one.supported, one.n)
        made.append(
            Point(
                x=round(one.mean_score * side, 2),
                y=round((1 - one.supported) * side, 2),
                low=round((1 - low) * side, 2),
                high=round((1 - high) * side, 2),
                radius=round(2.5 + 5 * (one.n / largest) ** 0.5, 2),
                note=f"score {one.mean_score:.2f}, {one.supported:.0%} supported, n {one.n}",
            )
        )
    return tuple(made)


def _round(value: float) -> str:
    """Three digits, or whole from 100 on; never with an exponent."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def histogram(
    title: str, values: Sequence[float], *, unit: str = "", top: float | None = None
) -> Histogram | None:
    """Counts of values from 0 to `top`, or to their largest; None without values."""
    if not values:
        return None
    high = top if top is not None else max(*values, 1e-9)
    counts, edges = np.histogram(np.clip(values, 0, high), bins=_HISTOGRAM_BINS, range=(0.0, high))
    step = WIDTH / _HISTOGRAM_BINS
    largest = max(int(counts.max()), 1)
    columns = tuple(
        Column(
            x=round(at * step + 1, 2),
            y=round(_HEIGHT - _HEIGHT * count / largest, 2),
            width=round(step - 2, 2),
            height=round(_HEIGHT * count / largest, 2),
            note=f"{_round(edges[at])} to {_round(edges[at + 1])}{unit}: {count}",
        )
        for at, count in enumerate(int(c) for c in counts)
        if count
    )
    end = f"{_round(high)}{unit}{' and more' if max(values) > high else ''}"
    return Histogram(title, columns, f"0{unit}", end, len(values), largest)
