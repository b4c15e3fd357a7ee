"""The refer format (.enw) of EndNote, Google Scholar and many journals: `%T title`, `%A author`."""

import re
from collections.abc import Iterator

from rispy.parser import RisParser

from ingest.paper import Paper, SourceRef
from ingest.readers.base import Failure, Source
from ingest.readers.fields import build_paper, first_filled, unwrap
from ingest.readers.tagged import Fields, Layout, TaggedRecord, parse_fields, tagged_records

_TYPE = re.compile(r"^\ufeff?%0 ", re.MULTILINE)
_TITLE = re.compile(r"^\ufeff?%[TB] ", re.MULTILINE)
_AUTHOR = re.compile(r"^\ufeff?%[AED] ", re.MULTILINE)
_TAG = re.compile(r"\ufeff?\s{0,3}(?P<tag>%[0-9A-Z@!?$*#^&+<>()~\[\]|=])(?:\s(?P<value>.*)|)$")
_MAPPING = {
    "%0": "type",
    "%T": "title",
    "%A": "authors",
    "%E": "editors",
    "%D": "year",
    "%8": "date",
    "%J": "journal",
    "%B": "book",
    "%X": "abstract",
    "%U": "urls",
    "%R": "doi",
    "%K": "keywords",
    "%Z": "notes",
    "%3": "notes",
    "%>": "urls",
    "UK": "unknown_tag",
    "ER": "end",
}


class _ReferParser(RisParser):
    """rispy's parser for refer's tags; the end tag is ours, as refer has none."""

    START_TAG = "%0"
    DEFAULT_MAPPING = _MAPPING
    DEFAULT_LIST_TAGS = list(_MAPPING)
    DEFAULT_DELIMITER_MAPPING: dict[str, str] = {}  # noqa: RUF012

    def parse_line(self, line: str) -> tuple[str, str]:
        """Part the tag from its value."""
        tag, _, value = line.partition(" ")
        return tag, value


class ReferReader:
    """Reads refer records as a stream."""

    name = "refer"

    def sniff(self, source: Source) -> float:
        """Likely when lines give a title and a type, an author or a date."""
        head = source.head_text
        other = _TYPE.search(head) or _AUTHOR.search(head)
        return 0.95 if _TITLE.search(head) and other else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield the records; one failure if the text holds none."""
        typed = _TYPE.search(source.head_text) is not None
        layout = Layout(_TAG, frozenset({"%0"}), blank_ends=not typed)
        count = 0
        for count, record in enumerate(tagged_records(source.lines(), layout), 1):
            yield self._paper(record, source)
        if not count:
            yield Failure(source.name, None, "no refer record; a title is a line '%T ...'")

    def _paper(self, record: TaggedRecord, source: Source) -> Paper | Failure:
        fields = parse_fields(record, _ReferParser(skip_unknown_tags=True), " ")
        urls = fields.get("urls", [])
        return build_paper(
            SourceRef(file=source.name, line=record.line, reader=self.name),
            _first(fields, "title", "book"),
            abstract=unwrap("\n\n".join(fields.get("abstract", ()))),
            authors=fields.get("authors") or fields.get("editors", []),
            dates=[_first(fields, "year"), _first(fields, "date")],
            venue=_first(fields, "journal", "book"),
            url=first_filled(urls),
            dois=fields.get("doi", []),
            hidden=[*urls, *fields.get("notes", ()), _first(fields, "journal")],
            keywords=[w for k in fields.get("keywords", ()) for w in re.split(r"[;\n]", k)],
        )


def _first(fields: Fields, *names: str) -> str:
    return first_filled(value for name in names for value in fields.get(name, ()))
