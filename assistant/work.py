"""One question on its way to an answer: what was found so far, and how long each step took."""

import time
from dataclasses import dataclass, field
from typing import Any

from assistant.answer import (
    Answer,
    FilterHint,
    Hit,
    LibraryState,
    SourcePaper,
    Status,
    Timings,
    Usage,
)
from assistant.draft import Draft
from assistant.extractive.question import Kind
from assistant.extractive.taken_up import TakenUp
from assistant.llms.chat import ChatClient
from assistant.tokens import encoding_of
from assistant.writing import Writing
from ingest.endpoint_errors import EndpointError
from ingest.library import Library


@dataclass
class Work:
    """Filled step by step by the engine; `finished` makes the answer of it."""

    question: str
    standalone: str = ""
    taken_up: TakenUp | None = None
    hits: tuple[Hit, ...] = ()
    writing: Writing | None = None
    known: Answer | None = None
    key: str = ""
    request_id: str = ""
    flawed: bool = False
    draft: Draft | None = None
    kind: Kind = Kind.FACT
    hints: tuple[FilterHint, ...] = ()
    bearing: tuple[Hit, ...] = ()
    spent: Usage = field(default_factory=Usage)
    chat: ChatClient | None = None
    status: Status | None = None
    warnings: list[str] = field(default_factory=list)
    _laps: dict[str, float] = field(default_factory=dict)
    _started: float = field(default_factory=time.perf_counter)
    _last: float = field(default_factory=time.perf_counter)

    def lap(self, step: str) -> None:
        """Note the milliseconds since the last lap for a step."""
        now = time.perf_counter()
        self._laps[step] = round((now - self._last) * 1000, 3)
        self._last = now

    def spend(self, usage: Usage) -> None:
        """Add what a call beside the answer's own has cost."""
        self.spent = self.spent.plus(usage)

    def warn(self, warning: str) -> None:
        """Tell the user something beside the answer."""
        self.warnings.append(warning)

    def degrade(self, error: EndpointError) -> None:
        """Note that the model failed and passages are quoted instead."""
        self.status = "degraded"
        self.warn(f"the model did not answer, so passages are quoted instead: {error}")

    def fault(self, warning: str) -> None:
        """Warn of something that may go better the next time; the answer is not kept."""
        self.flawed = True
        self.warn(warning)

    def repeated(self, known: Answer, usage: Usage) -> Answer:
        """An answer that was given before, with what it took this time."""
        total = round((time.perf_counter() - self._started) * 1000, 3)
        timings = Timings(**self._laps, total=total)
        changed = {"usage": usage, "timings_ms": timings, "hints": self.hints, "cached": True}
        return known.model_copy(update=changed)

    def shortened(self, max_tokens: int) -> str:
        """The question, cut to so many tokens with a warning where it is longer."""
        encoding = encoding_of()
        tokens = encoding.encode_ordinary(self.question[: 20 * max_tokens])
        if len(tokens) <= max_tokens and len(self.question) <= 20 * max_tokens:
            return self.question
        self.warn(
            f"the question is longer than {max_tokens} tokens; only its beginning was used"
            " (PAPERS_ANSWER__MAX_QUESTION_TOKENS)"
        )
        return encoding.decode(tokens[:max_tokens])

    def finished(self, library: Library, *, status: Status, **fields: Any) -> Answer:
        """The answer; a status set on the way wins, unless nothing is answered at all."""
        if self.status is not None and status == "answered":
            status = self.status
        total = round((time.perf_counter() - self._started) * 1000, 3)
        return Answer(
            question=self.question,
            status=status,
            sources=tuple(
                SourcePaper(paper_id=h.paper.id, title=h.paper.title, score=h.score)
                for h in self.bearing or self.hits
            ),
            kind=self.kind.value,
            searched=self.standalone,
            found=len(self.bearing) if status != "not_in_library" else 0,
            hints=self.hints,
            library=LibraryState(papers=library.records.count, version=library.version),
            timings_ms=Timings(**self._laps, total=total),
            warnings=tuple(self.warnings),
            **fields,
        )
