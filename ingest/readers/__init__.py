"""Readers of source formats, chosen by content."""

from ingest.readers.base import Failure, Reader, Source
from ingest.readers.registry import READERS, detect, reader_named, readers_for

__all__ = ["READERS", "Failure", "Reader", "Source", "detect", "reader_named", "readers_for"]
