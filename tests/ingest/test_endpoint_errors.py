"""What an endpoint and its errors show."""

import pytest
from pydantic import SecretStr

from ingest.endpoint_errors import Endpoint, EndpointError
from ingest.errors import PaperAssistantError

PLAIN = Endpoint("http://127.0.0.1:8000/v1", "m", "PAPERS_LLM", "PAPERS_LLM__CONTEXT_WINDOW")


def test_password_in_the_address_is_not_shown() -> None:
    endpoint = Endpoint("https://me:pw@host:81/v1?token=t", "m", "PAPERS_LLM", "W")
    assert endpoint.url == "https://host:81/v1"


@pytest.mark.parametrize("key", ["sk-a\n", "sk a", "sk-é", " sk-a"])
def test_a_key_that_is_no_header_is_refused_without_showing_it(key: str) -> None:
    endpoint = Endpoint("http://127.0.0.1/v1", "m", "PAPERS_LLM", "W", SecretStr(key))
    with pytest.raises(EndpointError) as caught:
        endpoint.checked()
    assert caught.value.kind == "auth"
    assert key not in str(caught.value)
    assert key not in repr(endpoint)


def test_message_in_full() -> None:
    error = EndpointError("server", PLAIN, "failed (HTTP 500)", detail="It broke.")
    error.attempts = 3
    assert isinstance(error, PaperAssistantError)
    assert str(error) == (
        "http://127.0.0.1:8000/v1 failed (HTTP 500): It broke (3 attempts)."
        " Try again later; the server's log says more."
    )


def test_remedies_name_the_setting() -> None:
    assert "PAPERS_LLM__API_KEY" in EndpointError("auth", PLAIN, "x").remedy
    assert "PAPERS_LLM__MODEL" in EndpointError("model", PLAIN, "x").remedy
    assert "PAPERS_LLM__CONTEXT_WINDOW" in EndpointError("context", PLAIN, "x").remedy
