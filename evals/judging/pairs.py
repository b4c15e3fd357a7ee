"""Labelled pairs of claim and source, by which a judge is judged.

A JSON object a line, gzipped or plain: `claim`, `source`, `label`, and where there are any `id`,
`source_title`, `subset`. The labels of SciFact (Wadden et al. 2020), HealthVer (Sarrouti et al.
2021), CovidFact (Saakyan et al. 2021), WiCE (Kamoi et al. 2023) and AttributionBench (Li et al.
2024) are known. Only whole support counts as support.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.answer import Frozen
from evals.errors import DatasetError
from ingest.paper import Paper
from ingest.readers import Source

SUPPORTED_LABELS = frozenset({"support", "supported"})
OTHER_LABELS = frozenset(
    {"contradict", "contradicted", "not_enough_info", "partially_supported", "not_supported"}
)


class Pair(Frozen):
    """A claim and its source. `dataset` is the file's name without its endings."""

    id: str
    dataset: str
    claim: str
    paper: Paper
    label: str

    @property
    def supported(self) -> bool:
        """Whether the source states the whole claim."""
        return self.label in SUPPORTED_LABELS


def load_pairs(paths: Sequence[Path]) -> list[Pair]:
    """All pairs of some files; DatasetError names file and line of one that does not fit."""
    pairs = [pair for path in paths for pair in _read(path)]
    if not pairs:
        raise DatasetError("there are no pairs in " + ", ".join(map(str, paths)))
    return pairs


def first_of_each(pairs: Sequence[Pair], count: int | None) -> list[Pair]:
    """An evenly spaced choice of `count` pairs of each data set, the same at every call."""
    if count is None:
        return list(pairs)
    chosen: list[Pair] = []
    for dataset in dict.fromkeys(pair.dataset for pair in pairs):
        own = [pair for pair in pairs if pair.dataset == dataset]
        size = min(count, len(own))
        chosen += [own[at * len(own) // size] for at in range(size)]
    return chosen


def _read(path: Path) -> Iterator[Pair]:
    if not path.is_file():
        raise DatasetError(f"{path} is no file; name files of labelled pairs")
    dataset = path.name.partition(".")[0]
    for number, line in Source(str(path), path).lines():
        if line.strip():
            yield _pair(line, dataset, number, f"{path}:{number}")


def _pair(line: str, dataset: str, number: int, place: str) -> Pair:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DatasetError(f"{place}: not valid JSON ({error}); one object a line") from error
    if not isinstance(row, dict):
        raise DatasetError(f"{place}: not a JSON object; one object a line")
    for name in ("claim", "source", "label"):
        if not isinstance(row.get(name), str) or not row[name].strip():
            raise DatasetError(f'{place}: no "{name}"; it must be a text')
    label = row["label"].casefold().strip()
    if label not in SUPPORTED_LABELS | OTHER_LABELS:
        known = ", ".join(sorted(SUPPORTED_LABELS | OTHER_LABELS))
        raise DatasetError(f"{place}: the label {row['label']!r} is not known; there are {known}")
    own_id = str(row.get("id") or number)
    title = row.get("source_title")
    paper = Paper(
        id=f"{dataset}:{own_id}",
        title=title if isinstance(title, str) else "",
        abstract=row["source"],
    )
    return Pair(id=own_id, dataset=dataset, claim=row["claim"], paper=paper, label=label)
