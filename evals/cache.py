"""What was paid for once, kept by content: answers of models and verdicts of judges.

A key is a hash of everything that the value depends on, so an entry is never stale, and a run that
was cut off takes up where it stopped.
"""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import platformdirs

from evals.errors import DatasetError
from ingest.config import APP_NAME


def default_cache_file() -> Path:
    """In the user's cache folder."""
    cache = Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False))
    return cache / "evals" / "results.sqlite"


def content_key(parts: Mapping[str, object]) -> str:
    """SHA-256 of named parts, whatever their order."""
    text = json.dumps(dict(parts), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


class ContentCache:
    """Texts by key in one SQLite file. Safe to share between threads and processes.

    DatasetError names the file and the remedy where it is no such cache.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, timeout=30, check_same_thread=False)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, value TEXT NOT NULL)"
            )
        except (OSError, sqlite3.Error) as error:
            raise DatasetError(
                f"{path} cannot be used as a cache ({error}); delete it, or name another with"
                " --cache"
            ) from error

    def __enter__(self) -> "ContentCache":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def get(self, key: str) -> str | None:
        """The value kept under a key."""
        with self._lock:
            row = self._database.execute(
                "SELECT value FROM results WHERE key = ?", (key,)
            ).fetchone()
        return None if row is None else str(row[0])

    def put(self, key: str, value: str) -> None:
        """Keep a value at once, so that no interrupt loses it."""
        with self._lock, self._database:
            self._database.execute("REPLACE INTO results VALUES (?, ?)", (key, value))
