"""Errors of evaluation, each with the remedy in its message."""

import re

from pydantic import ValidationError

from ingest.errors import PaperAssistantError

_PLACE_IN_THE_LINE = re.compile(r" at line 1(?= column)")


class DatasetError(PaperAssistantError):
    """A data set cannot be read, or its files do not fit each other."""


def first_problem(error: ValidationError) -> str:
    """`field: what is wrong with it`, of the first thing that is wrong."""
    problem = error.errors(include_input=False, include_url=False)[0]
    field = ".".join(str(part) for part in problem["loc"])
    reason = _PLACE_IN_THE_LINE.sub(" at", problem["msg"].removeprefix("Value error, "))
    return f"{field}: {reason}" if field else reason
