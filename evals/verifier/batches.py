"""Stored pairs in batches of few shapes; numpy alone, so that `train.py` can read it as a script.

Widths are rounded up to one of eight and each has one number of rows, since a matrix multiplication
of a shape not seen before costs the CPU's library the making of a new kernel.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

WIDTHS = (64, 96, 128, 160, 192, 224, 256, 320)
PIECES_A_BATCH = 3072
WATCHED_OF_SCRIPTED = 25
WATCHED_AT_MOST = 4000
UNKNOWN = -1
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Batch:
    """Pairs side by side: ids, sides and marks are (rows, width); padded with id 0, mark UNKNOWN.

    `bias` is what the words of the claim alone tell of the label, as a logit. `twins` are places
    among the rows, (pairs of twins, 2): the one that holds, and the one that does not.
    """

    rows: Rows
    ids: npt.NDArray[np.int64]
    sides: npt.NDArray[np.int64]
    marks: npt.NDArray[np.float32]
    labels: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    twins: Rows


class StoredPairs:
    """Pairs that `data.py` made; `kept` are trained on, `watched` are some of the others."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as file:
            self._arrays = {name: file[name] for name in file.files}
        self.labels = self._arrays["labels"].astype(bool)
        self.bias = self._arrays["bias"]
        self.origins = self._arrays["origins"]
        self._twins = self._arrays["twins"]
        self._sizes = np.diff(self._arrays["starts"])
        watched = self._arrays["held_out"].copy()
        watched[np.flatnonzero(self.origins == "scripted")[::WATCHED_OF_SCRIPTED]] = True
        self.kept = np.flatnonzero(~watched)
        self.watched = np.flatnonzero(watched)[:: _odd(1 + int(watched.sum()) // WATCHED_AT_MOST)]
        self._units = self._with_twins()

    def epoch(self, rng: np.random.Generator) -> Iterator[Batch]:
        """Full batches of what is trained on, in random order; what fills none waits."""
        full, _ = self._cut([self._units[n] for n in rng.permutation(len(self._units))])
        for number in rng.permutation(len(full)):
            yield self._batch(full[number])

    def watch(self) -> Iterator[Batch]:
        """What is watched, once."""
        full, rest = self._cut([[row] for row in self.watched.tolist()])
        for rows in (*full, *rest):
            yield self._batch(rows)

    def _with_twins(self) -> list[list[int]]:
        """The rows that are trained on, each with its twin."""
        units: dict[int, list[int]] = {}
        for row in self.kept.tolist():
            units.setdefault(int(self._twins[row]), []).append(row)
        return list(units.values())

    def _cut(self, units: Sequence[list[int]]) -> tuple[list[list[int]], list[list[int]]]:
        """Batches that are full, or lack one row where twins came next; and what is left."""
        full: list[list[int]] = []
        waiting: dict[int, list[int]] = {width: [] for width in WIDTHS}
        for unit in units:
            width = self._width(unit)
            if len(waiting[width]) + len(unit) > PIECES_A_BATCH // width:
                full.append(waiting[width])
                waiting[width] = []
            waiting[width] += unit
        return full, [rows for rows in waiting.values() if rows]

    def _width(self, rows: Sequence[int]) -> int:
        longest = max(self._sizes[row] for row in rows)
        return next(width for width in WIDTHS if longest <= width)

    def _batch(self, rows: Sequence[int]) -> Batch:
        shape = (len(rows), self._width(rows))
        ids = np.zeros(shape, dtype=np.int64)
        sides = np.zeros(shape, dtype=np.int64)
        marks = np.full(shape, UNKNOWN, dtype=np.float32)
        starts = self._arrays["starts"]
        for at, row in enumerate(rows):
            stored = slice(starts[row], starts[row + 1])
            size = self._sizes[row]
            ids[at, :size] = self._arrays["ids"][stored]
            sides[at, :size] = self._arrays["sides"][stored]
            marks[at, :size] = self._arrays["marks"][stored]
        chosen = np.array(rows, dtype=np.int64)
        labels = self.labels[chosen].astype(np.float32)
        return Batch(chosen, ids, sides, marks, labels, self.bias[chosen], self._twins_of(chosen))

    def _twins_of(self, rows: Rows) -> Rows:
        """Places of both of each pair of twins among the rows, the one that holds first."""
        places: dict[int, list[int]] = {}
        for at, row in enumerate(rows.tolist()):
            places.setdefault(int(self._twins[row]), []).append(at)
        both = [two for two in places.values() if len(two) == 2]
        held = [sorted(two, key=lambda at: not self.labels[rows[at]]) for two in both]
        return np.array(held, dtype=np.int64).reshape(-1, 2)


def _odd(step: int) -> int:
    """The step, or the next: an even one would take only the true ones of twins, or the false."""
    return step | 1
