"""The records: every paper's fields in SQLite, which decides what the library holds.

A batch is first written down as pending, then goes into the two indexes, and becomes visible when
`publish` moves it over in one transaction. A batch that was cut off is still pending afterwards and
can be done again.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from ingest.errors import LibraryError
from ingest.merging import merge_keys
from ingest.paper import Paper

_SCHEMA = """
CREATE TABLE IF NOT EXISTS papers (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    content_hash TEXT NOT NULL DEFAULT '',
    text_hash TEXT NOT NULL DEFAULT '',
    chunks INTEGER NOT NULL DEFAULT 0,
    year INTEGER,
    record TEXT
);
CREATE TABLE IF NOT EXISTS pending (
    key INTEGER PRIMARY KEY,
    chunks INTEGER NOT NULL DEFAULT 0,
    record TEXT
);
CREATE TABLE IF NOT EXISTS meetings (
    name TEXT NOT NULL,
    key INTEGER NOT NULL,
    PRIMARY KEY (name, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS meetings_of_paper ON meetings (key);
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
INSERT OR IGNORE INTO state VALUES ('version', 0);
"""
_MAX_VARIABLES = 500
_T = TypeVar("_T")


class Known(NamedTuple):
    """What is stored of a paper, enough to see whether it changed."""

    key: int
    content_hash: str
    text_hash: str
    chunks: int


class PendingPaper(NamedTuple):
    """A change that is not published yet; without a paper, a removal."""

    key: int
    chunks: int
    paper: Paper | None


class Records:
    """Access to `papers.sqlite3`; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "papers.sqlite3"
        self._lock = threading.RLock()
        try:
            self._db = sqlite3.connect(
                self.path, check_same_thread=False, timeout=30, isolation_level=None
            )
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise LibraryError(
                f"{self.path} cannot be opened ({error}); restore it from a backup, or ingest your"
                " files into a new library"
            ) from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @property
    def version(self) -> int:
        """Counter that grows with every published batch."""
        return int(self._row("SELECT value FROM state WHERE name = 'version'")[0])

    @property
    def count(self) -> int:
        """Number of papers."""
        return int(self._row("SELECT count(*) FROM papers WHERE record IS NOT NULL")[0])

    @property
    def chunk_count(self) -> int:
        """Number of chunks of all papers."""
        return int(self._row("SELECT coalesce(sum(chunks), 0) FROM papers")[0])

    def by_year(self) -> dict[int, int]:
        """Number of papers of each known year."""
        rows = self._rows(
            "SELECT year, count(*) FROM papers WHERE record IS NOT NULL AND year IS NOT NULL"
            " GROUP BY year ORDER BY year"
        )
        return dict(rows)

    def known(self, ids: Sequence[str]) -> dict[str, Known]:
        """What is stored under the given ids."""
        found: dict[str, Known] = {}
        for some in _slices(ids):
            rows = self._rows(
                "SELECT id, key, content_hash, text_hash, chunks FROM papers"
                f" WHERE record IS NOT NULL AND id IN ({_marks(some)})",
                some,
            )
            found.update({row[0]: Known(*row[1:]) for row in rows})
        return found

    def meeting(self, names: Sequence[str]) -> dict[str, list[Paper]]:
        """Published papers that go by any of the given merge keys."""
        found: dict[str, list[Paper]] = {}
        for some in _slices(names):
            rows = self._rows(
                "SELECT name, record FROM meetings JOIN papers USING (key)"
                f" WHERE record IS NOT NULL AND name IN ({_marks(some)})",
                some,
            )
            for name, record in rows:
                found.setdefault(name, []).append(Paper.model_validate_json(record))
        return found

    def papers(self, ids: Sequence[str]) -> dict[str, Paper]:
        """Published papers by their ids."""
        found: dict[str, Paper] = {}
        for some in _slices(ids):
            rows = self._rows(
                "SELECT id, record FROM papers"
                f" WHERE record IS NOT NULL AND id IN ({_marks(some)})",
                some,
            )
            found.update({row[0]: Paper.model_validate_json(row[1]) for row in rows})
        return found

    def layout(self) -> dict[int, tuple[str, int]]:
        """Text hash and number of chunks of every published key."""
        rows = self._rows("SELECT key, text_hash, chunks FROM papers WHERE record IS NOT NULL")
        return {key: (text_hash, chunks) for key, text_hash, chunks in rows}

    def get(self, paper_id: str) -> Paper | None:
        """The paper with that id."""
        rows = self._rows(
            "SELECT record FROM papers WHERE id = ? AND record IS NOT NULL", (paper_id,)
        )
        return Paper.model_validate_json(rows[0][0]) if rows else None

    def by_keys(self, keys: Sequence[int]) -> dict[int, Paper]:
        """Published papers by their keys; keys that are not published are left out."""
        found: dict[int, Paper] = {}
        for some in _slices(keys):
            rows = self._rows(
                "SELECT key, record FROM papers"
                f" WHERE record IS NOT NULL AND key IN ({_marks(some)})",
                some,
            )
            found.update({key: Paper.model_validate_json(record) for key, record in rows})
        return found

    def all(self) -> Iterator[tuple[int, Paper]]:
        """Every published (key, paper) in order of arrival, read in slices."""
        after = 0
        while rows := self._rows(
            "SELECT key, record FROM papers WHERE key > ? AND record IS NOT NULL"
            " ORDER BY key LIMIT 1000",
            (after,),
        ):
            for key, record in rows:
                yield key, Paper.model_validate_json(record)
            after = rows[-1][0]

    def stage(self, changes: Iterable[tuple[Paper, int]]) -> list[PendingPaper]:
        """Write down (paper, number of chunks) as pending; new papers get their keys here."""
        staged: list[PendingPaper] = []
        with self._transaction():
            for paper, chunks in changes:
                self._db.execute("INSERT OR IGNORE INTO papers (id) VALUES (?)", (paper.id,))
                key = int(self._row("SELECT key FROM papers WHERE id = ?", (paper.id,))[0])
                self._db.execute(
                    "INSERT OR REPLACE INTO pending VALUES (?, ?, ?)",
                    (key, chunks, paper.model_dump_json()),
                )
                staged.append(PendingPaper(key, chunks, paper))
        return staged

    def stage_removal(self, ids: Sequence[str]) -> list[PendingPaper]:
        """Write down that these papers go."""
        keys = [known.key for known in self.known(ids).values()]
        with self._transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO pending VALUES (?, 0, NULL)", [(key,) for key in keys]
            )
        return [PendingPaper(key, 0, None) for key in keys]

    def pending(self) -> list[PendingPaper]:
        """Changes that were staged and never published."""
        return [
            PendingPaper(key, chunks, Paper.model_validate_json(record) if record else None)
            for key, chunks, record in self._rows("SELECT key, chunks, record FROM pending")
        ]

    def stored_chunks(self, keys: Sequence[int]) -> dict[int, int]:
        """Number of published chunks of each key."""
        found: dict[int, int] = {}
        for some in _slices(keys):
            found.update(
                self._rows(f"SELECT key, chunks FROM papers WHERE key IN ({_marks(some)})", some)
            )
        return found

    def publish(self, staged: Sequence[PendingPaper]) -> None:
        """Make staged changes visible, all in one transaction."""
        with self._transaction():
            for change in staged:
                if change.paper is None:
                    self._db.execute("DELETE FROM papers WHERE key = ?", (change.key,))
                    self._db.execute("DELETE FROM meetings WHERE key = ?", (change.key,))
                else:
                    self._publish_paper(change.key, change.chunks, change.paper)
                self._db.execute("DELETE FROM pending WHERE key = ?", (change.key,))
            self._db.execute("UPDATE state SET value = value + 1 WHERE name = 'version'")

    def recount_chunks(self, counts: dict[int, int]) -> None:
        """Note how many chunks each paper has after a rebuild; readers see a new version."""
        with self._transaction():
            self._db.executemany(
                "UPDATE papers SET chunks = ? WHERE key = ?", [(n, k) for k, n in counts.items()]
            )
            self._db.execute("UPDATE state SET value = value + 1 WHERE name = 'version'")

    def _publish_paper(self, key: int, chunks: int, paper: Paper) -> None:
        self._db.execute(
            "UPDATE papers SET content_hash = ?, text_hash = ?, chunks = ?, year = ?, record = ?"
            " WHERE key = ?",
            (
                paper.content_hash,
                paper.text_hash,
                chunks,
                paper.year,
                paper.model_dump_json(),
                key,
            ),
        )
        self._db.execute("DELETE FROM meetings WHERE key = ?", (key,))
        self._db.executemany(
            "INSERT OR IGNORE INTO meetings VALUES (?, ?)",
            [(name, key) for name in merge_keys(paper)],
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._db.execute(sql, tuple(values)).fetchall()

    def _row(self, sql: str, values: Sequence[object] = ()) -> tuple:  # type: ignore[type-arg]
        return self._rows(sql, values)[0]


def _slices(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), _MAX_VARIABLES):
        yield items[start : start + _MAX_VARIABLES]


def _marks(items: Sequence[object]) -> str:
    return ",".join("?" * len(items))
