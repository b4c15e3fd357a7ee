"""The entries of a BibTeX file, one at a time.

The file is cut where a line starts an entry, and bibtexparser parses one piece at a time: memory
stays flat, and a broken entry ends where the next begins. Abbreviations (`@string`) hold from where
they are defined, as BibTeX has it.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from bibtexparser.exceptions import ParserStateException
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from ingest.readers.base import Failure, Source

_ENTRY_START = re.compile(r"[\ufeff\s]*@(?:(?:\w*|\[[^\]{}]*\])[ \t]*[{(]|\w+\s*$)")
# What no abstract has at the start of a line, so that it starts an entry even within open braces.
_SURE_START = re.compile(
    r"[\ufeff\s]*@(?:string|preamble|comment"
    r"|(?:\w+|\[[^\]{}]*\])[ \t]*[{(]\s*[^\s,={}()\"]*\s*(?:,|$))",
    re.IGNORECASE,
)
# Semantic Scholar's `@['JournalArticle']{...`.
_LISTED_KIND = re.compile(r"(?<=@)\[\s*['\"]?(\w*)[^\]{}]*\]")
_BRACE_BELOW = re.compile(r"\A(\s*@\w+)\s*\n\s*([{(])")
# EndNote leaves the key out, and its comma with it.
_NO_KEY = re.compile(r"\A\s*@(?!string\b)\w+[ \t]*[{(](?=\s*[A-Za-z][\w-]*\s*=)", re.IGNORECASE)
# A word joiner, which cleaning removes: it hides an @ from the parser, to which it starts an entry.
_NO_START = "\u2060"
# A value after which the comma is missing, and the field that follows it.
_NO_COMMA = re.compile(
    r"(?P<value>\{.*?\}|\"[^\"]*\"|\w+)\s*\n\s*(?P<name>[A-Za-z][\w-]*)\s*=\s*(?P<rest>.+)",
    re.DOTALL,
)
_BRACES = re.compile(r"(?<!\\)[{}]")
_BRACES_AND_QUOTES = re.compile(r"(?<!\\)[{}\"]")
_REMEDY = "close its braces and quotes, and put a comma after its key and after each field"
_VALUE_MARKS = re.compile(r"(?<!\\)[{}\"#]")

# Broken entries are reported as failures; the parser's own warnings would say it twice.
logging.getLogger("bibtexparser.splitter").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class BibEntry:
    """An entry: its fields by lower-case name, values still LaTeX, and its 1-based line."""

    line: int
    kind: str
    key: str
    fields: dict[str, str]


@dataclass
class _Place:
    """Where in an entry a line ends: how many braces are open, and whether a quote is.

    `outer` of them are the entry's own: none where a parenthesis opens it.
    """

    outer: int = 1
    depth: int = 0
    quoted: bool = False

    @property
    def in_value(self) -> bool:
        return self.quoted or self.depth > self.outer

    def pass_over(self, line: str) -> None:
        """Go on to the end of a line."""
        for mark in _BRACES_AND_QUOTES.findall(line):
            if mark == '"':
                self.quoted ^= self.depth == self.outer
            else:
                self.depth += 1 if mark == "{" else -1


@dataclass
class _Parser:
    source: str
    abbreviations: dict[str, str] = field(default_factory=dict)

    def parse(self, line: int, text: str) -> Iterator[BibEntry | Failure]:
        """The entries of a piece of text that begins at a line of the file."""
        text = _NO_KEY.sub(r"\g<0>,", _BRACE_BELOW.sub("\\1\\2\n", text))
        try:
            blocks = Splitter(text).split().blocks
        except ParserStateException as error:
            yield Failure(self.source, line, f"not valid BibTeX ({error.message}); {_REMEDY}")
            return
        for block in blocks:
            yield from self._read_block(line + (block.start_line or 0), block)

    def _read_block(self, line: int, block: Block | None) -> Iterator[BibEntry | Failure]:
        if isinstance(block, DuplicateFieldKeyBlock | DuplicateBlockKeyBlock):
            yield from self._read_block(line, block.ignore_error_block)
        elif isinstance(block, String):
            self.abbreviations[block.key.lower()] = self._resolve(block.value)
        elif isinstance(block, Entry):
            yield self._entry(line, block)
        elif isinstance(block, ParsingFailedBlock):
            why = getattr(block.error, "abort_reason", "it cannot be parsed").strip(" .")
            yield Failure(self.source, line, f"broken BibTeX entry ({why}); {_REMEDY}")

    def _entry(self, line: int, block: Entry) -> BibEntry:
        fields: dict[str, str] = {}
        for item in block.fields:
            for name, value in _parted(item.key, str(item.value)):
                fields.setdefault(name.lower(), self._resolve(value))
        return BibEntry(line, block.entry_type.lower(), block.key, fields)

    def _resolve(self, value: str) -> str:
        return "".join(self._literal(part.strip()) for part in _split_at_hashes(value))

    def _literal(self, part: str) -> str:
        if len(part) > 1 and part[0] + part[-1] in ("{}", '""'):
            return part[1:-1]
        return self.abbreviations.get(part.lower(), part)


def bib_entries(source: Source) -> Iterator[BibEntry | Failure]:
    """Yield the entries in order; a broken one is a failure with the line where it starts."""
    parser = _Parser(source.name)
    for line, text in _pieces(source.lines()):
        yield from parser.parse(line, text)


def _pieces(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """(line, text) of each stretch that begins where a line starts an entry.

    Within open braces only what is surely an entry starts one: abstracts quote code and addresses.
    Lines that `%` starts are comments, but within a value.
    """
    start: int | None = None
    held: list[str] = []
    place = _Place()
    for number, line in lines:
        text = line
        opened = _ENTRY_START.match(line)
        if opened and (place.depth <= 0 or _SURE_START.match(line)):
            if start is not None:
                yield start, "\n".join(held)
            start, held, place = number, [], _Place(outer=0 if opened[0].endswith("(") else 1)
            held.append(_LISTED_KIND.sub(r"\1", line.lstrip("\ufeff")))
        elif start is not None:
            text = _inner_line(line, place)
            held.append(text)
        if start is not None:
            place.pass_over(text)
    if start is not None:
        yield start, "\n".join(held)


def _inner_line(line: str, place: _Place) -> str:
    """A line that starts no entry: empty if it is a comment, its @ hidden if it is in a value."""
    first = line.lstrip()[:1]
    if first == "%" and not place.in_value:
        return ""
    return _NO_START + line if first == "@" and (place.depth > 0 or place.quoted) else line


def _parted(name: str, value: str) -> Iterator[tuple[str, str]]:
    """A field, and those that follow it without a comma."""
    while (found := _NO_COMMA.fullmatch(value)) and _is_balanced(found["value"]):
        yield name, found["value"]
        name, value = found["name"], found["rest"]
    yield name, value


def _is_balanced(value: str) -> bool:
    """Whether the braces of a value close, and never before they open."""
    depths = accumulate(1 if brace == "{" else -1 for brace in _BRACES.findall(value))
    *within, end = [1, *depths] if value.startswith("{") else [0]
    return end == 0 and all(depth > 0 for depth in within)


def _split_at_hashes(value: str) -> Iterator[str]:
    """The parts of a value joined by `#`, outside braces and quotes."""
    depth, quoted, start = 0, False, 0
    for mark in _VALUE_MARKS.finditer(value):
        if mark[0] == "#" and depth == 0 and not quoted:
            yield value[start : mark.start()]
            start = mark.end()
        elif mark[0] == '"' and depth == 0:
            quoted = not quoted
        else:
            depth += {"{": 1, "}": -1}.get(mark[0], 0)
    yield value[start:]
