"""From what the user named to sources that can be read.

Files, folders, globs, stdin and archives; online services where an argument names one.

Nothing that was named is passed over in silence: what cannot be a source is a Failure with what to
do about it. Only hidden files of a folder are left out, as is a file that was named twice.
"""

import glob
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from ingest.archives import is_zip, members
from ingest.config import OnlineConfig
from ingest.online import fetch, is_online, without_secrets
from ingest.readers.base import Failure, Source

STDIN = "-"
MAX_STREAM_BYTES = 1 << 30
_GLOB_CHARACTERS = frozenset("*?[")
_HEAD_BYTES = 300
_NAME_RECORDS = "name a file of paper records"
_UNPACK = "unpack it, or pack it with gzip or zip"
# What a file certainly is not, by its first bytes, and the remedy.
_NOT_PAPERS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "export its record from a reference manager"),
    (b"\x89PNG", "an image", _NAME_RECORDS),
    (b"\xff\xd8\xff", "an image", _NAME_RECORDS),
    (b"GIF8", "an image", _NAME_RECORDS),
    (b"RIFF", "an image, sound or film", _NAME_RECORDS),
    (b"SQLite format 3", "a database", "export its records from the program that keeps it"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as CSV"),
    (b"BZh", "bzip2 data", _UNPACK),
    (b"\xfd7zXZ", "xz data", _UNPACK),
    (b"7z\xbc\xaf", "a 7z archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "zstd data", _UNPACK),
)
_TAR_MARK = slice(257, 262)

Found = tuple[Path, bool]
"""A file, and whether it was met in a folder or by a pattern rather than named."""


def expand(
    arguments: Sequence[str | Path],
    stdin: BinaryIO | None = None,
    *,
    online: OnlineConfig | None = None,
    limit: int | None = None,
) -> Iterator[Source | Failure]:
    """Yield a source for each file behind the arguments, in order, folders sorted by name.

    `-` reads standard input whole (at most 1 GiB), or `stdin` where given. A string such as
    `arxiv:2409.10594` is fetched, at most `limit` papers for each (see `ingest.online`), if
    `online` says how; a Path never is.
    """
    seen: set[str] = set()
    for argument in arguments:
        if str(argument) == STDIN:
            yield _stream("stdin", stdin or sys.stdin.buffer)
            continue
        if isinstance(argument, str) and is_online(argument):
            yield from _fetched(argument, online, limit)
            continue
        for found in _named(argument):
            if isinstance(found, Failure):
                yield found
            elif (identity := os.path.realpath(found[0])) not in seen:
                seen.add(identity)
                yield from _file(*found)


def _fetched(
    argument: str, online: OnlineConfig | None, limit: int | None
) -> Iterator[Source | Failure]:
    if online is None:
        reason = "online sources are off here; pass online=OnlineConfig(), or name a file"
        yield Failure(without_secrets(argument), None, reason)
    else:
        yield from fetch(argument, online, limit)


def _named(argument: str | Path) -> Iterator[Found | Failure]:
    name = str(argument)
    path = Path(argument).expanduser() if name.startswith("~") else Path(argument)
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield path, False
        elif _GLOB_CHARACTERS & set(name):
            yield from _pattern(str(path))
        else:
            yield Failure(name, None, "no such file or folder; check the path")
    except OSError as error:
        yield Failure(name, None, f"not a path that can be read ({error.strerror})")


def _folder(folder: Path) -> Iterator[Found | Failure]:
    """The files below a folder, hidden ones left out; links to folders are not followed."""
    unreadable: list[OSError] = []
    empty = True
    for place, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            empty = False
            yield Path(place) / name, True
    for error in unreadable:
        reason = f"the folder cannot be read ({error.strerror}); check its permissions"
        yield Failure(str(error.filename), None, reason)
    if empty and not unreadable:
        yield Failure(str(folder), None, "the folder has no files; hidden ones are left out")


def _pattern(pattern: str) -> Iterator[Found | Failure]:
    found = glob.glob(pattern, recursive=True)  # noqa: PTH207 (Path.glob takes in hidden files)
    matches = [Path(match) for match in sorted(found)]
    if not matches:
        yield Failure(pattern, None, "no file matches this pattern; check it, or quote it")
    for match in matches:
        if not match.is_dir():
            yield match, True
        elif "**" not in pattern:
            yield from _folder(match)


def _file(path: Path, in_folder: bool) -> Iterator[Source | Failure]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield _special(path, in_folder)
            return
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror}); check its permissions"
        yield Failure(str(path), None, reason)
        return
    if refused := _refusal(head):
        kind, remedy = refused
        known = f"no papers recognised: {kind}" if in_folder else f"{kind}, not paper records"
        yield Failure(str(path), None, f"{known}; {remedy}")
    elif is_zip(head):
        yield from members(path)
    else:
        yield Source(str(path), path)


def _refusal(head: bytes) -> tuple[str, str] | None:
    """What the file is and what to do, where it certainly holds no records."""
    if head[_TAR_MARK] == b"ustar":
        return "a tar archive", "unpack it and name the folder"
    known = ((kind, remedy) for mark, kind, remedy in _NOT_PAPERS if head.startswith(mark))
    return next(known, None)


def _special(path: Path, in_folder: bool) -> Source | Failure:
    """A pipe that was named, as shells make of `<(command)`, is read; no other device is."""
    if in_folder or not path.is_fifo():
        return Failure(str(path), None, "not a regular file; copy its content into one")
    with path.open("rb") as file:
        return _stream(str(path), file)


def _stream(name: str, stream: BinaryIO) -> Source | Failure:
    try:
        data = stream.read(MAX_STREAM_BYTES + 1)
    except OSError as error:
        return Failure(name, None, f"cannot be read ({error})")
    if len(data) > MAX_STREAM_BYTES:
        return Failure(name, None, "over 1 GiB; save it to a file and name that")
    if is_zip(data):
        return Failure(name, None, "a zip archive in a stream; save it to a file and name that")
    if refused := _refusal(data[:_HEAD_BYTES]):
        return Failure(name, None, f"{refused[0]}, not paper records; {refused[1]}")
    return Source(name, data=data)
