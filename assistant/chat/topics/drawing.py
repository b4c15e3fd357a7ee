"""Drawing the map off the request path: one thread, one map at a time."""

import logging
import threading
from collections.abc import Callable

from assistant.chat.catalogue import Catalogue
from assistant.chat.topics.topic_map import TopicMap, compute_map, load_map, save_map
from ingest.errors import PaperAssistantError
from ingest.library import Library

log = logging.getLogger(__name__)


class MapMaker:
    """Gives the map if it is there, and else has it drawn. Safe to share between threads."""

    def __init__(self, library: Callable[[], Library | None], catalogue: Catalogue) -> None:
        self._library = library
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._drawing: threading.Thread | None = None
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
            if not current and (self._drawing is None or not self._drawing.is_alive()):
                self._start(library, version)
            return self._map

    def is_drawing(self) -> bool:
        """Whether a new map will come."""
        with self._lock:
            return self._drawing is not None and self._drawing.is_alive()

    def close(self) -> None:
        """Wait for a map that is being drawn."""
        with self._lock:
            drawing = self._drawing
        if drawing is not None:
            drawing.join()

    def _start(self, library: Library, version: int) -> None:
        self._drawing = threading.Thread(
            target=self._draw, args=(library, version), name="topic-map", daemon=True
        )
        self._drawing.start()

    def _draw(self, library: Library, version: int) -> None:
        try:
            drawn = compute_map(library, self._catalogue.rows(), version)
            save_map(library.folder, drawn)
            with self._lock:
                self._map = drawn
        except (PaperAssistantError, ValueError, ArithmeticError):
            log.exception("the topic map could not be drawn")
            with self._lock:
                self._failed = version
