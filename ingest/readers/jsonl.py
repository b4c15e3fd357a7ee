"""JSON lines: one paper a line, as our own export and most dumps have it.

Understood names: id/_id/paper_id, title, abstract/text/summary, authors/author (list of names, list
of objects with a name, or one string), year/published/date, venue/journal/booktitle, url/link, doi,
arxiv_id/arxiv. A line whose only key is "_header" describes the file and is skipped.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.paper import Paper, SourceRef, derive_id, normalise_arxiv_id, normalise_doi
from ingest.readers.base import Failure, Source
from ingest.text import clean_text, one_line

_NAMES = {
    "id": ("id", "_id", "paper_id"),
    "title": ("title",),
    "abstract": ("abstract", "text", "summary"),
    "authors": ("authors", "author"),
    "year": ("year", "published", "date"),
    "venue": ("venue", "journal", "booktitle"),
    "url": ("url", "link"),
    "doi": ("doi",),
    "arxiv_id": ("arxiv_id", "arxiv"),
}
_KNOWN = frozenset(name for names in _NAMES.values() for name in names) | {"extra", "sources"}
_YEAR = re.compile(r"\b(1[5-9]|20|21)\d{2}\b")
_AUTHOR_SEPARATOR = re.compile(r"\s*;\s*|\s+and\s+")


class JsonlReader:
    """Reads one JSON object a line."""

    name = "jsonl"

    def sniff(self, source: Source) -> float:
        """Sure when the first line that is not blank parses as an object."""
        first = next((line for line in source.head_text.split("\n") if line.strip()), "").strip()
        if not first.startswith("{"):
            return 0.0
        try:
            return 1.0 if isinstance(json.loads(first), dict) else 0.0
        except ValueError:
            return 0.6 if re.match(r'\{\s*"', first) and "\n{" in source.head_text else 0.3

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield a paper or a failure for each line that is not blank."""
        for number, line in source.lines():
            if line.strip():
                record = self._read_line(
                    line, SourceRef(file=source.name, line=number, reader=self.name)
                )
                if record is not None:
                    yield record

    def _read_line(self, line: str, ref: SourceRef) -> Paper | Failure | None:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            return Failure(ref.file, ref.line, f"not valid JSON ({error}); one object a line")
        if not isinstance(record, dict):
            return Failure(ref.file, ref.line, "not a JSON object; one object a line")
        if set(record) == {"_header"}:
            return None
        return paper_from_mapping(record, ref)


def paper_from_mapping(record: Mapping[str, Any], ref: SourceRef) -> Paper | Failure:
    """Make a paper of named fields; a Failure if there is no title."""
    title = one_line(_string(record, "title"))
    if not title:
        return Failure(ref.file, ref.line or 0, "no title; every paper needs one")
    doi = normalise_doi(_string(record, "doi"))
    arxiv_id = normalise_arxiv_id(_string(record, "arxiv_id"))
    extra = record.get("extra")
    return Paper(
        id=one_line(_string(record, "id")) or derive_id(title, doi, arxiv_id),
        title=title,
        abstract=clean_text(_string(record, "abstract")),
        authors=_authors(_first(record, "authors")),
        year=_year(_first(record, "year")),
        venue=one_line(_string(record, "venue")) or None,
        url=one_line(_string(record, "url")) or None,
        doi=doi,
        arxiv_id=arxiv_id,
        sources=(ref,),
        extra={
            **(extra if isinstance(extra, dict) else {}),
            **{k: v for k, v in record.items() if k not in _KNOWN},
        },
    )


def _first(record: Mapping[str, Any], field: str) -> Any:
    return next((record[n] for n in _NAMES[field] if record.get(n) not in (None, "")), None)


def _string(record: Mapping[str, Any], field: str) -> str:
    value = _first(record, field)
    if isinstance(value, list):
        return "\n".join(str(v) for v in value)
    return "" if value is None else str(value)


def _authors(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = _AUTHOR_SEPARATOR.split(value)
    if not isinstance(value, list):
        return ()
    names = (v.get("name") if isinstance(v, dict) else v for v in value)
    return tuple(one_line(str(n)) for n in names if n and str(n).strip())


def _year(value: Any) -> int | None:
    match = _YEAR.search(str(value)) if value is not None else None
    return int(match.group()) if match else None
