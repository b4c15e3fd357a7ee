"""The questions and claims of `written/`, line by line; README.md says how they were written.

They stand apart from `written.py` because `sources.py` asks which abstracts they train on.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from evals.errors import DatasetError, first_problem
from ingest.readers import Source
from ingest.text import Span

FOLDER = Path(__file__).parent / "written"
TWINS = "tuvw"
SetName = Literal["scitldr", "litsearch", "scifact"]
ANSWERED = frozenset({"fact", "figure", "explain", "reworded", "presumes"})
OFF_TOPIC = "off_topic"
ABSENT = frozenset({"absent", "absent2", OFF_TOPIC})
UNANSWERED = ABSENT | {"turned", "swapped", "contrary"}
BORNE_OUT = frozenset({"summary", "reworded"})
NOT_BORNE_OUT = frozenset({"name", "figure", "reversal", "negation", "beyond"})


class Line(BaseModel):
    """What questions and claims share: the abstract they are about, by its set and its id there.

    Some batches of each file are held out, by first and last id; `place` is the file and line that
    it was read from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    HELD_OUT: ClassVar[tuple[tuple[str, str], ...]]

    id: str = Field(alias="_id", min_length=1)
    origin: SetName = Field(alias="set")
    paper: str = Field(min_length=1)
    kind: str
    place: str = Field(default="", exclude=True)

    @property
    def held_out(self) -> bool:
        """Whether it is never trained on."""
        return any(first <= self.id <= last for first, last in self.HELD_OUT)

    def twin_of(self, following: "Line") -> bool:
        """Whether it is the first of twins, and the line that follows is the other."""
        number = int(self.id[1:])
        return self.id[0] in TWINS and number % 2 == 1 and following.id[1:] == f"{number + 1:05}"


class WrittenQuestion(Line):
    """A question; `at` spans its answer in the abstract, or what contradicts its premise.

    An answer without a span is in the title. Ids of twins begin with t, and those after t99590 with
    w: one that is answered comes right before one in the same form that is not. Ids of what no
    paper answers begin with o.
    """

    HELD_OUT = (
        ("o01201", "o01591"),
        ("q11001", "q12100"),
        ("t15335", "t16390"),
        ("t17991", "t19590"),
        ("t30791", "t32390"),
        ("t56391", "t57990"),
        ("t97591", "t97990"),
    )

    question: str = Field(min_length=1)
    answerable: bool
    at: Span | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.kind not in (ANSWERED if self.answerable else UNANSWERED):
            raise ValueError(f"kind {self.kind!r} does not go with answerable {self.answerable}")
        if self.at is not None and not 0 <= self.at.start < self.at.end:
            raise ValueError("at is no span of a text")
        if self.at is not None and self.kind in ABSENT:
            raise ValueError("what is absent stands nowhere in the abstract")
        return self


class WrittenClaim(Line):
    """A claim; `wrong` is the piece of it that the abstract does not bear out.

    Ids of twins begin with u, or with v where other lines may be about the same abstract too: one
    that holds comes right before one in the same form that does not.
    """

    HELD_OUT = (
        ("c05501", "c06600"),
        ("u02657", "u03056"),
        ("u04657", "u07856"),
        ("u66561", "u68272"),
    )

    claim: str = Field(min_length=1)
    supported: bool
    wrong: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.kind not in (BORNE_OUT if self.supported else NOT_BORNE_OUT):
            raise ValueError(f"kind {self.kind!r} does not go with supported {self.supported}")
        if bool(self.wrong) == self.supported:
            raise ValueError("wrong goes with a claim that is not supported, and with no other")
        if self.wrong not in self.claim:
            raise ValueError("wrong is no piece of the claim")
        return self


class SummaryEdit(Line):
    """What to put in place of the span `at` of SciTLDR's first summary of a paper.

    The abstract bears the summary out as it is, and no longer with that; none is held out.
    """

    HELD_OUT = ()

    at: Span
    instead: str = Field(min_length=1)

    def applied(self, summary: str) -> str:
        """The summary with the edit made; DatasetError where it has no such place."""
        if not 0 <= self.at.start < self.at.end <= len(summary):
            raise DatasetError(f"{self.place}: at is no span of the summary")
        return f"{summary[: self.at.start]}{self.instead}{summary[self.at.end :]}"

    @model_validator(mode="after")
    def _is_an_edit(self) -> Self:
        if self.kind not in NOT_BORNE_OUT:
            raise ValueError(f"kind {self.kind!r} is none of an edit")
        return self


class SummaryLabel(Line):
    """Whether an abstract bears out the first summary that SciTLDR has of it; for measuring."""

    HELD_OUT = (("r00001", "r99999"),)

    supported: bool


AnyLine = TypeVar("AnyLine", bound=Line)


def question_lines(folder: Path = FOLDER) -> list[WrittenQuestion]:
    """All questions, twins last; DatasetError names file and line of one that does not fit."""
    names = ("off-topic", "questions", "twin-questions")
    return [q for name in names for q in _lines(folder / f"{name}.jsonl", WrittenQuestion)]


def claim_lines(folder: Path = FOLDER) -> list[WrittenClaim]:
    """All claims, twins last; DatasetError names file and line of one that does not fit."""
    names = ("claims", "twin-claims", "summary-twins")
    return [c for name in names for c in _lines(folder / f"{name}.jsonl", WrittenClaim)]


def summary_edits(folder: Path = FOLDER) -> list[SummaryEdit]:
    """All edits of summaries; DatasetError names file and line of one that does not fit."""
    return list(_lines(folder / "summary-edits.jsonl", SummaryEdit))


def summary_labels(folder: Path = FOLDER) -> dict[str, bool]:
    """By the id of each SciTLDR paper of a tuning or test part: is its summary borne out?"""
    labels = _lines(folder / "summary-labels.jsonl", SummaryLabel)
    return {label.paper: label.supported for label in labels}


def trained_papers(name: SetName) -> frozenset[str]:
    """Ids of a set's abstracts that lines which are not held out are about."""
    lines: list[Line] = [*question_lines(), *claim_lines(), *summary_edits()]
    return frozenset(x.paper for x in lines if x.origin == name and not x.held_out)


def _lines(path: Path, model: type[AnyLine]) -> Iterator[AnyLine]:
    if not path.is_file():
        raise DatasetError(f"{path} is absent: it is in the repository, not in the package")
    first: dict[str, str] = {}
    for number, text in Source(str(path), path).lines():
        place = f"{path}:{number}"
        try:
            line = model.model_validate_json(text)
        except ValidationError as error:
            raise DatasetError(f"{place}: {first_problem(error)}") from error
        if line.id in first:
            raise DatasetError(f"{place}: the _id {line.id!r} stands at {first[line.id]} already")
        first[line.id] = place
        yield line.model_copy(update={"place": place})
