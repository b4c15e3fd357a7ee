"""The members of a zip archive as sources, unpacked as they are read and never written to disk.

A member's name is only shown, so `../../etc/passwd` is harmless. What could fill memory or time is
refused by what the archive declares, and Python's zipfile reads no more than that: overlapping
members, the trick of the bombs that need no nesting (Fifield, "A better zip bomb", WOOT 2019), are
caught by the sum of sizes.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from ingest.readers.base import Failure, Source
from ingest.text import one_line
from ingest.unpacking import MAX_RATIO, is_bomb

MAX_UNPACKED_BYTES = 8 << 30
MAX_MEMBERS = 100_000
_ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVES = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".7z", ".rar")
_ENCRYPTED = 0x1
_OFFICE = "[Content_Types].xml"


def is_zip(head: bytes) -> bool:
    """Whether the first bytes are those of a zip archive, also of an empty one."""
    return head.startswith(_ZIP_MAGICS)


def members(path: Path) -> Iterator[Source | Failure]:
    """Yield a source for each file in the archive, named archive.zip!member."""
    try:
        archive = ZipFile(path)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Failure(str(path), None, f"a damaged zip archive ({error}); download it again")
        return
    files = (info for info in archive.infolist() if not info.filename.endswith("/"))
    infos = [info for info in files if not _is_hidden(info.filename)]
    refusal = _refusal(archive.namelist(), infos)
    if refusal:
        yield Failure(str(path), None, refusal)
        return
    for info in sorted(infos, key=lambda info: info.filename):
        yield _member(archive, info, f"{path}!{one_line(info.filename)}")


def _refusal(names: list[str], infos: list[ZipInfo]) -> str | None:
    """Why the archive is not read at all."""
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if _OFFICE in names:
        return "an Office document; save it as CSV"
    if not infos:
        return "the archive has no files; hidden ones are left out"
    if len(infos) > MAX_MEMBERS:
        return f"an archive of over {MAX_MEMBERS:,} files; unpack it and name the folder"
    if unpacked > MAX_UNPACKED_BYTES:
        return f"it would unpack to {unpacked:,} bytes; unpack what you trust and name the folder"
    if is_bomb(unpacked, packed):
        return f"it unpacks to more than {MAX_RATIO} times its size, as only a zip bomb does"
    return None


def _member(archive: ZipFile, info: ZipInfo, name: str) -> Source | Failure:
    if info.flag_bits & _ENCRYPTED:
        return Failure(name, None, "encrypted; unpack it with its password and name the file")
    if info.filename.lower().endswith(_ARCHIVES):
        return Failure(name, None, "an archive within an archive; unpack it and name the file")
    if is_bomb(info.file_size, info.compress_size):
        return Failure(name, None, f"unpacks to more than {MAX_RATIO} times its size; unpack it")
    return Source(name, opener=partial(_open, archive, info))


def _open(archive: ZipFile, info: ZipInfo) -> BinaryIO:
    """Open a member; BadZipFile for any way in which it is damaged or packed unusually."""
    try:
        return cast(BinaryIO, archive.open(info))
    except (RuntimeError, ValueError) as error:
        raise BadZipFile(str(error)) from error


def _is_hidden(name: str) -> bool:
    """Hidden files and the folder that macOS adds, as in a folder on disk."""
    parts = name.replace("\\", "/").split("/")
    return any(part == "__MACOSX" or (part[:1] == "." and part.strip(".")) for part in parts)
