"""Where the table of a CSV file begins, and what parts its cells.

Services write preambles above the header (Dimensions, Embase, Excel's `sep=;`) and part cells by
comma, semicolon, tab or bar. The header tells both: it is the line that, cut by one of these, names
the most fields that a paper has.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from ingest.readers.base import Source
from ingest.readers.csv_columns import find_columns
from ingest.readers.fields import head_of

DELIMITERS = ",\t;|"
_MAX_PREAMBLE_LINES = 60
_MAX_HEADER_LINES = 5
_FEWEST_CELLS = 3
_FEWEST_ROWS = 3
_ROWS_TO_COUNT = 8


@dataclass(frozen=True)
class CsvLayout:
    """The header of a table: its 1-based line, its names, and the delimiter and quoting."""

    line: int
    header: tuple[str, ...]
    delimiter: str
    columns: dict[str, list[int]]
    quoted: bool = True

    @property
    def quoting(self) -> Literal[0, 3]:
        """How the csv module is to take quotes: around cells, or as characters of them."""
        return csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE

    @property
    def has_title_tag(self) -> bool:
        """Whether only a tag of two letters says that a column is the title."""
        return all(len(self.header[at]) == 2 for at in self.columns.get("title", ()))

    @property
    def score(self) -> tuple[bool, int, int, int]:
        """How like a header: with a title, with many fields, near the top, with many columns."""
        return "title" in self.columns, len(self.columns), -self.line, len(self.header)


def find_layout(source: Source, mapping: Mapping[str, str]) -> CsvLayout | None:
    """The most likely header among the first lines; None if all are blank."""
    lines = head_of(source).split("\n")
    found = _layouts(lines[: _MAX_PREAMBLE_LINES + _MAX_HEADER_LINES], mapping)
    best = max(found, key=lambda layout: layout.score, default=None)
    if best and best.delimiter == "\t" and best.header[0] == "PT":
        return replace(best, quoted=_has_quoted_names(lines[best.line :], best))
    return best


def is_table(source: Source, layout: CsvLayout) -> bool:
    """Whether rows have as many cells as the header, whatever that says; `a, b, c` is prose."""
    lines = head_of(source).split("\n")[layout.line - 1 :]
    if lines[0].lstrip().startswith(("{", "[")):
        return False
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=layout.delimiter)
    try:
        rows = list(islice(filter(None, reader), _ROWS_TO_COUNT))
    except csv.Error:
        return False
    whole = rows[: max(_FEWEST_ROWS, len(rows) - 1)]
    cells = len(layout.header)
    return (
        cells >= _FEWEST_CELLS
        and len(whole) >= _FEWEST_ROWS
        and all(len(row) == cells for row in whole)
        and all(any(cell[:1].strip() for cell in row[1:]) for row in whole[1:])
    )


def _has_quoted_names(rows: list[str], layout: CsvLayout) -> bool:
    """Whether a program such as Excel wrote Web of Science's table again.

    The service itself puts no quotes around cells; it is told by names, which never begin with one.
    """
    cells = (row.split("\t") for row in rows)
    at = layout.columns.get("authors", [])
    return any(row[i].startswith('"') for row in cells for i in at if i < len(row))


def _layouts(lines: list[str], mapping: Mapping[str, str]) -> Iterator[CsvLayout]:
    for at, line in enumerate(lines[:_MAX_PREAMBLE_LINES]):
        if not line.strip():
            continue
        for delimiter in DELIMITERS:
            if delimiter in line or delimiter == ",":
                header = _first_row(lines[at : at + _MAX_HEADER_LINES], delimiter)
                columns = find_columns(header, mapping)
                yield CsvLayout(at + 1, tuple(header), delimiter, columns)


def _first_row(lines: list[str], delimiter: str) -> list[str]:
    try:
        row = next(csv.reader((f"{line}\n" for line in lines), delimiter=delimiter), [])
    except csv.Error:
        return [lines[0]]
    return [cell.strip() for cell in row] or [lines[0]]
