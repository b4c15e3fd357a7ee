"""Embase's "CSV, fields by row": a line for each field, its name first and then its values."""

import csv
import re
from collections.abc import Iterator

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure, Source
from ingest.readers.csv_columns import find_columns
from ingest.readers.csv_layout import CsvLayout
from ingest.readers.csv_table import paper_of_row
from ingest.readers.fields import head_of

_TITLE = re.compile(r'^\ufeff?"?TITLE"?,"?(?=[^",\n])', re.MULTILINE)
_OTHER = re.compile(r'^"?(?:AUTHOR NAMES|SOURCE|ABSTRACT|PUBLICATION YEAR|DOI)"?,', re.MULTILINE)
_NAME = re.compile(r"[A-Z][A-Z0-9 ()/,'-]*")
_SWALLOWED = re.compile(r'\n"?[A-Z][A-Z ]{2,40}"(?:,|\Z)')
_ONE_VALUE = frozenset({"TITLE", "ABSTRACT", "SOURCE", "SOURCE TITLE"})

Cells = list[tuple[str, str]]


class EmbaseRowsReader:
    """Reads records of which each begins with the line of its title."""

    name = "embase-rows"

    def sniff(self, source: Source) -> float:
        """Sure when lines begin with the names of a title and of another field."""
        head = head_of(source)
        return 0.95 if _TITLE.search(head) and _OTHER.search(head) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the records; one failure if the text holds none."""
        line = None
        for line, cells in _records(source):
            if isinstance(cells, str):
                yield Failure(source.name, line, cells)
                continue
            ref = SourceRef(file=source.name, line=line, reader=self.name)
            names = tuple(name for name, _ in cells)
            layout = CsvLayout(line, names, ",", find_columns(names, {}))
            yield paper_of_row([value for _, value in cells], layout, ref)
        if line is None:
            yield Failure(source.name, None, "no record; each begins with a line '\"TITLE\",...'")


def _records(source: Source) -> Iterator[tuple[int, Cells | str]]:
    """(1-based line, named values) of each record, or what is wrong at that line."""
    rows = csv.reader(f"{text}\n" for _, text in source.lines())
    start, cells = 0, Cells()
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield line, f"not a row of CSV ({error}); check its quotes"
            continue
        if row is None:
            break
        name = row[0].strip().lstrip("\ufeff") if row else ""
        if name == "TITLE":
            if cells:
                yield start, cells
            start, cells = line, Cells()
        if start and _NAME.fullmatch(name):
            values = [value for value in row[1:] if value.strip()]
            if any(_SWALLOWED.search(value) for value in values):
                yield line, "a quote is not closed; it hides the lines after this one"
            cells.append((name, (", " if name in _ONE_VALUE else "; ").join(values)))
    if cells:
        yield start, cells
