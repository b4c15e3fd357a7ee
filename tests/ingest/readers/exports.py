"""Reading of a reference export in a test."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from ingest.paper import Paper
from ingest.readers import Failure, Reader, Source, detect

FORMATS = Path(__file__).parents[4] / "shared" / "data" / "formats"


class Outcome(NamedTuple):
    """What a reader gave."""

    papers: list[Paper]
    failures: list[Failure]

    @property
    def lines(self) -> list[int | None]:
        """The lines where the papers start."""
        return [paper.sources[0].line for paper in self.papers]


def outcome(records: Iterable[Paper | Failure]) -> Outcome:
    """Part papers from failures."""
    listed = list(records)
    return Outcome(
        [record for record in listed if isinstance(record, Paper)],
        [record for record in listed if isinstance(record, Failure)],
    )


def read(reader: Reader, text: str | bytes) -> Outcome:
    """Read a text as a file of that name would be read."""
    data = text.encode() if isinstance(text, str) else text
    return outcome(reader.read(Source("export", data=data)))


def only(reader: Reader, text: str | bytes) -> Paper:
    """The paper of a text that holds one, after checking that the format is detected."""
    data = text.encode() if isinstance(text, str) else text
    assert detect(Source("export", data=data)).name == reader.name
    papers, failures = read(reader, data)
    assert not failures
    (paper,) = papers
    return paper


def sample(name: str) -> Source:
    """A real export; the test is skipped where the shared data are absent."""
    path = FORMATS / name
    if not path.is_file():
        pytest.skip(f"the shared data are absent: {path}")
    return Source(name, path=path)
