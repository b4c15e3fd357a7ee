"""What a reader does to the page's own HTML, as its script reports it."""

import json
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator

from assistant.answer import Frozen

Kind = Literal[
    "open", "similar", "close", "unfilter", "only", "edit", "keep", "rate",
    "unhint", "hint", "page", "sort", "years", "cluster", "every", "delete",
]  # fmt: skip


class Act(Frozen):
    """One act. Which of the other fields are set depends on its kind."""

    kind: Kind
    paper: str = ""
    name: str = ""
    index: int = -1
    ids: tuple[str, ...] = ()
    verdict: Literal["up", "down"] = "up"
    comment: str = Field(default="", max_length=20_000)

    @field_validator("ids", mode="before")
    @classmethod
    def _decoded(cls, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value


def read_act(data: Any) -> Act | None:
    """The act that the script reported; None for what this page's script does not send."""
    try:
        return Act.model_validate(data)
    except ValidationError:
        return None
