"""The scores that a run is held against: small enough to be kept beside the program."""

import json
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from assistant.answer import Frozen
from assistant.cli.whole_file import whole_file
from evals.errors import DatasetError, first_problem
from evals.figures import GATED
from evals.judging.assess import PairVerdict
from evals.report.model import Report
from evals.results import ItemResult

KEYS = tuple(dict.fromkeys(key for figure in GATED for key in figure.keys))
"""The scores that the gate needs of every item."""


class BaselineItem(Frozen):
    """The scores of one item, in the order of the baseline's `keys`, and the item's digest."""

    digest: str
    scores: tuple[float | None, ...]


class Baseline(Frozen):
    """What a run came to. `pairs` tells of each labelled pair whether the judge was right."""

    format_version: Literal[1] = 1
    suite: str
    split: str
    model: str
    judge: str
    keys: tuple[str, ...] = KEYS
    figures: dict[str, float | None]
    items: dict[str, BaselineItem]
    pairs: dict[str, bool] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits_the_gate(self) -> "Baseline":
        if lacking := sorted(set(KEYS) - set(self.keys)):
            raise ValueError(f"keys: the gate needs {', '.join(lacking)} too")
        if not self.items:
            raise ValueError("items: there is none")
        for key, item in self.items.items():
            if len(item.scores) != len(self.keys):
                raise ValueError(f"items.{key}: its scores are not as many as the keys")
        return self


def baseline_of(report: Report) -> Baseline:
    """The baseline that a run makes."""
    return Baseline(
        suite=report.suite.name,
        split=report.suite.split,
        model=report.model,
        judge=report.judge.name,
        figures={figure.name: report.figure(figure.name).value for figure in GATED},
        items={item.id: _item(item) for item in report.items},
        pairs=pairs_of(report),
    )


def pairs_of(report: Report) -> dict[str, bool]:
    """Whether the judge was right on each labelled pair; what it did not tell counts as wrong."""
    return {pair_key(pair): pair.right is True for pair in report.judge.pairs}


def pair_key(pair: PairVerdict) -> str:
    """By what a labelled pair is known."""
    return f"{pair.dataset}:{pair.id}"


def load_baseline(path: Path) -> Baseline:
    """Read a baseline; DatasetError names the remedy."""
    remedy = f"make it anew with: paper-assistant eval gate RUN --baseline {path} --update"
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise DatasetError(f"{path} is missing; {remedy}") from error
    except ValidationError as error:
        raise DatasetError(f"{path}: {first_problem(error)}; {remedy}") from error
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror}); {remedy}") from error


def save_baseline(baseline: Baseline, path: Path) -> None:
    """Write it with an item a line, so that a change of it can be read."""
    head = baseline.model_dump(mode="json", exclude={"items", "pairs"})
    with whole_file(path) as file:
        file.write(_as_lines(head, baseline))


def _as_lines(head: dict[str, object], baseline: Baseline) -> str:
    parts = [f' "{name}": {json.dumps(value)}' for name, value in head.items()]
    items = ",\n".join(
        f"  {json.dumps(key)}: {item.model_dump_json()}" for key, item in baseline.items.items()
    )
    pairs = ",\n".join(
        f"  {json.dumps(key)}: {json.dumps(right)}" for key, right in baseline.pairs.items()
    )
    parts += [f' "items": {{\n{items}\n }}', f' "pairs": {{\n{pairs}\n }}']
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _item(item: ItemResult) -> BaselineItem:
    values = [item.scores.get(key) for key in KEYS]
    return BaselineItem(
        digest=item.digest,
        scores=tuple(None if value is None else round(value, 6) for value in values),
    )
