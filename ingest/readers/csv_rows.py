"""The rows of a table, each with its line; a quote that is never closed costs its own row only.

Python's csv reads on to the end of the file where a quote is not closed. So each row is read by
itself from lines that can be given back: a broken row ends where a line parses as a whole row.
"""

import csv
from collections import deque
from collections.abc import Iterator
from itertools import islice

from ingest.readers.base import Failure, Source
from ingest.readers.csv_layout import CsvLayout

_MAX_CELL_CHARACTERS = 16 << 20
_MAX_ROW_LINES = 2_000

# The module's own limit, 128 KiB, is too low for the author cells of large collaborations.
csv.field_size_limit(_MAX_CELL_CHARACTERS)

Row = tuple[int, list[str] | Failure]


def csv_rows(source: Source, layout: CsvLayout) -> Iterator[Row]:
    """(1-based line, cells) of each row below the header that is not blank."""
    lines = _Lines((number, f"{text}\n") for number, text in source.lines())
    lines.skip_to(layout.line)
    header = _cells(lines, layout)
    while True:
        lines.start_row()
        cells = _row(lines, layout)
        if not lines.taken:
            return
        line = lines.taken[0][0]
        if isinstance(cells, str):
            lines.give_back(lines.taken[_next_row(lines.taken, layout) :])
            yield line, Failure(source.name, line, cells)
        elif any(cell.strip() for cell in cells) and cells != header:
            yield line, cells


class _Lines:
    """Numbered lines that can be given back; `ended`: a row asked for more than it may have."""

    def __init__(self, lines: Iterator[tuple[int, str]]) -> None:
        self._lines = lines
        self._given_back: deque[tuple[int, str]] = deque()
        self.taken: list[tuple[int, str]] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        full = len(self.taken) >= _MAX_ROW_LINES
        at = None if full else (self._given_back and self._given_back.popleft())
        if not full and not at:
            at = next(self._lines, None)
        if not at:
            self.ended = True
            raise StopIteration
        self.taken.append(at)
        return at[1]

    def start_row(self) -> None:
        self.taken, self.ended = [], False

    def give_back(self, lines: list[tuple[int, str]]) -> None:
        self._given_back.extendleft(reversed(lines))

    def skip_to(self, number: int) -> None:
        """Pass over the lines before a number."""
        for _ in islice(self._lines, number - 1):
            pass


def _row(lines: _Lines, layout: CsvLayout) -> list[str] | str:
    """The cells of the next row, or what is wrong with it.

    Quotes within a row that only a lenient parser takes are let pass where they join no two rows.
    """
    try:
        cells = _cells(lines, layout, strict=True)
    except csv.Error as error:
        taken = lines.taken
        if lines.ended:
            return "a quote is opened and not closed; check the quotes of this row"
        if len(taken) > 1 and _next_row(taken, layout) < len(taken):
            return f"not a row of CSV ({error}); check its quotes"
        again = _Lines(iter(taken))
        try:
            cells = _cells(again, layout)
        except csv.Error:
            return f"not a row of CSV ({error}); check its quotes"
    if any(cell.strip() for cell in cells[len(layout.header) :]):
        count = f"{len(cells)} cells, the header has {len(layout.header)}"
        return f"{count}; quote cells that hold a delimiter"
    return cells


def _cells(lines: Iterator[str], layout: CsvLayout, *, strict: bool = False) -> list[str]:
    reader = csv.reader(lines, delimiter=layout.delimiter, quoting=layout.quoting, strict=strict)
    return next(reader, [])


def _next_row(taken: list[tuple[int, str]], layout: CsvLayout) -> int:
    """Where, among the lines of a broken row, the next whole row starts; their number if none."""
    for at in range(1, len(taken)):
        rest = _Lines(iter(taken[at:]))
        try:
            cells = _cells(rest, layout, strict=True)
        except csv.Error:
            continue
        if len(cells) == len(layout.header):
            return at
    return len(taken)
