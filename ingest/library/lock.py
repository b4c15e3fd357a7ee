"""One writer at a time: a lock file that says who holds it."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import LibraryError, LibraryLockedError
from ingest.library.remedy import AGAIN

_LOCK = "write.lock"
_HOLDER = "write.holder"


@contextmanager
def writer_lock(folder: Path, timeout_s: float) -> Iterator[None]:
    """Hold the library for writing; LibraryLockedError names the holder after the time-out.

    The operating system frees the lock of a process that dies.
    """
    lock = FileLock(folder / _LOCK)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=timeout_s)
    except Timeout:
        raise LibraryLockedError(
            f"{folder} is being written by {_holder(folder)}; try again when that has ended"
        ) from None
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        _name_holder(folder)
        yield
    finally:
        (folder / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _name_holder(folder: Path) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    text = f"process {os.getpid()} on {socket.gethostname()} since {now}"
    try:
        (folder / _HOLDER).write_text(text, encoding="utf-8")
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> LibraryError:
    return LibraryError(
        f"{folder} cannot be written ({error.strerror}). {AGAIN}, or choose another folder with"
        " --library or PAPERS_LIBRARY__PATH"
    )


def _holder(folder: Path) -> str:
    try:
        return (folder / _HOLDER).read_text(encoding="utf-8")
    except OSError:
        return "another process"
