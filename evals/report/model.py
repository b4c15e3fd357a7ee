"""The document of a run, `report.json`; `evals/report/report.schema.json` is its schema."""

import json
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from assistant.answer import Frozen
from evals.errors import DatasetError, first_problem
from evals.judging.assess import Assessment, PairVerdict
from evals.results import ItemResult

REPORT_JSON = "report.json"


class FigureResult(Frozen):
    """A figure with the bounds that hold it with 95 % confidence, over `n` items.

    All None where it applies to no item.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int


class CorrectedFigure(Frozen):
    """Faithfulness once the judge's errors on labelled pairs are counted (Rogan and Gladen)."""

    name: str
    measured: float
    value: float
    low: float
    high: float
    sensitivity: float
    specificity: float
    pairs: int


class Latency(Frozen):
    """Milliseconds of one step over the answers: median, 95th percentile, longest."""

    step: Literal["retrieve", "first token", "total"]
    median: float
    p95: float
    longest: float
    n: int


class Cost(Frozen):
    """What the answers cost together; `cost_usd` None where a price is not known."""

    llm_calls: int
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float | None


class SuiteState(Frozen):
    """Which questions were asked."""

    name: str
    digest: str
    split: str
    items: int
    answerable: int


class LibraryState(Frozen):
    """Which library answered; `digest` is of its texts."""

    papers: int
    version: int
    digest: str


class Group(Frozen):
    """The figures of one kind of question, or of one reason for having no answer."""

    name: str
    answerable: bool
    n: int
    figures: tuple[FigureResult, ...]


class JudgeState(Frozen):
    """Who judged, and how good that judge is on labelled pairs (empty without any)."""

    name: str
    fingerprint: str
    assessments: tuple[Assessment, ...] = ()
    pairs: tuple[PairVerdict, ...] = ()


class Report(Frozen):
    """A run. `figures` are over all items, `groups` by kind, `items` one by one."""

    format_version: Literal[1] = 1
    created: datetime
    program: str
    suite: SuiteState
    library: LibraryState
    model: str
    settings: dict[str, object]
    prompts: dict[str, str]
    judge: JudgeState
    seed: int
    resamples: int
    confidence: float = 0.95
    figures: tuple[FigureResult, ...]
    corrected: tuple[CorrectedFigure, ...]
    groups: tuple[Group, ...]
    cost: Cost
    latency: tuple[Latency, ...]
    problems: dict[str, int] = Field(description="How many answers went wrong in which way.")
    worst: tuple[str, ...] = Field(description="Ids of the worst answers, the very worst first.")
    items: tuple[ItemResult, ...]

    def figure(self, name: str) -> FigureResult:
        """The figure of that name; KeyError if there is none."""
        for figure in self.figures:
            if figure.name == name:
                return figure
        raise KeyError(name)


def load_report(place: Path) -> Report:
    """Read a run's folder or its report.json; DatasetError names what is wrong with it."""
    path = place / REPORT_JSON if place.is_dir() else place
    try:
        return Report.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise DatasetError(
            f"{path} is missing; make a run with: paper-assistant eval answers --out {place}"
        ) from error
    except ValidationError as error:
        raise DatasetError(
            f"{path} is no report of this version ({first_problem(error)}); make the run again"
        ) from error


def schema_text() -> str:
    """The JSON schema of the document, as the shipped file has it."""
    return json.dumps(Report.model_json_schema(), indent=2, sort_keys=True) + "\n"
