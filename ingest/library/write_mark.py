"""Tells whether a writer died while Chroma was writing its graph.

Chroma writes the graph's files in place, once in a thousand vectors. One that is half written can
crash the process that loads it, which no exception handler survives, so it must never be loaded.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import IndexDamagedError, LibraryError
from ingest.library.remedy import AGAIN, REBUILD

TORN = f"the vectors were cut off while being written. {REBUILD}"
_GRAPHS = "chroma/*/index_metadata.pickle"
_MARK = "writing.json"

_State = dict[str, list[int]]


class WriteMark:
    """A file that lies in an index folder while a batch goes in: how the graph's files were before.

    Where it is found again and they have changed since, they may be half written. It stays after
    an error, so that a full disk is noticed as well.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._path = place / _MARK
        self._cut_off = False

    @property
    def torn(self) -> bool:
        """Whether the graph may be half written; meaningful only while no batch is going in."""
        try:
            before = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return False
        except (OSError, ValueError):
            return True
        return bool(before != self._state())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Mark what happens inside.

        IndexDamagedError if the graph is torn already, LibraryError if it cannot be marked.
        """
        if self._cut_off and self.torn:
            raise IndexDamagedError(TORN)
        before = self._state()
        with _remedied(self._path):
            self._put(before)
        self._cut_off = True
        yield
        self._cut_off = False
        with _remedied(self._path):
            for name, status in self._state().items():
                if status != before.get(name):
                    _to_disk(self._place / name)
            self._path.unlink()

    def _put(self, state: _State) -> None:
        draft = self._path.with_suffix(".tmp")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(state, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)

    def _state(self) -> _State:
        """Size in bytes and time of change in nanoseconds of each file of each written graph.

        Before a graph is first written, Chroma lays its files anew whenever it is opened. The last
        file that it writes, and without which it reads none, tells the two apart.
        """
        files = (f for written in self._place.glob(_GRAPHS) for f in written.parent.iterdir())
        found: _State = {}
        for path in files:
            status = path.stat()
            found[str(path.relative_to(self._place))] = [status.st_size, status.st_mtime_ns]
        return found


@contextmanager
def _remedied(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LibraryError(f"{path} cannot be written ({error.strerror}). {AGAIN}") from error


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
