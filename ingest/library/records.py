"""The records: every paper's fields in SQLite, which decides what the library holds.

A batch is first written down as pending, then goes into the two indexes, and becomes visible when
`publish` moves it over in one transaction. A batch that was cut off is still pending afterwards and
can be done again.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.library.database import Database
from ingest.library.remedy import RESTORE
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
        self._db = Database(folder / "papers.sqlite3", _SCHEMA, RESTORE)
        self._counted: tuple[int, int] | None = None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @property
    def version(self) -> int:
        """Counter that grows with every published batch."""
        return self._one("SELECT value FROM state WHERE name = 'version'")

    @property
    def count(self) -> int:
        """Number of papers; counted once for each version, as that reads the whole table."""
        version = self.version
        if self._counted is None or self._counted[0] != version:
            found = self._one("SELECT count(*) FROM papers WHERE record IS NOT NULL")
            self._counted = (version, found)
        return self._counted[1]

    @property
    def chunk_count(self) -> int:
        """Number of chunks of all papers."""
        return self._one("SELECT coalesce(sum(chunks), 0) FROM papers")

    def by_year(self) -> dict[int, int]:
        """Number of papers of each known year."""
        rows = self._db.rows(
            "SELECT year, count(*) FROM papers WHERE record IS NOT NULL AND year IS NOT NULL"
            " GROUP BY year ORDER BY year"
        )
        return dict(rows)

    def known(self, ids: Sequence[str]) -> dict[str, Known]:
        """What is stored under the given ids."""
        rows = self._db.rows_among(
            "SELECT id, key, content_hash, text_hash, chunks FROM papers"
            " WHERE record IS NOT NULL AND id IN",
            ids,
        )
        return {row[0]: Known(*row[1:]) for row in rows}

    def meeting(self, names: Sequence[str]) -> dict[str, list[Paper]]:
        """Published papers that go by any of the given names (`names_of`)."""
        found: dict[str, list[Paper]] = {}
        for name, record in self._db.rows_among(
            "SELECT name, record FROM meetings JOIN papers USING (key)"
            " WHERE record IS NOT NULL AND name IN",
            names,
        ):
            found.setdefault(name, []).append(Paper.model_validate_json(record))
        return found

    def papers(self, ids: Sequence[str]) -> dict[str, Paper]:
        """Published papers by their ids."""
        rows = self._db.rows_among(
            "SELECT id, record FROM papers WHERE record IS NOT NULL AND id IN", ids
        )
        return {row[0]: Paper.model_validate_json(row[1]) for row in rows}

    def text_hashes(self) -> dict[int, str]:
        """Text hash of every published key."""
        return dict(self._db.rows("SELECT key, text_hash FROM papers WHERE record IS NOT NULL"))

    def outlines(self) -> list[tuple[int, str, str, tuple[str, ...], int | None, str | None]]:
        """(key, id, title, authors, year, venue) of every paper in order of arrival, all at once.

        It skips the abstracts: 41,000 papers take half a second.
        """
        rows = self._db.rows(
            "SELECT key, id, year, json_extract(record, '$.title', '$.authors', '$.venue')"
            " FROM papers WHERE record IS NOT NULL ORDER BY key"
        )
        return [
            (key, paper_id, title, tuple(authors), year, venue)
            for key, paper_id, year, fields in rows
            for title, authors, venue in [json.loads(fields)]
        ]

    def get(self, paper_id: str) -> Paper | None:
        """The paper with that id."""
        rows = self._db.rows(
            "SELECT record FROM papers WHERE id = ? AND record IS NOT NULL", (paper_id,)
        )
        return Paper.model_validate_json(rows[0][0]) if rows else None

    def by_keys(self, keys: Sequence[int]) -> dict[int, Paper]:
        """Published papers by their keys; keys that are not published are left out."""
        rows = self._db.rows_among(
            "SELECT key, record FROM papers WHERE record IS NOT NULL AND key IN", keys
        )
        return {key: Paper.model_validate_json(record) for key, record in rows}

    def page(self, after: int, limit: int) -> list[tuple[int, Paper]]:
        """At most `limit` published (key, paper) whose keys come after one, in order of arrival."""
        rows = self._db.rows(
            "SELECT key, record FROM papers WHERE key > ? AND record IS NOT NULL"
            " ORDER BY key LIMIT ?",
            (after, limit),
        )
        return [(key, Paper.model_validate_json(record)) for key, record in rows]

    def all(self) -> Iterator[tuple[int, Paper]]:
        """Every published (key, paper) in order of arrival, read in slices."""
        after = 0
        while rows := self.page(after, 1000):
            yield from rows
            after = rows[-1][0]

    def sources(self) -> list[tuple[str, str, int, int]]:
        """(file, reader, paper key, number of chunks) of everything a paper was read from."""
        return self._db.rows(
            "SELECT DISTINCT json_extract(source.value, '$.file'),"
            " json_extract(source.value, '$.reader'), papers.key, chunks"
            " FROM papers, json_each(papers.record, '$.sources') AS source"
            " WHERE record IS NOT NULL"
        )

    def state(self) -> tuple[int, int]:
        """Changes with every write to the records, by this process or another."""
        ours, theirs = self._db.rows(
            "SELECT total_changes(), (SELECT data_version FROM pragma_data_version)"
        )[0]
        return int(ours), int(theirs)

    def stage(
        self, changes: Iterable[tuple[Paper, int]], removed: Sequence[str] = ()
    ) -> list[PendingPaper]:
        """Write down (paper, number of chunks), and ids of papers that go, as pending.

        New papers get their keys here; ids that are not there are left out.
        """
        changes = list(changes)
        ids = [paper.id for paper, _ in changes]
        with self._db.transaction():
            self._db.execute_many(
                "INSERT OR IGNORE INTO papers (id) VALUES (?)", ((paper_id,) for paper_id in ids)
            )
            keys = dict(self._db.rows_among("SELECT id, key FROM papers WHERE id IN", ids))
            staged = [PendingPaper(keys[paper.id], chunks, paper) for paper, chunks in changes]
            staged += [PendingPaper(k.key, 0, None) for k in self.known(removed).values()]
            self._db.execute_many(
                "INSERT OR REPLACE INTO pending VALUES (?, ?, ?)",
                ((key, n, paper and paper.model_dump_json()) for key, n, paper in staged),
            )
        return staged

    def pending(self) -> list[PendingPaper]:
        """Changes that were staged and never published."""
        return [
            PendingPaper(key, chunks, Paper.model_validate_json(record) if record else None)
            for key, chunks, record in self._db.rows("SELECT key, chunks, record FROM pending")
        ]

    def publish(self, staged: Sequence[PendingPaper]) -> None:
        """Make staged changes visible, all in one transaction."""
        stays = [(change.key, change.chunks, change.paper) for change in staged if change.paper]
        with self._db.transaction():
            self._db.execute_many(
                "DELETE FROM papers WHERE key = ?", [(c.key,) for c in staged if c.paper is None]
            )
            self._db.execute_many(
                "UPDATE papers SET content_hash = ?, text_hash = ?, chunks = ?, year = ?,"
                " record = (SELECT record FROM pending WHERE key = papers.key) WHERE key = ?",
                ((p.content_hash, p.text_hash, chunks, p.year, key) for key, chunks, p in stays),
            )
            self._db.execute_many("DELETE FROM pending WHERE key = ?", [(c.key,) for c in staged])
            self._name({change.key: change.paper for change in staged})
            self._db.execute("UPDATE state SET value = value + 1 WHERE name = 'version'")

    def recount_chunks(self, counts: Mapping[int, int]) -> None:
        """Note how many chunks each paper has after a rebuild; readers see a new version."""
        with self._db.transaction():
            self._db.execute_many(
                "UPDATE papers SET chunks = ? WHERE key = ?", [(n, k) for k, n in counts.items()]
            )
            self._db.execute("UPDATE state SET value = value + 1 WHERE name = 'version'")

    def note_sources(self, papers: Iterable[Paper]) -> None:
        """Store papers of which nothing changed but where they were read."""
        changed = {paper.id: paper for paper in papers}
        with self._db.transaction():
            known = self.known(list(changed))
            by_key = {known[paper_id].key: paper for paper_id, paper in changed.items()}
            self._db.execute_many(
                "UPDATE papers SET record = ? WHERE key = ?",
                ((paper.model_dump_json(), key) for key, paper in by_key.items()),
            )
            self._name(by_key)

    def _name(self, papers: Mapping[int, Paper | None]) -> None:
        """Let papers be met by the names that they have now; without a paper, by none."""
        self._db.execute_many("DELETE FROM meetings WHERE key = ?", ((key,) for key in papers))
        self._db.execute_many(
            "INSERT OR IGNORE INTO meetings VALUES (?, ?)",
            ((name, key) for key, paper in papers.items() if paper for name in names_of(paper)),
        )

    def _one(self, sql: str, values: Sequence[object] = ()) -> int:
        return int(self._db.rows(sql, values)[0][0])


def names_of(paper: Paper) -> tuple[str, ...]:
    """What a paper can be met by: its merge keys, and each record that it was made of."""
    digests = dict.fromkeys(source.digest for source in paper.sources if source.digest)
    return (*merge_keys(paper), *map(record_name, digests))


def record_name(digest: str) -> str:
    """The name under which a paper that was made of a record can be met."""
    return f"record:{digest}"
