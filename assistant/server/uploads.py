"""Uploaded files: kept in a folder of their own, judged by their content, read into the library.

A client's file name is shown and recorded, and never decides where anything is written.
"""

import io
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assistant.server.jobs import OnProgress, Work
from assistant.settings import Settings
from ingest.errors import PaperAssistantError
from ingest.library import Library
from ingest.paper import Paper
from ingest.pipeline import AUTO, ingest_records, read_papers
from ingest.readers import Failure, Source, detect, reader_named
from ingest.readers.base import DAMAGE
from ingest.report import IngestReport
from ingest.sources import expand
from ingest.text import encodable, one_line

PLACE = "upload:"
MAX_NAME = 120
_PIECE = 1 << 20
_FOLDER_PARTS = re.compile(r".*[/\\]", re.DOTALL)


class UploadError(PaperAssistantError):
    """An upload that is not taken: no papers in it, or too much once unpacked."""


@dataclass(frozen=True)
class Upload:
    """Files of one upload in a folder of the server's, by the names that the client gave them."""

    folder: Path
    names: tuple[str, ...]

    @classmethod
    def of_text(cls, name: str, text: str) -> "Upload":
        """A text as if it were a file."""
        return cls.store([(name, io.BytesIO(text.encode()))])

    @classmethod
    def store(cls, files: Iterable[tuple[str, BinaryIO]]) -> "Upload":
        """Copy the files into a new folder; whoever calls this deletes it (see `discard`)."""
        folder = Path(tempfile.mkdtemp(prefix="paper-assistant-upload-"))
        names = []
        for number, (name, file) in enumerate(files):
            with (folder / str(number)).open("wb") as copy:
                shutil.copyfileobj(file, copy, _PIECE)
            names.append(shown_name(name))
        return cls(folder, tuple(names))

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where the files lie, in the order of `names`."""
        return tuple(self.folder / str(number) for number in range(len(self.names)))

    def discard(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def shown(self, text: str) -> str:
        """A text with the client's names in place of where the files lie."""
        for path, name in zip(reversed(self.paths), reversed(self.names), strict=True):
            text = text.replace(str(path), f"{PLACE}{name}")
        return text

    def check(self, source_format: str, max_bytes: int) -> None:
        """UploadError, before a job is made of it, if nothing in it can hold papers."""
        reasons, found = [], False
        for source in expand(self.paths):
            try:
                if isinstance(source, Failure):
                    reasons.append(str(source))
                    continue
                max_bytes -= _unpacked_size(source, max_bytes)
                detect(source) if source_format == AUTO else reader_named(source_format)
                found = True
            except PaperAssistantError as error:
                reasons.append(str(error))
            if max_bytes < 0:
                raise UploadError("the files unpack to more than this server takes in one upload")
        if not found:
            raise UploadError(self.shown("; ".join(reasons)) or "the upload is empty")

    def work(
        self,
        settings: Settings,
        source_format: str,
        keep_without_abstract: bool,
        held: Callable[[], Library | None] = lambda: None,
    ) -> Work:
        """The job that brings the files into the library; `held` gives the open one to readers."""

        def ingest(expect: OnProgress, advance: OnProgress) -> IngestReport:
            expect(_count(self._records(source_format), keep_without_abstract))
            return ingest_records(
                self._records(source_format),
                settings.library,
                settings.embedding,
                advance,
                keep_without_abstract=keep_without_abstract,
                prices_file=settings.prices_file,
                held=_sound(held),
            )

        return ingest

    def _records(self, source_format: str) -> Iterator[Paper | Failure]:
        for record in read_papers(self.paths, source_format):
            if isinstance(record, Failure):
                source, reason = self.shown(record.source), self.shown(record.reason)
                yield Failure(source, record.line, reason)
            else:
                sources = tuple(
                    ref.model_copy(update={"file": self.shown(ref.file)}) for ref in record.sources
                )
                yield record.model_copy(update={"sources": sources})


def shown_name(name: str) -> str:
    """A client's file name as it may be shown: no folders, one line, not endless."""
    bare = _FOLDER_PARTS.sub("", one_line(encodable(name)))
    return bare[-MAX_NAME:] or "unnamed"


def known_format(source_format: str) -> str:
    """The name of a reader, or `auto`; SourceError with the names there are, if it is neither."""
    return source_format if source_format == AUTO else reader_named(source_format).name


def _sound(held: Callable[[], Library | None]) -> Library | None:
    try:
        return held()
    except PaperAssistantError:
        return None  # it cannot be read; the ingest mends it, or says what is wrong


def _count(records: Iterable[Paper | Failure], keep_without_abstract: bool) -> int:
    papers = (record for record in records if isinstance(record, Paper))
    return sum(keep_without_abstract or bool(paper.abstract.strip()) for paper in papers)


def _unpacked_size(source: Source, most: int) -> int:
    """Bytes of a source when unpacked; reading stops once they are more than `most`."""
    size = 0
    with source.open() as file:
        try:
            while size <= most and (piece := file.read(_PIECE)):
                size += len(piece)
        except DAMAGE as error:
            raise UploadError(f"{source.name}: damaged compressed data ({error})") from error
    return size
