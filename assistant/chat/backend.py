"""What the chat page needs of an assistant; `assistant.api.Assistant` has it."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from assistant.answer import Event, Filters, SearchResult, Turn
from assistant.settings import Settings
from ingest.library import Library, LibraryStats
from ingest.paper import Paper


class ChatBackend(Protocol):
    """Answers questions as a stream, finds papers, and says what it runs on.

    Every method may raise `ingest.errors.PaperAssistantError`, whose message the page shows. The
    page calls from several threads at a time.
    """

    @property
    def settings(self) -> Settings:
        """The settings that are in force."""

    @property
    def model_label(self) -> str:
        """Who writes the answers, in words; may ask the endpoint."""

    def library(self) -> Library | None:
        """The open library, to read from; None as long as there is none."""

    def stats(self) -> LibraryStats:
        """Count the library as it is now."""

    def warm_up(self) -> None:
        """Load what the first question needs."""

    def get(self, paper_id: str) -> Paper | None:
        """The paper with that id."""

    def delete(self, ids: Sequence[str]) -> int:
        """Remove papers; returns how many there were."""

    def search(self, query: str, limit: int = 10) -> SearchResult:
        """The papers nearest to a query, best first."""

    def astream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        dismissed: Sequence[str] = (),
    ) -> AsyncIterator[Event]:
        """Answer piece by piece, `Done` last; cancelling the task that reads stops the model.

        `dismissed` are words of the question that must not be read as a filter.
        """
