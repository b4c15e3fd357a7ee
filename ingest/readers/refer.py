"""The refer format (.enw) of EndNote, Google Scholar and many journals: `%T title`, `%A author`.

Where a file begins with a type (`%0`), each record does; in others, such as AIS eLibrary's, whose
types come second or not at all, blank lines part the records.
"""

import re
from collections.abc import Iterable, Iterator

from ingest.paper import Paper, SourceRef
from ingest.readers.author_names import by_semicolons
from ingest.readers.base import Failure, Source
from ingest.readers.fields import build_paper, first_filled, head_of, unwrap
from ingest.readers.tagged import Layout, TaggedRecord, first_of, name_fields, read_records

_TYPE = re.compile(r"^\ufeff?%0 ", re.MULTILINE)
_FIRST_TAG = re.compile(r"^\ufeff?\s{0,3}(%[0-9A-Z])\s", re.MULTILINE)
_TITLE = re.compile(r"^\ufeff?%[TB] ", re.MULTILINE)
_AUTHOR = re.compile(r"^\ufeff?%[AED] ", re.MULTILINE)
_TAG = re.compile(r"\ufeff?\s{0,3}(?P<tag>%[0-9A-Z@!?$*#^&+<>()~\[\]|=])(?:\s(?P<value>.*)|)$")
_NAMES = {
    "%0": "type",
    "%T": "title",
    "%A": "authors",
    "%E": "editors",
    "%D": "year",
    "%8": "date",
    "%J": "journal",
    "%B": "book",
    "%S": "series",
    "%X": "abstract",
    "%U": "urls",
    "%R": "doi",
    "%K": "keywords",
    "%Z": "notes",
    "%3": "notes",
    "%>": "urls",
}


class ReferReader:
    """Reads refer records as a stream."""

    name = "refer"

    def sniff(self, source: Source) -> float:
        """Likely when lines give a title and a type, an author or a date."""
        head = head_of(source)
        other = _TYPE.search(head) or _AUTHOR.search(head)
        return 0.95 if _TITLE.search(head) and other else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the records; one failure if the text holds none."""
        first = _FIRST_TAG.search(head_of(source))
        typed = first is not None and first[1] == "%0"
        layout = Layout(_TAG, frozenset({"%0"} if typed else ()), blank_ends=not typed)
        nothing = Failure(source.name, None, "no refer record; a title is a line '%T ...'")
        return read_records(source.lines(), layout, lambda r: self._paper(r, source), nothing)

    def _paper(self, record: TaggedRecord, source: Source) -> Paper | Failure:
        fields = name_fields(record, _NAMES)
        urls = fields.get("urls", [])
        return build_paper(
            SourceRef(file=source.name, line=record.line, reader=self.name),
            first_of(fields, "title", "book"),
            abstract=unwrap("\n\n".join(fields.get("abstract", ()))),
            authors=_names(fields.get("authors") or fields.get("editors", [])),
            dates=[first_of(fields, "year"), first_of(fields, "date")],
            venue=first_of(fields, "journal", "book", "series"),
            url=next(iter(first_filled(urls).split()), ""),
            dois=fields.get("doi", []),
            hidden=[*urls, *fields.get("notes", ()), first_of(fields, "journal")],
            keywords=[w for k in fields.get("keywords", ()) for w in re.split(r"[;\n]", k)],
        )


def _names(lines: Iterable[str]) -> list[str]:
    """The names; CNKI has had all of a paper on one line, parted by `%A` or semicolons."""
    parts = (part for line in lines for part in re.split(r"\s?%[AE]\s", line))
    return [name for part in parts for name in by_semicolons(part)]
