"""Other people's question sets as suites; each adapter is a file and a line in `ADAPTERS`."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from evals.adapters.beir_folder import read_beir_suite
from evals.adapters.pubmedqa import read_pubmedqa
from evals.adapters.scholarqa import read_scholarqa
from evals.errors import DatasetError
from evals.suite import Item, distinct, load_suite
from ingest.paper import Paper
from ingest.readers import Source

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
    first = next((line for _, line in Source(str(path), path).lines() if line.strip()), "{}")
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        return "suite"
    keys = row.keys() if isinstance(row, dict) else set()
    if {"question", "answer", "source"} <= keys:
        return "pubmedqa"
    return "scholarqa" if {"input", "answer"} <= keys else "suite"
