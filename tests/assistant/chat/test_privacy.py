"""The page says which machines questions go to."""

import pytest

from assistant.chat.privacy import outside_hosts
from assistant.loopback import is_loopback
from assistant.settings import LLMConfig, Settings
from ingest.config import EmbeddingConfig


def test_nothing_leaves_by_default() -> None:
    assert outside_hosts(Settings(llm=LLMConfig(provider="extractive"))) == ()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000/v1", "http://localhost/v1", "http://[::1]/"]
)
def test_a_model_on_this_machine_is_not_outside(url: str) -> None:
    assert outside_hosts(Settings(llm=LLMConfig(base_url=url))) == ()


def test_the_host_of_an_endpoint_is_named() -> None:
    settings = Settings(llm=LLMConfig(base_url="https://user:pass@models.example:8443/v1"))
    assert outside_hosts(settings) == ("models.example",)


def test_openai_is_named_once_for_model_and_embedding() -> None:
    settings = Settings(
        llm=LLMConfig(provider="openai"), embedding=EmbeddingConfig(provider="openai")
    )
    assert outside_hosts(settings) == ("api.openai.com",)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "10.0.0.7", "example.org", "localhost.example.org", ""]
)
def test_other_hosts_are_not_loopback(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.3.2.1", "::1", "localhost"])
def test_this_machine_is_loopback(host: str) -> None:
    assert is_loopback(host)
