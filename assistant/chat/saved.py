"""A conversation kept by the reader's own browser, so that it survives a reload.

Each tab keeps its own (`static/kept_write.js`); a new one is offered the newest.
"""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.chat.conversation import Conversation, Exchange, stop

MAX_EXCHANGES = 40
"""Browsers keep five million characters for a site; an exchange takes some twenty thousand."""

_STORED = TypeAdapter(tuple[Exchange, ...])


def to_saved(conversation: Conversation) -> str:
    """The newest exchanges as JSON."""
    return _STORED.dump_json(conversation[-MAX_EXCHANGES:]).decode()


def from_saved(saved: Any) -> Conversation:
    """The conversation that was saved; none where the text is not one, as after an update.

    An answer that was being written when the page went is a stopped one.
    """
    try:
        exchanges = _STORED.validate_json(saved or "[]")
    except (ValidationError, TypeError):
        return ()
    renumbered = (e.model_copy(update={"index": n}) for n, e in enumerate(exchanges))
    return stop(tuple(renumbered))
