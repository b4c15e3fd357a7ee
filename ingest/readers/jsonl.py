"""JSON lines: one paper a line, as our own export, BEIR's corpus.jsonl and most dumps have it.

Members are known by their usual names, whatever their case and whether their words are parted by
"_", "-", a space or nothing. A record that wraps its paper, as Hugging Face's daily papers and
search engines do, is unwrapped. A line whose only key is "_header" describes the file and is
skipped.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.paper import Paper, SourceRef, derive_id, normalise_doi
from ingest.readers.base import Failure, Source
from ingest.readers.json_fields import arxiv_id_of, authors_of, line_of, string, tidy, year_of
from ingest.readers.json_reader import is_json_lines
from ingest.readers.json_scan import without_surrogates

_NAMES = {
    "id": ("id", "_id", "paperid", "corpusid"),
    "title": ("title", "papertitle", "articletitle", "documenttitle"),
    "abstract": ("abstract", "text", "summary", "abstracttext", "abstractnote"),
    "authors": ("authorsparsed", "authors", "author", "authorstring", "creators"),
    "year": (
        *("year", "published", "date", "publicationyear", "pubyear"),
        *("publicationdate", "publishedat", "publisheddate"),
    ),
    "venue": (
        *("venue", "journal", "booktitle", "journalref", "containertitle"),
        *("journaltitle", "publicationtitle", "sourcetitle", "conference"),
    ),
    "url": ("url", "link", "pdfurl"),
    "doi": ("doi",),
    "arxiv_id": ("arxivid", "arxiv", "eprint"),
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}
_RANK = {name: rank for names in _NAMES.values() for rank, name in enumerate(names)}
_NOT_EXTRA = frozenset({"extra", "sources"})
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_WRAPPERS = ("paper", "_source")
_PARTING = re.compile(r"(?<!^)[_\-\s]")
_ARXIV_URL = re.compile(r"arxiv\.org/", re.IGNORECASE)


class JsonlReader:
    """Reads one JSON object a line."""

    name = "jsonl"

    def sniff(self, source: Source) -> float:
        """Nearly sure when the first line is an object with a title; a format of its own wins."""
        if not is_json_lines(source.head_text):
            return 0.0
        first = next(line for line in source.head_text.split("\n") if line.strip())
        try:
            record = json.loads(first)
        except (ValueError, RecursionError):
            return 0.6
        return 0.85 if _is_header(record) or has_title(record) else 0.3

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
        if _is_header(record):
            return None
        if "\\ud" in line or "\\uD" in line:
            record = without_surrogates(record)
        return paper_from_mapping(record, ref)


def has_title(record: Mapping[str, Any]) -> bool:
    """Whether one of the members is known to be a title."""
    return any(_FIELD_OF.get(_folded(name)) == "title" for name in _unwrapped(record))


def paper_from_mapping(record: Mapping[str, Any], ref: SourceRef) -> Paper | Failure:
    """Make a paper of named fields; a Failure if there is no title. What has no place is kept."""
    record = _unwrapped(record)
    fields, extra = _sorted_out(record)
    title = line_of(fields.get("title"))
    if not title:
        return Failure(ref.file, ref.line, "no title; every paper needs one")
    own_id = line_of(fields.get("id"))
    url = line_of(fields.get("url"))
    doi = normalise_doi(string(fields["doi"])) if "doi" in fields else None
    arxiv_id = arxiv_id_of(
        fields.get("arxiv_id"), doi, own_id, url if _ARXIV_URL.search(url) else None
    )
    given = record.get("extra")
    return Paper(
        id=own_id or derive_id(title, doi, arxiv_id),
        title=title,
        abstract=tidy(string(fields.get("abstract"))),
        authors=authors_of(fields.get("authors")),
        year=year_of(fields.get("year")),
        venue=line_of(fields.get("venue")) or None,
        url=url or None,
        doi=doi,
        arxiv_id=arxiv_id,
        sources=(ref.model_copy(update={"own_id": bool(own_id)}),),
        extra={**(given if isinstance(given, dict) else {}), **extra},
    )


def _is_header(record: Any) -> bool:
    return isinstance(record, dict) and record.keys() == {"_header"}


def _unwrapped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = next((record[w] for w in _WRAPPERS if isinstance(record.get(w), dict)), None)
    return {**record, **inner} if inner else record


def _folded(name: str) -> str:
    """A member's name without its case and partings; a leading "_" stays out too."""
    return _PARTING.sub("", name.casefold()).removeprefix("_")


def _sorted_out(record: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values by field, and the rest; where two names fill a field the better known wins."""
    found: dict[str, tuple[int, str]] = {}
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, value in record.items():
        known = name if name in _FIELD_OF else _folded(name)
        field = _FIELD_OF.get(known)
        if field is None:
            if name not in _NOT_EXTRA:
                extra[name] = value
        elif value not in _EMPTY:
            rank, held = found.get(field, (_RANK[known] + 1, ""))
            if held:
                loser = held if _RANK[known] < rank else name
                extra[loser] = record[loser]
            if _RANK[known] < rank:
                found[field], fields[field] = (_RANK[known], name), value
    return fields, extra
