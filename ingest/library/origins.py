"""Which papers were read from where: what a filter by source stands for.

A paper's sources change when a file is read again, which must not touch the indexes; so they are
not stored there. The keys are looked up in the records and handed to both indexes.
"""

import threading
from collections.abc import Mapping
from dataclasses import replace

from ingest.library.filters import PaperFilter, from_source
from ingest.library.records import Records
from ingest.paper import SourceRef

_Chunks = dict[int, int]


class Origins:
    """The sources of a library's papers, read when they are first asked for and after changes."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._lock = threading.Lock()
        self._state: tuple[int, int] | None = None
        self._chunks: dict[SourceRef, _Chunks] = {}

    def counts(self) -> dict[str, int]:
        """Number of papers read from each file or online source, most first."""
        keys: dict[str, set[int]] = {}
        for source, chunks in self._read().items():
            keys.setdefault(source.file, set()).update(chunks)
        return {file: len(some) for file, some in sorted(keys.items(), key=lambda i: -len(i[1]))}

    def resolved(self, only: PaperFilter) -> PaperFilter:
        """The filter, with the keys of the papers that its source and ids stand for."""
        if only is None or only.keys is not None:
            return only
        keys: _Chunks | None = None
        if only.source is not None:
            keys = self._from(only.source)
        if only.papers is not None:
            named = {k.key: k.chunks for k in self._records.known(only.papers).values()}
            keys = named if keys is None else {k: n for k, n in named.items() if k in keys}
        return only if keys is None else replace(only, keys=keys)

    def _from(self, place: str) -> _Chunks:
        keys: _Chunks = {}
        for source, chunks in self._read().items():
            if from_source(place, source):
                keys |= chunks
        return keys

    def _read(self) -> Mapping[SourceRef, _Chunks]:
        with self._lock:
            state = self._records.state()
            if state != self._state:
                found: dict[SourceRef, _Chunks] = {}
                for file, reader, key, chunks in self._records.sources():
                    found.setdefault(SourceRef(file=file, reader=reader), {})[key] = chunks
                self._state, self._chunks = state, found
            return self._chunks
