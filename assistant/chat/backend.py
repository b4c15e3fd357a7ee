"""What the chat page needs of an assistant; `assistant.api.Assistant` has it."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from assistant.answer import Event, Filters, Turn
from assistant.settings import Settings


class LibraryCounts(Protocol):
    """The part of the library's statistics that the page shows."""

    @property
    def papers(self) -> int:
        """How many papers can be found."""


class ChatBackend(Protocol):
    """Answers questions as a stream and says what it runs on.

    Every method may raise `ingest.errors.PaperAssistantError`, whose message the page shows. The
    page calls from several threads at a time.
    """

    @property
    def settings(self) -> Settings:
        """The settings that are in force."""

    @property
    def model_label(self) -> str:
        """Who writes the answers, in words."""

    def stats(self) -> LibraryCounts:
        """Count the library as it is now."""

    def astream(
        self, question: str, *, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> AsyncIterator[Event]:
        """Answer piece by piece, `Done` last; cancelling the task that reads stops the model."""
