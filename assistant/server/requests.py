"""What callers send, checked before anything is done with it."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from assistant.answer import Filters, Turn
from assistant.retrieval.hints import HintMode
from ingest.text import encodable

MAX_HITS = 100
MAX_TURNS = 100
MAX_IDS = 1000
MAX_TEXT = 100_000


def _clean(value: Any) -> Any:
    return encodable(value) if isinstance(value, str) else value


Clean = BeforeValidator(_clean)
"""Lone surrogates, which no encoding can hold, become question marks."""
Text = Annotated[str, Field(max_length=MAX_TEXT), Clean]
PaperId = Annotated[str, Field(min_length=1, max_length=2000), Clean]
KANS = "which papers replace MLPs with KANs?"


class Body(BaseModel):
    """Base of the requests: a member that is not known is refused, as it may be misspelt."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FiltersBody(Filters):
    """The filters of a request."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _encodable(cls, value: Any) -> Any:
        """No text that no encoding can hold."""
        return [_clean(item) for item in value] if isinstance(value, list) else _clean(value)

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        """Years that can be meant."""
        for year in (self.year_from, self.year_to):
            if year is not None and not 0 <= year <= 9999:
                raise ValueError("a year is a number from 0 to 9999")
        first, last = self.year_from, self.year_to
        if first is not None and last is not None and first > last:
            raise ValueError(f"year_from {first} is after year_to {last}")
        return self


class TurnBody(Turn):
    """An earlier exchange."""

    question: Text
    answer: Text = ""


Dismissed = Annotated[tuple[Text, ...], Field(max_length=50)]
HINTS: Any = Field(
    default=None,
    description="Whether words such as 'since 2023' are applied as filters, suggested, or left"
    " alone; null: as the server is set up. `dismissed` are texts of hints that are not wanted.",
)


class AskBody(Body):
    """A question, with the exchanges before it where it is a follow-up."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"question": KANS, "filters": {"year_from": 2023}}]}
    )

    question: Text = Field(description="What you want to know.")
    history: Annotated[tuple[TurnBody, ...], Field(max_length=MAX_TURNS)] = ()
    filters: FiltersBody = FiltersBody()
    hints: HintMode | None = HINTS
    dismissed: Dismissed = ()
    stream: bool = Field(
        default=False,
        description="Answer as server-sent events, as for Accept: text/event-stream.",
    )


class SearchBody(Body):
    """A search."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"query": "kolmogorov arnold networks", "limit": 5}]}
    )

    query: Text = Field(description="What to look for.")
    limit: int = Field(default=10, ge=1, le=MAX_HITS, description="How many papers.")
    filters: FiltersBody = FiltersBody()
    hints: HintMode | None = HINTS
    dismissed: Dismissed = ()
    explain: bool = Field(default=False, description="Say why each paper stands where it stands.")


class IdsBody(Body):
    """Papers, by their ids."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"ids": ["arxiv:2409.10594"]}]})

    ids: Annotated[tuple[PaperId, ...], Field(min_length=1, max_length=MAX_IDS)]


class IngestBody(Body):
    """Records as text, in any format that a file may have."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "mine.bib",
                    "text": "@article{a, title={Bridges}, abstract={They span.}, year={2020}}",
                }
            ]
        }
    )

    text: Annotated[str, Clean] = Field(min_length=1)
    name: Annotated[str, Clean] = Field(default="text", max_length=1000)
    format: str = Field(default="auto", max_length=40, description="auto: told by content.")
    keep_without_abstract: bool = False
