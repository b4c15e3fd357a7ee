"""Takes terminals' escape sequences out of a text, whole or as it streams."""

import re

ESCAPE_SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])"
)
_BEGUN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]P^_X][^\x07\x1b]*\x1b?|[ -/]*)\Z")
_LONGEST = 500
"""Characters that a sequence may hold back; a longer one is let through without its escape."""


class WithoutEscapes:
    """A stream of text without escape sequences, however it is cut."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, chunk: str) -> str:
        """What may be passed on now; a sequence that has only begun is held back."""
        text = self._held + chunk
        begun = _BEGUN.search(text)
        held = begun[0] if begun and len(begun[0]) <= _LONGEST else ""
        self._held = held
        return ESCAPE_SEQUENCE.sub("", text[: len(text) - len(held)])
