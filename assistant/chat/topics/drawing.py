"""Has the map drawn off the request path: by one process at a time, of the lowest priority."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from assistant.chat.topics.topic_map import TopicMap, load_map, save_map
from ingest.library import Library

log = logging.getLogger(__name__)


class MapMaker:
    """Gives the map if it is there, and else has it drawn. Safe to share between threads."""

    def __init__(self, library: Callable[[], Library | None]) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._drawing: threading.Thread | None = None
        self._process: subprocess.Popen[str] | None = None
        self._closed = False
        self._map: TopicMap | None = None
        self._failed: int | None = None

    def ready(self) -> TopicMap | None:
        """The map of the library as it is now; None while it is being drawn.

        The map of an earlier version is given until the new one is there. An empty library has an
        empty map, and so has one whose map cannot be drawn.
        """
        library = self._library()
        if library is None:
            return TopicMap(version=0, total=0)
        version = library.version
        with self._lock:
            if self._map is None or self._map.version != version:
                self._map = load_map(library.folder, version) or self._map
            current = self._map is not None and self._map.version == version
            if self._failed == version:
                return self._map or TopicMap(version=version, total=0)
            if not current and self._process is None and not self._closed:
                self._start(library.folder, version)
            return self._map

    def is_drawing(self) -> bool:
        """Whether a new map will come."""
        with self._lock:
            return self._process is not None

    def wait(self) -> None:
        """Until the map that is being drawn is there."""
        with self._lock:
            drawing = self._drawing
        if drawing is not None:
            drawing.join()

    def close(self) -> None:
        """Give up a map that is being drawn."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()
        self.wait()

    def _start(self, folder: Path, version: int) -> None:
        """The process is out of reach of a terminal's Ctrl-C, which is for the server to act on."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "assistant.chat.topics", str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._drawing = threading.Thread(
            target=self._receive,
            args=(self._process, folder, version),
            name="topic-map",
            daemon=True,
        )
        self._drawing.start()

    def _receive(self, process: subprocess.Popen[str], folder: Path, version: int) -> None:
        shown, errors = process.communicate()
        drawn = _read(shown) if process.returncode == 0 else None
        if drawn is not None:
            save_map(folder, drawn)
        with self._lock:
            self._process = None
            if drawn is not None:
                self._map = drawn
            elif not self._closed:
                log.error("the topic map could not be drawn: %s", errors)
                self._failed = version


def _read(shown: str) -> TopicMap | None:
    try:
        return TopicMap.model_validate_json(shown)
    except ValidationError:
        return None
