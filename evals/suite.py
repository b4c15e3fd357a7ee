"""A suite of questions: JSON lines with the papers and facts that a right answer holds."""

import hashlib
import json
from collections.abc import Collection, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.answer import Turn
from evals.errors import DatasetError, first_problem
from ingest.paper import derive_id
from ingest.readers import Source

SuiteName = Literal["sample", "papers-page"]
Split = Literal["tune", "test"]
Kind = Literal["fact", "list", "compare", "explain", "follow-up"]
WhyNot = Literal["off_topic", "fake_name", "fact_absent", "false_premise"]
Verdict = Literal["yes", "no", "maybe"]


class GoldPaper(BaseModel):
    """A paper that answers (grade 2) or is related (grade 1), by its title or its own id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = ""
    id: str | None = None
    grade: int = Field(ge=0, le=3)

    @model_validator(mode="after")
    def _is_named(self) -> "GoldPaper":
        if not self.title.strip() and not self.id:
            raise ValueError("a paper needs a title or an id")
        return self

    @property
    def paper_id(self) -> str:
        """Its own id, or else the one that the library derives from the title."""
        return self.id or derive_id(self.title)


class Item(BaseModel):
    """One question. Each of `facts` is a list of accepted spellings of one atomic fact.

    `wrong` holds spellings that contradict a fact, `missing` names the parts of the question that
    the library leaves open (a right answer says so), `verdict` is what a yes/no question comes to.
    `place` is the file and line it was read from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(alias="_id", min_length=1)
    question: str = Field(min_length=1)
    kind: Kind
    split: Split
    answerable: bool
    why_not: WhyNot | None = None
    history: tuple[Turn, ...] = ()
    papers: tuple[GoldPaper, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    wrong: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    verdict: Verdict | None = None
    place: str = Field(default="", exclude=True)

    @model_validator(mode="after")
    def _is_whole(self) -> "Item":
        if self.answerable and not self.gold_ids:
            raise ValueError("an answerable item needs a paper of grade 2 or more")
        if not self.answerable and self.why_not is None:
            raise ValueError("an unanswerable item needs why_not")
        if self.kind == "follow-up" and not self.history:
            raise ValueError("a follow-up needs its history")
        if not all(self.facts):
            raise ValueError("a fact has no spelling")
        if any(not spelling.strip() for fact in (*self.facts, self.wrong) for spelling in fact):
            raise ValueError("a spelling of a fact, or a wrong one, is empty")
        return self

    @property
    def gold_ids(self) -> frozenset[str]:
        """Ids of the papers that answer the question directly."""
        return frozenset(p.paper_id for p in self.papers if p.grade >= 2)

    @property
    def grades(self) -> dict[str, int]:
        """Grade of every paper that has one above 0."""
        return {p.paper_id: p.grade for p in self.papers if p.grade > 0}

    @property
    def group(self) -> str:
        """What the breakdown files it under: why it has no answer, or else its kind."""
        return self.why_not or self.kind

    @property
    def digest(self) -> str:
        """Hash of everything in it; a changed item is another item."""
        text = json.dumps(self.model_dump(mode="json", by_alias=True), sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()[:16]


def load_suite(path: Path, split: Split | None = None) -> list[Item]:
    """Read a suite; DatasetError names file and line of an item that does not fit."""
    if not path.is_file():
        raise DatasetError(f"{path} is no file; name a suite, a JSON object a line")
    items: list[Item] = []
    for number, line in Source(str(path), path).lines():
        if line.strip():
            items.append(_item(line, f"{path}:{number}"))
    return [item for item in distinct(items) if split is None or item.split == split]


def distinct(items: Sequence[Item]) -> list[Item]:
    """The items; DatasetError if two share an id, since results are kept by it."""
    first: dict[str, Item] = {}
    for item in items:
        if item.id in first:
            raise DatasetError(
                f"{item.place}: the _id {item.id!r} stands at {first[item.id].place} already;"
                " give it another"
            )
        first[item.id] = item
    return list(items)


def check_gold(items: Sequence[Item], held: Collection[str]) -> None:
    """DatasetError naming the first item whose paper is not among the library's ids `held`."""
    for item in items:
        for paper in item.papers:
            if paper.paper_id not in held:
                raise DatasetError(
                    f"{item.place}: the library does not hold {paper.title or paper.paper_id!r};"
                    " name the papers of this suite with --papers, or their library with --library"
                )


def shipped_suite(name: SuiteName) -> Path:
    """Path of a suite that comes with the program."""
    return shipped_file(f"{name}.jsonl")


def shipped_file(name: str) -> Path:
    """Path of a file of `evals/suites`."""
    return Path(str(files("evals") / "suites" / name))


def _item(line: str, place: str) -> Item:
    try:
        item = Item.model_validate_json(line)
    except ValidationError as error:
        raise DatasetError(
            f"{place}: {first_problem(error)}; evals/README.md says what an item holds"
        ) from error
    return item.model_copy(update={"place": place})
