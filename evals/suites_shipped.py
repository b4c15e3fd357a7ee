"""What goes with the suites that come with the program: their papers and labelled pairs."""

from collections.abc import Sequence
from pathlib import Path

from evals.suite import shipped_file
from ingest.sample import SAMPLE_FILE

_OVER_THE_SAMPLE = ("sample.jsonl", "sample-unanswerable.jsonl")
PAIRS = "sample-pairs.jsonl"


def default_papers(suites: Sequence[Path], library: Path | None) -> list[Path]:
    """The sample library's file for the suites over it, unless a library is named."""
    over_sample = {shipped_file(name).resolve() for name in _OVER_THE_SAMPLE}
    if library is None and all(path.resolve() in over_sample for path in suites):
        return [SAMPLE_FILE]
    return []


def default_pairs(suites: Sequence[Path]) -> list[Path]:
    """The shipped pairs, which are about the sample's papers, for every shipped suite."""
    folder = shipped_file("sample.jsonl").resolve().parent
    pairs = shipped_file(PAIRS)
    shipped = all(path.resolve().parent == folder for path in suites)
    return [pairs] if shipped and pairs.is_file() else []
