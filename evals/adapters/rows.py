"""Rows of data sets, as JSON lines or as one JSON document, with errors that name the place."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.errors import DatasetError
from ingest.readers import Source

Row = dict[str, Any]


def rows(path: Path) -> Iterator[tuple[str, Row]]:
    """(place, object) for each line that is not blank, or for each member of a document.

    A document is a list of objects, or an object of objects, whose keys become their `id`.
    """
    if not path.is_file():
        raise DatasetError(f"{path} is no file")
    lines = [(n, line) for n, line in Source(str(path), path).lines() if line.strip()]
    found = _document([line for _, line in lines])
    if found is None:
        yield from ((f"{path}:{n}", _row(line, f"{path}:{n}")) for n, line in lines)
        return
    for name, member in found:
        if not isinstance(member, dict):
            raise DatasetError(f"{path}, member {name}: not a JSON object")
        yield f"{path}, member {name}", member


def text_of(row: Row, name: str, place: str) -> str:
    """A member that has to be a text."""
    value = row.get(name)
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise DatasetError(f'{place}: no "{name}"; it must be a text')
    return value


def _document(lines: list[str]) -> list[tuple[str, Any]] | None:
    """The members of a whole document by name; None where the lines are rows."""
    if not lines or (len(lines) > 1 and isinstance(_parsed(lines[0]), dict)):
        return None
    whole = _parsed("\n".join(lines))
    if isinstance(whole, list):
        return [(str(at), member) for at, member in enumerate(whole, 1)]
    if isinstance(whole, dict) and whole and all(isinstance(v, dict) for v in whole.values()):
        return [(key, {"id": key, **member}) for key, member in whole.items()]
    return None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _row(line: str, place: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DatasetError(f"{place}: not valid JSON ({error}); one object a line") from error
    if not isinstance(row, dict):
        raise DatasetError(f"{place}: not a JSON object; one object a line")
    return row
