"""Formats whose lines begin with a tag: RIS, MEDLINE, Web of Science, refer.

Records are told apart here; those of RIS and Web of Science are then parsed by rispy one at a time.
Alone, rispy reads a whole file, gives no line numbers, and makes one record of two when the end of
the first is missing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rispy.parser import RisParser

from ingest.paper import Paper
from ingest.readers.base import Failure

Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Layout:
    """How a format writes its records.

    `tag` matches the begin of a tagged line, groups `tag` and `value`; a line that it does not
    match continues the value before it. A tag in `starts` opens a record, one in `ends` closes it,
    and so does a blank line before a tag if `blank_ends`. Tags in `ignored` belong to the file.
    """

    tag: re.Pattern[str]
    starts: frozenset[str]
    ends: frozenset[str] = frozenset()
    blank_ends: bool = False
    ignored: frozenset[str] = frozenset()


@dataclass
class TaggedRecord:
    """The tagged values of one record, in order, and the 1-based line where it starts."""

    line: int
    tagged_lines: list[tuple[str, list[str]]] = field(default_factory=list)

    def add(self, tag: str, value: str) -> None:
        """Add a value."""
        self.tagged_lines.append((tag, [value]))

    def continue_last(self, text: str) -> None:
        """Add a line to the last value, which keeps its line break."""
        if self.tagged_lines:
            self.tagged_lines[-1][1].append(text.strip())

    @property
    def values(self) -> Iterator[tuple[str, str]]:
        """The values with their tags."""
        return ((tag, "\n".join(lines)) for tag, lines in self.tagged_lines)


def tagged_records(lines: Iterable[tuple[int, str]], layout: Layout) -> Iterator[TaggedRecord]:
    """Tell the records apart, one in memory at a time."""
    record: TaggedRecord | None = None
    after_blank = False
    for number, line in lines:
        match = layout.tag.match(line)
        if match is None:
            after_blank = not line.strip()
            if record is not None:
                record.continue_last(line)
            continue
        tag, value = match["tag"], (match["value"] or "").strip()
        if tag in layout.ignored:
            continue
        if record and (tag in layout.starts or (after_blank and layout.blank_ends)):
            yield record
            record = None
        after_blank = False
        if tag not in layout.ends:
            record = record or TaggedRecord(number)
            record.add(tag, value)
        elif record:
            yield record
            record = None
    if record:
        yield record


def read_records(
    lines: Iterable[tuple[int, str]],
    layout: Layout,
    make: Callable[[TaggedRecord], Paper | Failure | None],
    nothing: Failure,
) -> Iterator[Paper | Failure]:
    """Make a paper of each record that `make` finds to be one; yield `nothing` if there is none."""
    found = False
    for record in tagged_records(lines, layout):
        made = make(record)
        if made is not None:
            found = True
            yield made
    if not found:
        yield nothing


def name_fields(record: TaggedRecord, names: Mapping[str, str]) -> Fields:
    """The values by the names of their tags; other tags are left out."""
    fields: Fields = {}
    for tag, value in record.values:
        if tag in names:
            fields.setdefault(names[tag], []).append(value)
    return fields


def first_of(fields: Fields, *names: str) -> str:
    """The first value of these fields that is not blank, or an empty string."""
    values = (value for name in names for value in fields.get(name, ()))
    return next((value for value in values if value.strip()), "")


def parse_fields(record: TaggedRecord, parser: RisParser, separator: str) -> Fields:
    """The values by the names that rispy's table gives their tags; every field is a list.

    Longer tags, which some tools add, are left out: rispy would join them to the value before.
    """
    start = parser.START_TAG
    values = ((tag, value) for tag, value in record.values if len(tag) == len(start))
    lines = [f"{tag}{separator}{value}" for tag, value in values if tag != start]
    bounds = f"{start}{separator}", f"{parser.END_TAG}{separator}"
    (parsed,) = parser.parse_lines(iter([bounds[0], *lines, bounds[1]]))
    return {k: v if isinstance(v, list) else [v] for k, v in parsed.items()}
