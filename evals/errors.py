"""Errors of evaluation, each with the remedy in its message."""

from ingest.errors import PaperAssistantError


class DatasetError(PaperAssistantError):
    """A data set cannot be read, or its files do not fit each other."""
