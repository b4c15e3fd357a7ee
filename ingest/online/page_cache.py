"""Fetched pages on disk, so that an interrupted fetch goes on where it stopped.

Each query has a folder with `query.json`, which says what was asked and when that began, and a file
for each page. All pages of a query expire together, some hours after the first one was fetched:
pages of different ages would leave out papers that moved from one page to another in between.
"""

import hashlib
import json
import logging
import os
import time
from collections.abc import Mapping
from pathlib import Path

_STATE = "query.json"
_PAGE = ".page"
_DRAFT = ".draft"
_log = logging.getLogger(__name__)


class PageCache:
    """The pages of one query. `max_age_s` 0 keeps none of earlier fetches.

    Raises OSError where the folder cannot be written.
    """

    def __init__(self, folder: Path, query: Mapping[str, str], max_age_s: float) -> None:
        """`query` names what is asked, without secrets; `folder` holds all queries' folders."""
        self._folder = folder / f"query-{_digest(query)}"
        self._query = dict(query)
        _remove_expired(folder, max_age_s)
        if self._folder.exists():
            _log.info("%s: pages fetched in the last %g h are used", query, max_age_s / 3600)

    def get(self, request: Mapping[str, str]) -> bytes | None:
        """The page that answers a request; None if it has not been fetched."""
        try:
            return self._path(request).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, request: Mapping[str, str], page: bytes) -> None:
        """Keep a page, all of it or nothing."""
        self._folder.mkdir(parents=True, exist_ok=True)
        state = self._folder / _STATE
        if not state.exists():
            _write(state, json.dumps({"query": self._query, "begun": time.time()}).encode())
        _write(self._path(request), page)

    def _path(self, request: Mapping[str, str]) -> Path:
        return self._folder / f"{_digest(request)}{_PAGE}"


def _digest(values: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(sorted(values.items())).encode()).hexdigest()[:32]


def _write(path: Path, data: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}{_DRAFT}")
    draft.write_bytes(data)
    draft.replace(path)


def _remove_expired(folder: Path, max_age_s: float) -> None:
    """Remove the pages of every expired query, then its state; nothing else is touched."""
    for state in folder.glob(f"query-*/{_STATE}"):
        if _age_s(state) < max_age_s:
            continue
        for path in state.parent.iterdir():
            if path.suffix in (_PAGE, _DRAFT):
                path.unlink(missing_ok=True)
        state.unlink(missing_ok=True)
        if not any(state.parent.iterdir()):
            state.parent.rmdir()


def _age_s(state: Path) -> float:
    """Seconds since a query was begun; endless where that is not known or lies ahead."""
    try:
        begun = float(json.loads(state.read_bytes())["begun"])
    except (OSError, ValueError, KeyError, TypeError):
        return float("inf")
    age = time.time() - begun
    return age if age >= 0 else float("inf")
