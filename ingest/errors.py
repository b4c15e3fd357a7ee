"""Errors of ingest and library, each with the remedy in its message."""


class PaperAssistantError(Exception):
    """Base of every error that is shown to the user as it stands, without a traceback."""


class SourceError(PaperAssistantError):
    """A file, folder or stream cannot be read at all."""


class LibraryError(PaperAssistantError):
    """A library cannot be opened or written as asked."""


class IndexDamagedError(LibraryError):
    """An index cannot be read; it can be rebuilt from the records."""


class ManifestLostError(LibraryError):
    """What a library was built with is not known any more; its records are still there."""


class LibraryLockedError(LibraryError):
    """Another process is writing to the library."""


class EmbeddingError(PaperAssistantError):
    """Texts cannot be embedded: the model is missing, damaged or unreachable."""
