"""Other people's question sets as suites; each adapter is a file and a line in `ADAPTERS`."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from evals.adapters.beir_folder import read_beir_suite
from evals.adapters.pubmedqa import is_pubmedqa, read_pubmedqa
from evals.adapters.rows import rows
from evals.adapters.scholarqa import read_scholarqa
from evals.errors import DatasetError
from evals.suite import Item, distinct, load_suite
from ingest.paper import Paper

Read = Callable[[Path], tuple[list[Item], list[Paper]]]
ADAPTERS: Mapping[str, Read] = {
    "suite": lambda path: (load_suite(path), []),
    "pubmedqa": read_pubmedqa,
    "scholarqa": read_scholarqa,
    "beir": read_beir_suite,
}


def read_suites(
    paths: Sequence[Path], suite_format: str = "auto"
) -> tuple[list[Item], list[Paper]]:
    """The questions of some files or folders, and the papers that they bring with them."""
    items: list[Item] = []
    papers: dict[str, Paper] = {}
    for path in paths:
        name = _told_format(path) if suite_format == "auto" else suite_format
        found, brought = ADAPTERS[name](path)
        items += found
        papers.update((paper.id, paper) for paper in brought)
    return distinct(items), list(papers.values())


def _told_format(path: Path) -> str:
    """What a file is, by the members of its first object; a folder is BEIR's."""
    if path.is_dir():
        return "beir"
    if not path.is_file():
        raise DatasetError(f"{path} is no file; name a suite, a JSON object a line")
    try:
        _, row = next(rows(path), ("", {}))
    except DatasetError:
        return "suite"  # whose own reader says what is wrong
    if is_pubmedqa(row):
        return "pubmedqa"
    return "scholarqa" if {"input", "answer"} <= row.keys() else "suite"
