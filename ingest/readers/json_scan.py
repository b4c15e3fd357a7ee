"""Records of a JSON text, one after another, with the line each starts on.

The text is one value or several on end (JSON lines are a case of it). An array gives its elements;
an object that holds its records in a member, as service answers and Zotero exports do, gives
those; any other object is a record itself. Reading element by element keeps what stands before
damage, as in a download that was cut off.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

# Members that hold a list of records: OpenAlex and PubMed "results", Semantic Scholar "data" and
# "recommendedPapers", Zotero and Crossref "items", Solr "docs", Europe PMC "result", DBLP "hit",
# OpenReview "notes", bioRxiv "collection".
CONTAINERS = frozenset(
    {"items", "results", "result", "data", "papers", "recommendedPapers", "records", "works"}
    | {"documents", "docs", "hits", "hit", "entries", "entry", "articles", "publications"}
    | {"notes", "collection"}
)
# Members that hold an object with such a list, or the only record: Crossref, Solr, Europe PMC,
# Scopus.
WRAPPERS = frozenset(
    {"message", "response", "resultList", "hits", "search-results", "result"}
    | {"abstracts-retrieval-response", "full-text-retrieval-response"}
)
# Numbers as the shell of MongoDB writes them, and AMiner's file of 2021 has them.
# The strings beside them are matched too, so that what looks so in a text stays.
_SHELL_NUMBER = re.compile(
    r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|\bNumber(?:Int|Long)\("?(?P<number>-?\d+)"?\)', re.DOTALL
)
_SHELL = re.compile(r"\bNumber(?:Int|Long)\(")

_DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[\s\ufeff\x1e]*")
_LIST_OF_RECORDS = re.compile(r"\[\s*[\[{\]n]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


class Record(NamedTuple):
    """A value of the text and the 1-based line it starts on."""

    line: int
    value: Any


class JsonScan:
    """Walks a JSON text once; `line` is where it stands, for the message when it fails."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._text = _SHELL_NUMBER.sub(_plain_number, text) if _SHELL.search(text) else text
        self._at = 0
        self._counted = 0
        self._line = first_line
        self._escaped_surrogates = "\\ud" in text or "\\uD" in text

    @property
    def line(self) -> int:
        """The 1-based line of the present place."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = max(self._counted, self._at)
        return self._line

    def records(self) -> Iterator[Record]:
        """Yield the records in order; ValueError or RecursionError where the text is no JSON."""
        while opening := self._peek():
            if opening == "[":
                yield from self._elements()
            elif opening == "{":
                yield from self._object()
            else:
                yield Record(self.line, self._value())

    def _elements(self) -> Iterator[Record]:
        self._at += 1
        while self._peek() != "]":
            yield Record(self.line, self._value())
            self._separator("]")
        self._at += 1

    def _object(self) -> Iterator[Record]:
        start = self.line
        fields: dict[str, Any] = {}
        holds_records = False
        self._at += 1
        while self._peek() != "}":
            name = self._name()
            if name in CONTAINERS and "title" not in fields and self._is_list_of_records():
                holds_records = True
                yield from self._elements()
            elif name in WRAPPERS and "title" not in fields and self._peek() == "{":
                holds_records = True
                yield from self._object()
            else:
                fields[name] = self._value()
            self._separator("}")
        self._at += 1
        if not holds_records or "title" in fields:
            yield Record(start, fields)

    def _is_list_of_records(self) -> bool:
        return _LIST_OF_RECORDS.match(self._text, self._at) is not None

    def _name(self) -> str:
        if self._peek() != '"':
            raise ValueError("a name in quotes expected")
        name = str(self._value())
        if self._peek() != ":":
            raise ValueError("':' expected")
        self._at += 1
        self._peek()
        return name

    def _separator(self, closing: str) -> None:
        mark = self._peek()
        if mark == ",":
            self._at += 1
        elif not mark:
            raise ValueError(f"the text ends before {closing!r}")
        elif mark != closing:
            raise ValueError(f"',' or {closing!r} expected")

    def _peek(self) -> str:
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at
        return self._text[self._at : self._at + 1]

    def _value(self) -> Any:
        try:
            value, self._at = _DECODER.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            self._at = max(self._at, error.pos)
            raise
        return without_surrogates(value) if self._escaped_surrogates else value


def _plain_number(match: re.Match[str]) -> str:
    return match["number"] or match.group()


def without_surrogates(value: Any) -> Any:
    """The value without lone surrogates, which JSON can escape but no file can store."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, list):
        return [without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {without_surrogates(k): without_surrogates(v) for k, v in value.items()}
    return value
