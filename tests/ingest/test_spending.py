"""Money and time in the reports of ingests and dry runs."""

import json
from pathlib import Path

import pytest

from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.pipeline import dry_run, ingest_records
from ingest.pricing import PricesError
from ingest.report import IngestReport
from tests.support.embedding import served_embedding
from tests.support.openai_server import OpenAIServer
from tests.support.papers import make_papers


@pytest.fixture
def library(tmp_path: Path) -> LibraryConfig:
    return LibraryConfig(path=tmp_path / "library")


def test_a_known_model_costs_what_its_tokens_cost(
    library: LibraryConfig, openai_server: OpenAIServer
) -> None:
    embedding = served_embedding(openai_server, "text-embedding-3-large")
    planned = dry_run(make_papers(5), library, embedding)
    assert planned.embedded_tokens > 0
    assert planned.cost_usd == pytest.approx(planned.embedded_tokens * 0.13 / 1e6)
    assert planned.estimated_seconds == 1.0
    assert "tokens to embed" in planned.lines()[1]
    assert openai_server.requests == ()
    done = ingest_records(make_papers(5), library, embedding)
    assert (done.embedded_tokens, done.cost_usd) == (planned.embedded_tokens, planned.cost_usd)
    again = ingest_records(make_papers(5), library, embedding)
    assert (again.embedded_tokens, again.cost_usd) == (0, 0.0)


def test_an_endpoint_is_taken_to_answer_a_batch_a_second(
    library: LibraryConfig, openai_server: OpenAIServer
) -> None:
    limits = {"batch_size": 4, "concurrency": 2}
    embedding = served_embedding(openai_server).model_copy(update=limits)
    planned = dry_run(make_papers(41), library, embedding)
    assert planned.estimated_seconds == 6.0  # eleven calls, two at a time
    assert openai_server.requests == ()


def test_a_model_without_a_price(library: LibraryConfig, openai_server: OpenAIServer) -> None:
    planned = dry_run(make_papers(2), library, served_embedding(openai_server))
    assert planned.cost_usd is None
    assert "cost unknown" in planned.lines()[1]


def test_an_own_price(library: LibraryConfig, openai_server: OpenAIServer, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    fields = {"noted": "2027-01-15", "unit": "USD per million tokens"}
    own.write_text(json.dumps({**fields, "embedding": {"test-embed": 1000}}))
    embedding = served_embedding(openai_server)
    planned = dry_run(make_papers(2), library, embedding, prices_file=own)
    assert planned.cost_usd == pytest.approx(planned.embedded_tokens / 1000)
    done = ingest_records(make_papers(2), library, embedding, prices_file=own)
    assert done.cost_usd == planned.cost_usd


def test_bad_prices_are_told_before_anything_is_spent(
    library: LibraryConfig, openai_server: OpenAIServer, tmp_path: Path
) -> None:
    with pytest.raises(PricesError):
        ingest_records(
            make_papers(2), library, served_embedding(openai_server), prices_file=tmp_path / "none"
        )
    assert openai_server.requests == ()


def test_the_embedded_model_costs_time_alone(library: LibraryConfig) -> None:
    planned = dry_run(make_papers(30), library, EmbeddingConfig())
    more = dry_run(make_papers(3000), library, EmbeddingConfig())
    assert planned.cost_usd == more.cost_usd == 0.0
    assert planned.estimated_seconds is not None
    assert more.estimated_seconds is not None
    assert more.estimated_seconds > planned.estimated_seconds > 0
    assert not library.path.exists()


def test_nothing_to_embed_takes_no_time(library: LibraryConfig) -> None:
    ingest_records(make_papers(2), library, EmbeddingConfig())
    planned = dry_run(make_papers(2), library, EmbeddingConfig())
    assert (planned.unchanged, planned.estimated_seconds) == (2, 0.0)


def test_an_ingest_estimates_nothing(library: LibraryConfig) -> None:
    done = ingest_records(make_papers(2), library, EmbeddingConfig())
    assert (done.cost_usd, done.estimated_seconds) == (0.0, None)
    assert "would take" not in done.lines()[1]


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.4, "0 s"), (41.6, "42 s"), (600, "10 min"), (5340, "89 min"), (9000, "2.5 h")],
)
def test_the_estimate_is_shown_in_the_unit_that_fits(seconds: float, shown: str) -> None:
    report = IngestReport(estimated_seconds=seconds)
    assert report.lines()[1].endswith(f"embedding would take about {shown}")


@pytest.mark.parametrize(
    ("cost", "shown"),
    [
        (0.0, None),
        (0.00001, "under 0.0001 USD"),
        (1.23456, "1.2346 USD"),
        (None, "unknown (PAPERS_PRICES_FILE can name a price)"),
    ],
)
def test_the_cost_is_shown(cost: float | None, shown: str | None) -> None:
    line = IngestReport(cost_usd=cost).lines()[1]
    assert ("cost" in line) is (shown is not None)
    assert shown is None or line.endswith(f"cost {shown}")
