"""The fixed words by which a model says that the sources do not answer."""

from assistant.citations import MARKER

NOT_IN_LIBRARY = "NOT_IN_LIBRARY"
"""A model's whole reply when no source answers any part of the question."""

MISSING = "MISSING:"
"""Opens the last line of a partial answer; what the sources leave open follows."""

_DECORATION = " \t\r\n\"'`*_.“”"


def is_refusal(text: str) -> bool:
    """Whether a reply refuses: it holds the fixed word and cites nothing.

    Models add quotation marks, a full stop or an apology to the word they were told to send alone.
    A reply that cites sources as well is an answer; `without_sentinel` cleans it.
    """
    return NOT_IN_LIBRARY in text and MARKER.search(text) is None


def could_be_refusal(beginning: str) -> bool:
    """Whether a reply that has begun so may still be the fixed word, and should not be shown."""
    shown = beginning.lstrip(_DECORATION)
    return NOT_IN_LIBRARY.startswith(shown[: len(NOT_IN_LIBRARY)])


def without_sentinel(text: str) -> str:
    """Remove the fixed word from an answer that should not have held it."""
    return "\n".join(map(_cleaned, text.split("\n"))).strip()


def _cleaned(line: str) -> str:
    """A line without the word; what only decorated it goes too."""
    if NOT_IN_LIBRARY not in line:
        return line
    rest = line.replace(NOT_IN_LIBRARY, "").rstrip()
    return rest if rest.strip(_DECORATION) else ""
