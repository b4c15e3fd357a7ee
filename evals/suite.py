"""A suite of questions: JSON lines with the papers and facts that a right answer holds."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Turn
from ingest.paper import derive_id

Split = Literal["tune", "test"]


class GoldPaper(BaseModel):
    """A paper that answers (grade 2) or is related (grade 1), by its title."""

    model_config = ConfigDict(frozen=True)

    title: str
    grade: int

    @property
    def paper_id(self) -> str:
        """The id that the library derives from the title."""
        return derive_id(self.title)


class Item(BaseModel):
    """One question. Each of `facts` is a list of accepted spellings of one atomic fact."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(alias="_id")
    question: str
    kind: Literal["fact", "list", "compare", "explain", "follow-up"]
    split: Split
    answerable: bool
    why_not: Literal["off_topic", "fake_name", "fact_absent", "false_premise"] | None = None
    history: tuple[Turn, ...] = ()
    papers: tuple[GoldPaper, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()

    @property
    def gold_ids(self) -> frozenset[str]:
        """Ids of the papers that answer the question directly."""
        return frozenset(p.paper_id for p in self.papers if p.grade >= 2)


def load_suite(path: Path, split: Split | None = None) -> list[Item]:
    """Read a suite; ValueError names file and line of an item that does not fit."""
    items = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            items.append(Item.model_validate(json.loads(line)))
        except ValueError as error:
            raise ValueError(f"{path}:{number}: {error}") from error
    return [item for item in items if split is None or item.split == split]


def shipped_suite(name: Literal["sample", "papers-page"]) -> Path:
    """Path of a suite that comes with the program."""
    return Path(str(files("evals") / "suites" / f"{name}.jsonl"))
