"""One SQLite file, shared between threads, whose errors name the remedy."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from ingest.errors import LibraryError
from ingest.library.remedy import AGAIN

_MAX_VARIABLES = 500
_BUSY_TIMEOUT_S = 30
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_T = TypeVar("_T")


class Database:
    """Access to a file in WAL mode: readers never wait, and what was committed survives a kill."""

    def __init__(
        self,
        path: Path,
        schema: str,
        remedy: str,
        damaged: type[LibraryError] = LibraryError,
        mapped_bytes: int = 0,
    ) -> None:
        """`remedy` says what to do when the file is damaged; error `damaged` with it if it is.

        The first `mapped_bytes` of the file are read where the system keeps them, uncopied.
        """
        self.path = path
        self._damaged = damaged
        self._remedy = remedy
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(
                path, check_same_thread=False, timeout=_BUSY_TIMEOUT_S, isolation_level=None
            )
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute(f"PRAGMA mmap_size={mapped_bytes}")
            self._connection.executescript(schema)
        except sqlite3.Error as error:
            self._fail(error)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; also when the process is killed."""
        with self._lock:
            self.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self.execute("ROLLBACK")
                raise

    def execute(self, sql: str, values: Sequence[object] = ()) -> None:
        """Run one statement."""
        self.rows(sql, values)

    def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of values."""
        try:
            with self._lock:
                self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            self._fail(error)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that a statement gives."""
        try:
            with self._lock:
                return self._connection.execute(sql, tuple(values)).fetchall()
        except sqlite3.Error as error:
            self._fail(error)

    def rows_among(self, sql: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement that ends in `IN`, asked in slices that SQLite can take."""
        for some in _slices(values):
            yield from self.rows(f"{sql} ({','.join('?' * len(some))})", some)

    def _fail(self, error: sqlite3.Error) -> NoReturn:
        if getattr(error, "sqlite_errorcode", None) in _DAMAGED:
            raise self._damaged(f"{self.path} is damaged ({error}). {self._remedy}") from error
        raise LibraryError(f"{self.path} cannot be used ({error}). {AGAIN}") from error


def _slices(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), _MAX_VARIABLES):
        yield items[start : start + _MAX_VARIABLES]
