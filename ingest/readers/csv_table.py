"""CSV and TSV: Zotero, Scopus, Web of Science, OpenAlex, Embase, PubMed, Lens and others.

Columns are found by their headers, or by the mapping the user gives (`--map title=Name`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from ingest.errors import SourceError
from ingest.markup import decode_entities
from ingest.paper import Paper, SourceRef
from ingest.readers.author_names import split_authors, unglue
from ingest.readers.base import Failure, Source
from ingest.readers.csv_columns import COLUMNS, normalise_header
from ingest.readers.csv_layout import CsvLayout, find_layout, is_table
from ingest.readers.csv_rows import csv_rows
from ingest.readers.fields import build_paper, unwrap
from ingest.readers.latex import latex_to_unicode

_FIRST_WEB = re.compile(r"https?://[^\s|;\"]+")
_LIST_SEPARATOR = re.compile(r"[;|\n]|(?<=['\"]),")
_LISTED = re.compile(r"\[(['\"].*|[^\[\]]*)\]", re.DOTALL)
# WoS's BibTeX, made a table by way of bibtexparser, keeps braces around values, and LaTeX in them.
_BRACED = re.compile(r"\{(?!\s*['\"])([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
# Embase and EndNote name a journal by "Cancer (2004) 102:4 (253-258). Date of Publication: 2004".
_CITED_SOURCE = re.compile(r"(?P<venue>[^()]{2,200}?)\s*\((?:1[5-9]|20)\d\d\)")
_AMPERSAND = re.compile(r"\{\\&\}|\\&")
_SPRINGER = "itemtitle"
_ZOTERO = frozenset({"key", "itemtype"})
_ROWS_LOOKED_AT = 100
_COMMAS_IN_A_NAME = 2
# Zotero's CSV joins the lines of a record's Extra.
_DOI_LINE = re.compile(r"\s(?=DOI: 10\.)")
_MISSING = frozenset({"NA", "N/A", "n/a", "#N/A", "nan", "NaN", "None", "null", "NULL"})
_FEWEST_TAGGED = 3
_FEWEST_UNTITLED = 4
_DATABASES = frozenset(
    {"scopus", "medline", "med", "ppr", "pmc", "pubmed", "embase", "crossref", "web of science"}
)


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
        """Likely when a header names a title and another field, or the mapped columns.

        A table without a title is told too, so that the failure can say what is missing.
        """
        layout = find_layout(source, self._mapping)
        if layout is None or len(layout.header) < 2:
            return 0.0
        if "title" not in layout.columns:
            if is_table(source, layout):
                return 0.6
            return 0.1 if len(layout.columns) >= _FEWEST_UNTITLED else 0.0
        if layout.has_title_tag and len(layout.columns) < _FEWEST_TAGGED:
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
        rows = csv_rows(source, layout)
        first = list(islice(rows, _ROWS_LOOKED_AT))
        by_semicolons = _part_names_by_semicolons([row for _, row in first], layout)
        line = None
        for line, row in chain(first, rows):
            ref = SourceRef(file=source.name, line=line, reader=self.name)
            if isinstance(row, Failure):
                yield row
            else:
                yield paper_of_row(row, layout, ref, by_semicolons=by_semicolons)
        if line is None:
            yield Failure(source.name, layout.line, "the table has a header and no rows")


def paper_of_row(
    row: list[str], layout: CsvLayout, ref: SourceRef, *, by_semicolons: bool = False
) -> Paper | Failure:
    """Make a paper of the cells of one row; with `by_semicolons`, nothing else parts authors."""
    filled = {
        field: [cell for at in columns if at < len(row) and (cell := _value(row[at]))]
        for field, columns in layout.columns.items()
    }
    first = {field: values[0] for field, values in filled.items() if values}
    url = next((m[0] for m in map(_FIRST_WEB.search, filled.get("url", ())) if m), "")
    authors = first.get("authors", "")
    if normalise_header(layout.header[0]) == _SPRINGER:
        authors = unglue(authors)
    return build_paper(
        ref,
        first.get("title") or (_honest_title(row, layout) if "abstract" in first else ""),
        abstract=unwrap(first.get("abstract", "")),
        authors=split_authors(f"{authors};" if by_semicolons else authors),
        dates=filled.get("year", ()),
        venue=_venue(filled.get("venue", ())),
        url=url,
        dois=filled.get("doi", ()),
        arxiv_id=first.get("arxiv_id", ""),
        pmid=first.get("pmid", ""),
        hidden=[*filled.get("url", ()), *(_DOI_LINE.sub("\n", c) for c in filled.get("links", ()))],
        keywords=_keywords(first.get("keywords", "")),
        identifier=first.get("id", ""),
    )


def _part_names_by_semicolons(rows: Sequence[list[str] | Failure], layout: CsvLayout) -> bool:
    """Whether a table parts authors by semicolons, so that a cell without any is one name.

    PubMed's does not, but for groups after the names: where it has none, there are many commas.
    """
    if {normalise_header(name) for name in layout.header} >= _ZOTERO:
        return True
    columns = layout.columns.get("authors", [])
    cells = [r[at] for r in rows if isinstance(r, list) for at in columns if at < len(r)]
    parted = [";" in decode_entities(cell) for cell in cells]
    alone = (cell for cell, by in zip(cells, parted, strict=True) if not by)
    return any(parted) and all(cell.count(",") <= _COMMAS_IN_A_NAME for cell in alone)


def _value(cell: str) -> str:
    """A cell's text; nothing for what R and pandas write where they have no value."""
    text = cell.strip().rstrip(", ")
    if text.startswith("{") and (braced := _BRACED.fullmatch(text)):
        return latex_to_unicode(braced[1]).strip()
    if "\\&" in text:
        text = _AMPERSAND.sub("&", text)
    return "" if text in _MISSING else text


def _honest_title(row: list[str], layout: CsvLayout) -> str:
    """A title that reads as if there were none: a paper with an abstract may be called `None`."""
    cells = (row[at].strip() for at in layout.columns["title"] if at < len(row))
    return next(filter(None, cells), "")


def _keywords(cell: str) -> list[str]:
    """The words of a list, whose commas part them where nothing else does."""
    text = decode_entities(cell)
    if listed := _LISTED.fullmatch(text):
        text = listed[1]
    words = _LIST_SEPARATOR.split(text)
    return [word.strip(" '\"") for word in (words if len(words) > 1 else text.split(","))]


def _venue(cells: Sequence[str]) -> str:
    """The first name of a venue; a citation of it is cut to its name, a database's name is none."""
    for cell in cells:
        if cell.strip().casefold() not in _DATABASES:
            cited = _CITED_SOURCE.match(cell)
            return cited["venue"] if cited else cell
    return ""
