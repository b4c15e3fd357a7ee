"""What a run found out about each item: the answer, taken apart, and its scores."""

from typing import Literal

from assistant.answer import Frozen, Timings, Turn, Usage
from evals.judging import Label
from evals.suite import Kind, Split, WhyNot

Status = Literal["answered", "not_in_library", "error"]
FactState = Literal["stated", "missing", "contradicted"]
Problem = Literal[
    "error",
    "not retrieved",
    "retrieved but not used",
    "wrong claim",
    "wrong refusal",
    "should have refused",
]


class SentenceResult(Frozen):
    """A sentence of an answer. `label` is of all that was retrieved, `cited` of what it cites."""

    text: str
    citations: tuple[int, ...]
    label: Label
    score: float | None
    reason: str
    cited_supports: bool | None
    precise: int


class QuoteResult(Frozen):
    """A quote, and whether it stands in its paper as it should."""

    number: int
    title: str
    quote: str
    valid: bool


class FactResult(Frozen):
    """A gold fact by its first spelling; `instead` is what a contradicted one has in its place."""

    fact: str
    state: FactState
    instead: str = ""


class GoldResult(Frozen):
    """A graded paper: its rank among the sources, None where it was not retrieved."""

    paper: str
    grade: int
    rank: int | None
    cited: bool


class ItemResult(Frozen):
    """Everything about one item. A score is None where it does not apply."""

    id: str
    digest: str
    question: str
    history: tuple[Turn, ...]
    kind: Kind
    group: str
    split: Split
    answerable: bool
    why_not: WhyNot | None
    status: Status
    error: str
    text: str
    sentences: tuple[SentenceResult, ...]
    quotes: tuple[QuoteResult, ...]
    facts: tuple[FactResult, ...]
    gold: tuple[GoldResult, ...]
    scores: dict[str, float | None]
    problem: Problem | None
    usage: Usage
    timings_ms: Timings
    first_token_ms: float | None
    model: str
    warnings: tuple[str, ...]
