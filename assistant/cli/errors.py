"""Errors as the command line tells them: one message, one exit code."""

from ingest.errors import PaperAssistantError

FAILURE = 1
USAGE = 2
INTERRUPTED = 130


class UsageError(PaperAssistantError):
    """The command, an option or a setting is wrong; nothing was done."""


class OutputError(PaperAssistantError):
    """A file or stream for the results cannot be written."""


class InterruptError(PaperAssistantError):
    """The user pressed Ctrl-C; the message may say what was kept."""


def exit_code(error: Exception) -> int:
    """The exit code for an error."""
    if isinstance(error, UsageError):
        return USAGE
    return INTERRUPTED if isinstance(error, InterruptError) else FAILURE


def error_document(name: str, message: str) -> dict[str, object]:
    """The JSON document that stands in for the one asked for."""
    return {"error": {"type": name, "message": message}}
