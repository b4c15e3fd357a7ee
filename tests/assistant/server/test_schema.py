"""schemathesis makes requests from the OpenAPI page; none may end in a server error."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from assistant.server.serving import ApiServer
from tests.support.api_server import serving
from tests.support.assistants import extractive_settings


@pytest.fixture(scope="module")
def schema_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    """A server over an empty library, to which anything may be done."""
    folder: Path = tmp_path_factory.mktemp("schema")
    with serving(extractive_settings(folder / "library")) as running:
        yield running


def test_no_request_ends_in_a_server_error(schema_server: ApiServer) -> None:
    schema = schemathesis.openapi.from_url(f"{schema_server.url}/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) > 15
    for operation in operations:
        _try(operation.as_strategy())


def _try(cases: SearchStrategy[schemathesis.Case[Any]]) -> None:
    @seed(7)
    @settings(
        max_examples=12,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def calls(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(
            checks=[not_a_server_error, content_type_conformance, status_code_conformance]
        )

    calls()
