"""What readers think of answers, kept on this machine as one JSON document a line."""

import threading
from datetime import UTC, datetime
from pathlib import Path

from assistant.answer import Filters, Frozen
from assistant.chat.conversation import Exchange, Verdict
from ingest.errors import PaperAssistantError

FILE = "feedback.jsonl"
MAX_COMMENT = 4000


class FeedbackError(PaperAssistantError):
    """The feedback cannot be written."""


class Feedback(Frozen):
    """A reader's verdict on one answer, with what it takes to look into it."""

    time: datetime
    verdict: Verdict
    comment: str
    question: str
    filters: Filters
    status: str
    text: str
    cited: tuple[str, ...]
    model: str
    prompt_hash: str
    library_version: int


class FeedbackFile:
    """Appends to `feedback.jsonl` in the library's folder; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._lock = threading.Lock()

    def add(self, exchange: Exchange, verdict: Verdict, comment: str = "") -> None:
        """Write a verdict on a finished answer; one that is not finished is left out."""
        answer = exchange.answer
        if answer is None:
            return
        line = Feedback(
            time=datetime.now(UTC),
            verdict=verdict,
            comment=comment.strip()[:MAX_COMMENT],
            question=exchange.question,
            filters=exchange.filters,
            status=answer.status,
            text=answer.text,
            cited=tuple(dict.fromkeys(c.paper.id for c in answer.citations)),
            model=answer.model,
            prompt_hash=answer.prompt_hash,
            library_version=answer.library.version,
        ).model_dump_json()
        try:
            with self._lock, self.path.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        except OSError as error:
            raise FeedbackError(
                f"your feedback was not kept: {self.path} cannot be written ({error.strerror})"
            ) from error
