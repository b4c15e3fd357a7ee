"""The library as a list: searched, sorted and cut into pages without reading an abstract.

It is held in memory, some 20 MB for 41,000 papers, and read again when the library has changed.
"""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from assistant.answer import Frozen
from ingest.library import Library
from ingest.paper import normalise_title

SortKey = Literal["added", "title", "authors", "year", "venue"]
PAGE_SIZE = 25


class Row(NamedTuple):
    """A paper of the list; `words` are its folded title, authors and venue."""

    key: int
    id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    venue: str | None
    words: str


class ListView(Frozen):
    """What a reader has asked to see. `keys` limits it, `limit_name` says in words to what."""

    query: str = ""
    sort: SortKey = "added"
    descending: bool = True
    page: int = 0
    year: int | None = None
    keys: frozenset[int] | None = None
    limit_name: str = ""


class ListPage(NamedTuple):
    """One page of what was asked for."""

    view: ListView
    rows: Sequence[Row]
    found: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.found // PAGE_SIZE))


class Figures(NamedTuple):
    """Counts for pictures: papers by year in order, and by venue, most first."""

    years: tuple[tuple[int, int], ...]
    venues: tuple[tuple[str, int], ...]
    undated: int


class Catalogue:
    """The list of one assistant's library. Safe to share between threads."""

    def __init__(self, library: Callable[[], Library | None]) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._state: tuple[int, int] | None = None
        self._rows: tuple[Row, ...] = ()
        self._orders: dict[tuple[SortKey, bool], Sequence[Row]] = {}

    def rows(self) -> tuple[Row, ...]:
        """Every paper in order of arrival, as the library is now."""
        with self._lock:
            return self._current()

    def page(self, view: ListView) -> ListPage:
        """The rows with all words of the query, sorted; a page too far is the last one."""
        everything = self._ordered(view.sort, view.descending)
        found = [row for row in everything if _admits(view, row)]
        last = max(0, (len(found) - 1) // PAGE_SIZE)
        view = view.model_copy(update={"page": min(max(view.page, 0), last)})
        start = view.page * PAGE_SIZE
        return ListPage(view, found[start : start + PAGE_SIZE], len(found), len(everything))

    def figures(self, venues: int = 12) -> Figures:
        """Papers by year, and the `venues` that most papers appeared in."""
        rows = self.rows()
        years = Counter(row.year for row in rows if row.year is not None)
        named = Counter(row.venue for row in rows if row.venue)
        undated = sum(row.year is None for row in rows)
        return Figures(tuple(sorted(years.items())), tuple(named.most_common(venues)), undated)

    def _current(self) -> tuple[Row, ...]:
        """The rows, read again where the library has changed; the lock is held."""
        library = self._library()
        if library is None:
            return ()
        state = library.records.version, library.records.count
        if state != self._state:
            self._rows = tuple(
                Row(key, paper_id, title, authors, year, venue, _words(title, authors, venue))
                for key, paper_id, title, authors, year, venue in library.records.outlines()
            )
            self._state, self._orders = state, {}
        return self._rows

    def _ordered(self, sort: SortKey, descending: bool) -> Sequence[Row]:
        """All rows in an order, which is kept until the library changes."""
        with self._lock:
            rows = self._current()
            if (sort, descending) not in self._orders:
                self._orders[sort, descending] = _sorted(rows, _ORDER[sort], descending)
            return self._orders[sort, descending]


def _admits(view: ListView, row: Row) -> bool:
    return (
        (view.year is None or row.year == view.year)
        and (view.keys is None or row.key in view.keys)
        and all(word in row.words for word in normalise_title(view.query).split())
    )


def _words(title: str, authors: tuple[str, ...], venue: str | None) -> str:
    return normalise_title(" ".join((title, *authors, venue or "")))


def _sorted(rows: Sequence[Row], value: "_Value", descending: bool) -> list[Row]:
    """Sorted by a field; rows that lack it come last either way."""
    valued = [(value(row), row) for row in rows]
    present = [(v, row.key, row) for v, row in valued if v]
    present.sort(reverse=descending)
    return [row for _, _, row in present] + [row for v, row in valued if not v]


_Value = Callable[[Row], Any]
_ORDER: dict[SortKey, _Value] = {
    "added": lambda row: row.key,
    "title": lambda row: row.title.casefold(),
    "authors": lambda row: ", ".join(row.authors).casefold(),
    "year": lambda row: row.year,
    "venue": lambda row: (row.venue or "").casefold(),
}
