"""What the readers of JSON formats share: how records are found, and how a format is told."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import lru_cache
from io import BufferedIOBase
from typing import Any, cast

from ingest.errors import SourceError
from ingest.paper import Paper, SourceRef
from ingest.readers.base import DAMAGE, Failure, Source
from ingest.readers.json_scan import JsonScan, Record
from ingest.readers.text_encoding import WESTERN

MAX_DOCUMENT_BYTES = 1 << 30
_PIECE = 1 << 20
_LOOKED_AT = 3


class JsonReader(ABC):
    """A reader of JSON objects: one document, a list, an answer page, or JSON lines of these."""

    name: str
    signature: re.Pattern[str]
    """Found in the text of a record of this format; used where the first record is cut off."""

    @abstractmethod
    def recognises(self, record: dict[str, Any]) -> bool:
        """Whether the record is of this format, by its own members."""

    @abstractmethod
    def paper(self, record: dict[str, Any], ref: SourceRef) -> Paper | Failure:
        """Make a paper; members of any type may stand where the format has another."""

    def parts(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        """The records that an object holds: itself, or none where it is part of another."""
        return [record]

    def sniff(self, source: Source) -> float:
        """Nearly sure when one of the first records has this format's members."""
        if not source.head_text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
            return 0.0
        records = first_records(source.head_text)
        if records:
            return 0.95 if any(map(self.recognises, records)) else 0.0
        return 0.9 if self.signature.search(source.head_text) else 0.0

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield a paper or a failure for each record; a failure for a text without any."""
        found = False
        for record in read_records(source):
            found = True
            if isinstance(record, Failure):
                yield record
            elif isinstance(record.value, dict):
                ref = SourceRef(file=source.name, line=record.line, reader=self.name)
                yield from (self.paper(part, ref) for part in self.parts(record.value))
            elif record.value is None:
                yield Failure(source.name, record.line, "null; the service did not know this id")
            else:
                kind = type(record.value).__name__
                yield Failure(source.name, record.line, f"not a JSON object but {kind}")
        if not found:
            yield Failure(source.name, None, "valid JSON, but there are no papers in it")


def is_json_lines(text: str) -> bool:
    """Whether a text, of which the beginning is given, has one object a line.

    A text in one line counts, since reading it by lines gives the same; so does one whose first
    line is damaged, as long as it doesn't end where a laid-out document would break.
    """
    lines = (line.strip() for line in text.split("\n"))
    full = [line for line in lines if line][:2]
    if not full or not full[0].startswith("{"):
        return False
    if len(full) == 1 or full[0].endswith("}"):
        return True
    return not full[0].endswith(("[", "{", ",", ":")) and full[1].startswith("{")


@lru_cache(maxsize=8)
def first_records(head: str) -> list[dict[str, Any]]:
    """The first objects among the records of a text's beginning; none if the first is cut off."""
    found: list[dict[str, Any]] = []
    try:
        for record in JsonScan(head).records():
            found += [record.value] if isinstance(record.value, dict) else []
            if len(found) == _LOOKED_AT:
                break
    except (ValueError, RecursionError):
        pass
    return found


def read_records(source: Source) -> Iterator[Record | Failure]:
    """Yield the records; damage becomes a failure and, in JSON lines, the next line is read."""
    if is_json_lines(source.head_text):
        for number, line in source.lines():
            if line.strip():
                yield from _scan(source, line, number)
        return
    data, damage = whole_bytes(source)
    text = data.decode(source.encoding, errors=WESTERN)
    yield from _scan(source, text, 1)
    if damage:
        yield Failure(source.name, None, f"{damage}; the records before the damage were read")


def _scan(source: Source, text: str, first_line: int) -> Iterator[Record | Failure]:
    scan = JsonScan(text, first_line)
    records = 0
    try:
        for record in scan.records():
            yield record
            records += 1
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", None) or str(error)
        kept = f"; the {records} records before this were read" if records else ""
        yield Failure(
            source.name, scan.line, f"not valid JSON ({reason}){kept}; export or download it again"
        )


def whole_bytes(source: Source) -> tuple[bytes, str | None]:
    """The bytes as far as they can be unpacked, and what is wrong with the rest.

    Raises SourceError beyond 1 GiB: a document is held in memory whole.
    """
    pieces: list[bytes] = []
    size = 0
    with source.open() as file:
        try:
            while piece := cast(BufferedIOBase, file).read1(_PIECE):
                pieces.append(piece)
                size += len(piece)
                if size > MAX_DOCUMENT_BYTES:
                    raise SourceError(
                        f"{source.name}: one document of over 1 GiB; divide it, or convert it to"
                        " JSON lines (one record a line), which are read as a stream"
                    )
        except DAMAGE as error:
            return b"".join(pieces), f"damaged compressed data ({error})"
    return b"".join(pieces), None
