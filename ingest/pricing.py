"""What models cost, from a dated table; providers change their prices, so costs are estimates."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.embedding.model_files import EMBEDDED_NAME
from ingest.errors import PaperAssistantError

PRICES_FILE = Path(__file__).with_name("prices.json")
_PER_TOKENS = 1_000_000

Price = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class PricesError(PaperAssistantError):
    """A file of prices cannot be used."""


class ChatPrice(BaseModel):
    """USD per million tokens of the prompt and of the answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prompt: Price
    completion: Price


class PriceTable(BaseModel):
    """Prices by the name of the model, as noted on a day. Discounts are left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    noted: date
    note: str = ""
    unit: Literal["USD per million tokens"]
    embedding: dict[str, Price] = {}
    chat: dict[str, ChatPrice] = {}

    def embedding_cost(self, model_label: str, tokens: int) -> float | None:
        """USD for embedding so many tokens; 0 for the embedded model, None for an unknown one."""
        if model_label == EMBEDDED_NAME or tokens == 0:
            return 0.0
        price = self.embedding.get(model_label)
        return None if price is None else price * tokens / _PER_TOKENS

    def chat_cost(self, model: str, prompt_tokens: int, completion_tokens: int) -> float | None:
        """USD for one or more calls that took so many tokens; None for an unknown model."""
        price = self.chat.get(model)
        if price is None:
            return None
        total = price.prompt * prompt_tokens + price.completion * completion_tokens
        return total / _PER_TOKENS


def load_prices(own: Path | None = None) -> PriceTable:
    """The program's table, under the figures of an own file of the same form.

    PricesError, which names the file and what is wrong with it, where the file cannot be used.
    """
    builtin = _builtin()
    if own is None:
        return builtin
    table = _load(own)
    return table.model_copy(
        update={
            "embedding": {**builtin.embedding, **table.embedding},
            "chat": {**builtin.chat, **table.chat},
        }
    )


@lru_cache(maxsize=1)
def _builtin() -> PriceTable:
    return _load(PRICES_FILE)


def _load(file: Path) -> PriceTable:
    try:
        return PriceTable.model_validate_json(file.read_bytes())
    except OSError as error:
        raise PricesError(
            f"{file}: cannot be read ({error.strerror}); check PAPERS_PRICES_FILE"
        ) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise PricesError(
            f"{file}: {where}: {first['msg']}; see {PRICES_FILE.name} of the program for the form"
        ) from error
