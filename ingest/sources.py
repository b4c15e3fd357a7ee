"""Expands arguments to sources."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.readers import Failure, Source


def expand(arguments: Sequence[str | Path]) -> Iterator[Source | Failure]:
    """A source for each file."""
    for argument in arguments:
        path = Path(argument)
        if path.is_file():
            yield Source(str(path), path)
        else:
            yield Failure(str(path), None, "no such file")
