"""Ask a library of paper abstracts; every sentence cited, every citation with its quote."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.api import Assistant
    from assistant.settings import Settings

__all__ = ["Assistant", "Settings"]


def __getattr__(name: str) -> object:
    """Load the heavy parts when they are first used."""
    if name == "Assistant":
        from assistant.api import Assistant

        return Assistant
    if name == "Settings":
        from assistant.settings import Settings

        return Settings
    raise AttributeError(f"module 'assistant' has no attribute {name!r}")
