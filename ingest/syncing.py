"""Where records lie, and what has vanished from a folder that a library follows."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.errors import SourceError
from ingest.library import Library
from ingest.readers import Source
from ingest.report import IngestReport

_MEMBER = "!"


def place_of(source: Source) -> str:
    """The source's name with its path made absolute, the same from every working folder.

    A file is known again by it, and two files of one name are told apart. Streams and online
    sources lie nowhere; their names stay.
    """
    if source.path is not None:
        return _absolute(str(source.path))
    if source.opener is not None:
        for end in (at for at, character in enumerate(source.name) if character == _MEMBER):
            if Path(source.name[:end]).is_file():
                return _absolute(source.name[:end]) + source.name[end:]
    return source.name


def followed_folder(paths: Sequence[str | Path]) -> Path:
    """The one folder that is to be followed; SourceError if the paths are anything else."""
    if len(paths) == 1 and Path(paths[0]).is_dir():
        return Path(paths[0])
    raise SourceError("a library follows one folder: name it, and nothing else")


def vanished(library: Library, folder: Path, seen_ids: set[str], report: IngestReport) -> list[str]:
    """Ids of the papers whose only sources lie in the folder and that were not read this time.

    Papers of a file, archive or folder that could not be read, wholly or in part, stay: a share
    that is not mounted is no reason to forget what was on it.
    """
    root = _absolute(str(folder))
    failed = [_absolute(failure.source) for failure in report.failed]
    gone = []
    for paper in library.papers():
        files = [source.file for source in paper.sources]
        inside = all(_is_below(file, [root]) for file in files)
        unread = any(_is_below(file, failed) for file in files)
        if files and inside and not unread and paper.id not in seen_ids:
            gone.append(paper.id)
    return gone


def _absolute(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 (unlike Path.resolve it keeps links)


def _is_below(file: str, places: Iterable[str]) -> bool:
    """Whether a file is, lies in, or is packed in one of the places."""
    return any(
        Path(file).is_relative_to(place) or file.startswith(place + _MEMBER) for place in places
    )
