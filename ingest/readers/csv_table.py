"""CSV and TSV: Zotero, Scopus, Web of Science, OpenAlex, Embase, PubMed, Lens and others.

Columns are found by their headers, or by the mapping the user gives (`--map title=Name`).
"""

import csv
import re
from collections.abc import Iterator, Mapping

from ingest.errors import SourceError
from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure, Source
from ingest.readers.csv_columns import COLUMNS
from ingest.readers.csv_layout import CsvLayout, find_layout
from ingest.readers.fields import build_paper, unwrap

_MAX_CELL_CHARACTERS = 16 << 20
_AUTHOR_NUMBER = re.compile(r"\s*\(\d+\)$")
_FIRST_WEB = re.compile(r"https?://[^\s|;\"]+")
_LIST_SEPARATOR = re.compile(r"[;|\n]")
_AND = re.compile(r",?\s(?:and|&)\s")

# The module's own limit, 128 KiB, is too low for the author cells of large collaborations.
csv.field_size_limit(_MAX_CELL_CHARACTERS)


class CsvReader:
    """Reads tables with a header, one row in memory at a time."""

    name = "csv"

    def __init__(self, mapping: Mapping[str, str] | None = None) -> None:
        """`mapping` names the column of a field, for headers that are not known.

        SourceError if it maps a field that papers don't have.
        """
        self._mapping = dict(mapping or {})
        if unknown := sorted(set(self._mapping) - set(COLUMNS)):
            raise SourceError(f"no field {', '.join(unknown)} to map; fields: {', '.join(COLUMNS)}")

    def sniff(self, source: Source) -> float:
        """Likely when a header names a title and another field, or the mapped columns."""
        layout = find_layout(source, self._mapping)
        if layout is None or len(layout.header) < 2 or "title" not in layout.columns:
            return 0.0
        return 0.9 if len(layout.columns) > 1 or self._mapping else 0.3

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield a paper or a failure for each row; one failure if no column is the title."""
        layout = find_layout(source, self._mapping)
        if layout is None:
            yield Failure(source.name, None, "no header line")
            return
        if missing := [f for f in {"title": "", **self._mapping} if f not in layout.columns]:
            wanted = ", ".join(f"{f}={self._mapping.get(f, 'COLUMN')}" for f in missing)
            columns = ", ".join(name[:60] for name in layout.header[:40])
            reason = f"no such column: {wanted}; columns found: {columns}; name it with --map"
            yield Failure(source.name, layout.line, reason)
            return
        for line, row in _rows(source, layout):
            ref = SourceRef(file=source.name, line=line, reader=self.name)
            yield row if isinstance(row, Failure) else _paper(row, layout, ref)


def _rows(source: Source, layout: CsvLayout) -> Iterator[tuple[int, list[str] | Failure]]:
    """(1-based line, cells) of each row below the header that is not blank."""
    lines = (f"{text}\n" for number, text in source.lines() if number >= layout.line)
    rows = csv.reader(lines, delimiter=layout.delimiter, quoting=layout.quoting)
    while True:
        line = layout.line + rows.line_num
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield line, Failure(source.name, line, f"not a row of CSV ({error}); check its quotes")
            continue
        if cells is None:
            return
        if not any(cell.strip() for cell in cells) or _is_header(cells, layout):
            continue
        if any(cell.strip() for cell in cells[len(layout.header) :]):
            count = f"{len(cells)} cells, the header has {len(layout.header)}"
            yield line, Failure(source.name, line, f"{count}; quote cells that hold a delimiter")
        else:
            yield line, cells


def _is_header(cells: list[str], layout: CsvLayout) -> bool:
    return [cell.strip().lstrip("\ufeff") for cell in cells] == list(layout.header)


def _paper(row: list[str], layout: CsvLayout, ref: SourceRef) -> Paper | Failure:
    filled = {
        field: [row[at] for at in columns if at < len(row) and row[at].strip()]
        for field, columns in layout.columns.items()
    }
    first = {field: values[0].strip() if values else "" for field, values in filled.items()}
    url = next((m[0] for m in map(_FIRST_WEB.search, filled.get("url", ())) if m), "")
    return build_paper(
        ref,
        first["title"],
        abstract=unwrap(first.get("abstract", "")),
        authors=split_authors(first.get("authors", "")),
        dates=filled.get("year", ()),
        venue=first.get("venue", ""),
        url=url,
        dois=filled.get("doi", ()),
        arxiv_id=first.get("arxiv_id", ""),
        pmid=first.get("pmid", ""),
        hidden=filled.get("url", ()),
        keywords=_LIST_SEPARATOR.split(first.get("keywords", "")),
        identifier=first.get("id", ""),
    )


def split_authors(cell: str) -> list[str]:
    """The names in a cell, however they are parted.

    Semicolons, bars and line breaks part names, and so does `and`. Commas do only where what they
    part are names themselves (`Smith J, Doe A.`, `Ann Lee, Bo Li and Cy Ng`): in `Smith, John` and
    `Smith, John and Lee, Ann` they stand within names.
    """
    if _LIST_SEPARATOR.search(cell):
        names = _LIST_SEPARATOR.split(cell)
    else:
        names = _AND.split(cell)
        commas_part = "," not in names[-1] if len(names) > 1 else _all_names(cell.split(","))
        if commas_part:
            names = [name for group in names for name in group.split(",")]
    return [_AUTHOR_NUMBER.sub("", name.strip()).rstrip() for name in names if name.strip()]


def _all_names(parts: list[str]) -> bool:
    """Whether each part can be a whole name, with a given name or initials."""
    filled = [part.strip() for part in parts if part.strip()]
    return len(filled) > 1 and all(" " in part for part in filled)
