"""Objects that hold many records without a list: papers by id, and tables by column.

pandas writes tables by column, each a list or an object by row (`DataFrame.to_json`); programs that
look papers up keep them by id.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from ingest.readers.named_members import HOLDERS, has_title

_LOOKED_AT = 20
_ERROR = "error"
_ARTICLE_IDS = "articleids"


def is_shaped(record: Any) -> bool:
    """Whether the object holds papers by id, or columns of which one is the titles."""
    return isinstance(record, dict) and (_is_by_id(record) or _is_by_column(record))


def shaped_records(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The records, each with the id it stands under; columns of different lengths are filled."""
    if _is_by_id(record):
        return [_with_id(name, paper) for name, paper in _entries(record).items()]
    rows: dict[Any, dict[str, Any]] = {}
    for name, column in record.items():
        for row, value in _cells(column):
            rows.setdefault(row, {})[name] = value
    return list(rows.values())


def _is_by_id(record: Mapping[str, Any]) -> bool:
    """Whether all members are papers, and none has a name by which a record holds its only one."""
    if not HOLDERS.isdisjoint(record):
        return False
    values = list(islice(_entries(record).values(), _LOOKED_AT))
    if not all(isinstance(v, dict) and (has_title(v) or _ERROR in v) for v in values):
        return False
    return any(map(has_title, values))


def _entries(record: Mapping[str, Any]) -> dict[str, Any]:
    """The members without a list of their names, with which PubMed's summaries begin."""
    return {
        name: v for name, v in record.items() if not (isinstance(v, list) and _names(v, record))
    }


def _names(values: list[Any], record: Mapping[str, Any]) -> bool:
    return bool(values) and all(isinstance(v, str) and v in record for v in values)


def _is_by_column(record: Mapping[str, Any]) -> bool:
    titled = {name: column for name, column in record.items() if has_title({name: ""})}
    columns = [c for c in titled.values() if isinstance(c, dict | list) and _is_column(c)]
    lengths = [len(c) for c in record.values() if isinstance(c, dict | list)]
    mostly = 2 * len(lengths) > len(record)
    return len(columns) == 1 and len(lengths) > 1 and mostly and len(set(lengths)) == 1


def _is_column(column: Any) -> bool:
    """Whether it has a text for each row: a list of several, or an object by row number."""
    if isinstance(column, dict):
        return all(name.isdecimal() for name in islice(column, _LOOKED_AT)) and bool(column)
    return len(column) > 1 and all(isinstance(cell, str) for cell in column[:_LOOKED_AT])


def _with_id(name: str, paper: Any) -> dict[str, Any]:
    """The paper with its id; PubMed's summaries name theirs among others, as a PubMed id."""
    fields = paper if isinstance(paper, dict) else {}
    return fields if _ARTICLE_IDS in fields else {"id": name, **fields}


def _cells(column: Any) -> list[tuple[Any, Any]]:
    if isinstance(column, dict):
        return list(column.items())
    return list(enumerate(column)) if isinstance(column, list) else []
