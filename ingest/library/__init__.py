"""The library on disk: records, vectors and lexical index, kept in agreement."""

from ingest.library.filters import PaperFilter
from ingest.library.library import Library, LibraryStats
from ingest.library.manifest import Manifest

__all__ = ["Library", "LibraryStats", "Manifest", "PaperFilter"]
