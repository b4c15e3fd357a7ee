"""JSON lines of data sets, with errors that name file and line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.errors import DatasetError
from ingest.readers import Source


def rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(place, object) for each line that is not blank."""
    if not path.is_file():
        raise DatasetError(f"{path} is no file")
    for number, line in Source(str(path), path).lines():
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise DatasetError(f"{place}: not valid JSON ({error}); one object a line") from error
        if not isinstance(row, dict):
            raise DatasetError(f"{place}: not a JSON object; one object a line")
        yield place, row


def text_of(row: dict[str, Any], name: str, place: str) -> str:
    """A member that has to be a text."""
    value = row.get(name)
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise DatasetError(f'{place}: no "{name}"; it must be a text')
    return value
