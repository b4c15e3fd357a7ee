"""Reads the grades that a model gives to numbered papers."""

import json
import re
from typing import Any

_BEST = 10
_OBJECT = re.compile(r"\{.*\}|\[.*\]", re.DOTALL)

GRADES_FORMAT: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {
        "name": "grades",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {
                "grades": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "number": {"type": "integer"},
                            "relevance": {"type": "integer", "minimum": 0, "maximum": _BEST},
                        },
                        "required": ["number", "relevance"],
                        "additionalProperties": False,
                    },
                }
            },
            "required": ["grades"],
            "additionalProperties": False,
        },
    },
}


class UnreadableGradesError(ValueError):
    """A reply that holds no grade for each paper; its message is for the model to read."""


def read_grades(text: str, count: int) -> dict[int, float]:
    """Relevance in [0, 1] by place from 0, of `count` papers numbered from 1.

    Words and fences around the JSON are passed over, as are numbers of no paper; a list without
    its name, or a mapping from number to grade, is taken too.
    """
    found = _OBJECT.search(text)
    if found is None:
        raise UnreadableGradesError("it holds no JSON object")
    try:
        value = json.loads(found[0])
    except json.JSONDecodeError as error:
        raise UnreadableGradesError(f"its JSON is broken: {error}") from error
    grades = {
        number - 1: min(max(grade / _BEST, 0.0), 1.0)
        for number, grade in _pairs(value)
        if 1 <= number <= count
    }
    missing = [str(place + 1) for place in range(count) if place not in grades]
    if missing:
        raise UnreadableGradesError(f"it has no grade for number {', '.join(missing)}")
    return grades


def _pairs(value: Any) -> list[tuple[int, float]]:
    if isinstance(value, dict) and "grades" in value:
        value = value["grades"]
    if isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = [
            (e.get("number"), e.get("relevance", e.get("grade")))
            for e in value
            if isinstance(e, dict)
        ]
    else:
        entries = []
    try:
        return [(int(n), float(g)) for n, g in entries if n is not None and g is not None]
    except (TypeError, ValueError) as error:
        raise UnreadableGradesError("a number or grade in it is no number") from error
