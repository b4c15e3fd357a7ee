"""Prices of models; the figures are worked out by hand from the table."""

import json
from datetime import date
from pathlib import Path

import pytest

from ingest.embedding.model_files import EMBEDDED_NAME
from ingest.pricing import PRICES_FILE, PricesError, load_prices

OWN = {
    "noted": "2027-01-15",
    "unit": "USD per million tokens",
    "embedding": {"harbour-embed": 0.5, "text-embedding-3-small": 0.01},
    "chat": {"harbour-chat": {"prompt": 1, "completion": 3}},
}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.json"
    path.write_text(json.dumps(OWN))
    return path


@pytest.mark.parametrize(
    ("model", "tokens", "usd"),
    [
        (EMBEDDED_NAME, 9_000_000, 0.0),
        ("text-embedding-3-small", 5_000_000, 0.10),
        ("text-embedding-3-large", 100_000, 0.013),
        ("text-embedding-ada-002", 2_000_000, 0.20),
        ("someones-embedder", 10, None),
        ("someones-embedder", 0, 0.0),
    ],
)
def test_embedding(model: str, tokens: int, usd: float | None) -> None:
    assert load_prices().embedding_cost(model, tokens) == pytest.approx(usd)


@pytest.mark.parametrize(
    ("model", "usd"),
    [
        ("gpt-4o-mini", 0.00015 + 0.0003),
        ("gpt-4o", 0.0025 + 0.005),
        ("gpt-4.1", 0.002 + 0.004),
        ("gpt-4.1-mini", 0.0004 + 0.0008),
        ("gpt-4.1-nano", 0.0001 + 0.0002),
        ("someones-model", None),
    ],
)
def test_chat_of_1000_and_500_tokens(model: str, usd: float | None) -> None:
    assert load_prices().chat_cost(model, 1000, 500) == pytest.approx(usd)


def test_the_table_says_when_it_was_noted_and_that_prices_change() -> None:
    fields = json.loads(PRICES_FILE.read_text())
    assert date.fromisoformat(fields["noted"]) == load_prices().noted
    assert "change" in fields["note"]
    assert "PAPERS_PRICES_FILE" in fields["note"]


def test_an_own_file_goes_before_the_table(own: Path) -> None:
    prices = load_prices(own)
    assert prices.noted == date(2027, 1, 15)
    assert prices.embedding_cost("text-embedding-3-small", 1_000_000) == pytest.approx(0.01)
    assert prices.embedding_cost("harbour-embed", 1_000_000) == pytest.approx(0.5)
    assert prices.embedding_cost("text-embedding-3-large", 1_000_000) == pytest.approx(0.13)
    assert prices.chat_cost("harbour-chat", 1_000_000, 1_000_000) == pytest.approx(4)
    assert load_prices().chat_cost("harbour-chat", 1, 1) is None


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"unit": "EUR per million tokens"}, "unit"),
        ({"embedding": {"harbour-embed": -1}}, "harbour-embed"),
        ({"chat": {"harbour-chat": {"prompt": 1}}}, "harbour-chat.completion"),
        ({"embeding": {}}, "embeding"),
        ({"noted": "some day"}, "noted"),
    ],
)
def test_a_file_of_another_form_is_refused(
    own: Path, change: dict[str, object], where: str
) -> None:
    own.write_text(json.dumps(OWN | change))
    with pytest.raises(PricesError, match=where) as caught:
        load_prices(own)
    assert str(own) in str(caught.value)


def test_no_json_and_no_file(own: Path) -> None:
    own.write_text("{")
    with pytest.raises(PricesError, match=r"prices\.json"):
        load_prices(own)
    with pytest.raises(PricesError, match="PAPERS_PRICES_FILE"):
        load_prices(own.with_name("missing.json"))
