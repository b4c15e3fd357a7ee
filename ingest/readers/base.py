"""What a reader is, and what it yields."""

import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Protocol
from zipfile import BadZipFile

from ingest.errors import SourceError
from ingest.paper import Paper
from ingest.readers.text_encoding import WESTERN, encoding_of
from ingest.unpacking import unpacked

HEAD_BYTES = 65_536
DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError, BadZipFile)
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True)
class Failure:
    """A record, or a whole source, that could not be read. `line` is 1-based."""

    source: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        where = f"{self.source}:{self.line}" if self.line is not None else self.source
        return f"{where}: {self.reason}"


@dataclass(frozen=True)
class Source:
    """Bytes to read papers from: a file (gzip is unpacked), data held in memory, or an archive's.

    `opener` opens what is neither a file nor in memory, such as a member of a zip archive.
    """

    name: str
    path: Path | None = None
    data: bytes = b""
    opener: Callable[[], BinaryIO] | None = None

    def open(self) -> BinaryIO:
        """Open the (unpacked) bytes; SourceError if the file cannot be read."""
        try:
            raw = self._open_raw()
            magic = raw.read(2)
            raw.seek(0)
        except DAMAGE as error:
            reason = getattr(error, "strerror", None) or error
            raise SourceError(f"{self.name}: cannot be read ({reason})") from error
        return unpacked(raw) if magic == _GZIP_MAGIC else raw

    def _open_raw(self) -> BinaryIO:
        if self.opener is not None:
            return self.opener()
        return self.path.open("rb") if self.path is not None else io.BytesIO(self.data)

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB, unpacked."""
        with self.open() as file:
            try:
                return file.read(HEAD_BYTES)
            except DAMAGE as error:
                raise SourceError(f"{self.name}: damaged compressed data ({error})") from error

    @cached_property
    def encoding(self) -> str:
        """Encoding of the text, told by its head."""
        return encoding_of(self.head)

    @property
    def looks_binary(self) -> bool:
        """Whether these bytes are no text in any encoding (NUL bytes that make no UTF-16)."""
        return b"\x00" in self.head and not self.encoding.startswith("utf-16")

    @cached_property
    def head_text(self) -> str:
        """The head as text with `\\n` for every line end."""
        text = self.head.decode(self.encoding, errors=WESTERN)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def lines(self) -> Iterator[tuple[int, str]]:
        """(1-based number, text without its newline) of each line, read as a stream."""
        with self.open() as file:
            text = io.TextIOWrapper(file, encoding=self.encoding, errors=WESTERN, newline=None)
            try:
                for number, line in enumerate(text, 1):
                    yield number, line.rstrip("\n")
            except DAMAGE as error:
                raise SourceError(f"{self.name}: damaged compressed data ({error})") from error

    def read_text(self) -> str:
        """The whole text, newlines as \\n."""
        return "\n".join(line for _, line in self.lines())


class Reader(Protocol):
    """One format. Adding one means a file in this folder and a line in the registry."""

    name: str

    def sniff(self, source: Source) -> float:
        """How likely the source is of this format, judged by content: 0 (no) to 1 (surely)."""

    def read(self, source: Source) -> Iterator[Paper | Failure]:
        """Yield records in order; a bad record becomes a Failure and reading goes on."""
