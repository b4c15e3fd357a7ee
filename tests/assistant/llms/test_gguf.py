"""A model file, run in this process by a real llama.cpp."""

import asyncio
import gc
from pathlib import Path
from typing import Any

import httpx
import pytest
from llama_index.core.base.llms.types import ChatMessage
from pydantic import SecretStr

from assistant import Assistant
from assistant.destinations import THIS_PROCESS, destinations
from assistant.llms import ChatClient, make_chat_client, probe
from assistant.llms.gguf import GGUFModel
from assistant.llms.models import ListedModel, list_models
from assistant.settings import LLMConfig, Settings
from ingest.config import LibraryConfig
from ingest.endpoint_errors import EndpointError
from tests.assistant.llms.calls import QUESTION
from tests.assistant.llms.tiny_gguf import write_tiny_gguf
from tests.support.checks import assert_sound
from tests.support.processes import output_of


@pytest.fixture(scope="module")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf")


def config_of(model_file: Path | None, **fields: Any) -> LLMConfig:
    return LLMConfig(
        **{"model_file": model_file, "context_window": 2048, "max_tokens": 16, **fields}
    )


def client_of(config: LLMConfig) -> ChatClient:
    client = make_chat_client(config)
    assert client is not None
    return client


def listening(base_url: str) -> bool:
    try:
        return httpx.get(f"{base_url}/models", timeout=5).status_code == 401
    except httpx.ConnectError:
        return False


def test_tokens_come_back_and_are_counted(model_file: Path) -> None:
    client = client_of(config_of(model_file))
    stream = client.stream(QUESTION)
    pieces = list(stream)
    assert len(pieces) > 1
    assert stream.finish_reason == "length"
    assert stream.usage.completion_tokens == 16
    assert not stream.usage_is_estimated
    again = asyncio.run(client.acomplete(QUESTION))
    assert again.text == "".join(pieces)


def test_only_this_process_can_ask(model_file: Path) -> None:
    client = client_of(config_of(model_file))
    url = f"{client.endpoint.base_url}/chat/completions"
    body = {"messages": [{"role": "user", "content": "a"}], "max_tokens": 1}
    assert url.startswith("http://127.0.0.1:")
    assert len(client.endpoint.key) > 40
    for key in ("wrong", "none", client.endpoint.key[:-1]):
        assert httpx.post(url, json=body, headers={"Authorization": f"Bearer {key}"}).is_error
    right = {"Authorization": f"Bearer {client.endpoint.key}"}
    assert httpx.post(url, json=body, headers=right).status_code == 200


def test_those_who_ask_for_one_file_share_it_and_the_last_one_stops_it(model_file: Path) -> None:
    first, second = client_of(config_of(model_file)), client_of(config_of(model_file))
    base_url = first.endpoint.base_url
    assert second.endpoint == first.endpoint
    del first
    gc.collect()
    assert listening(base_url)
    del second
    gc.collect()
    assert not listening(base_url)


def test_an_assistant_answers_with_it_and_lets_go_of_it(
    small_library_path: Path, model_file: Path
) -> None:
    window = 16_384
    settings = Settings(
        _env_file=None,
        library=LibraryConfig(path=small_library_path),
        llm=config_of(model_file, context_window=window),
    )
    assert str(destinations(settings)[0]) == f"chat: gguf, {THIS_PROCESS}"
    with Assistant(settings) as assistant:
        answer = assistant.ask("What accuracy does PetalMixer reach on ImageNet-1K?")
        assert assistant.status().ok
        (base_url,) = {
            str(model.api_base)
            for model in gc.get_objects()
            if isinstance(model, GGUFModel) and model.context_window == window
        }
        assert listening(base_url)
    assert_sound(answer)
    assert answer.usage.llm_calls == 1
    assert not any("did not answer" in warning for warning in answer.warnings)
    gc.collect()
    assert not listening(base_url)


def test_more_than_the_window_is_an_overflow(model_file: Path) -> None:
    client = client_of(config_of(model_file, context_window=512))
    with pytest.raises(EndpointError) as caught:
        client.complete([ChatMessage(role="user", content="word " * 1000)])
    assert caught.value.kind == "context"


def test_the_window_is_listed(model_file: Path) -> None:
    client = client_of(config_of(model_file))
    assert list_models(client.endpoint) == (ListedModel("tiny", 2048),)


def test_a_file_is_enough_and_goes_before_address_and_key(model_file: Path) -> None:
    config = config_of(model_file, base_url="http://127.0.0.1:9/v1", api_key=SecretStr("sk-1"))
    assert config.resolved_provider == "gguf"
    client = client_of(config)
    assert client.llm.model == "tiny"
    assert client.endpoint.key != "sk-1"


def test_the_probe_loads_nothing(model_file: Path) -> None:
    status = probe(config_of(model_file))
    assert (status.ok, status.provider, status.model) == (True, "gguf", "tiny")
    assert status.message == "gguf: tiny on this machine"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "a.gguf is not there. Set PAPERS_LLM__MODEL_FILE to a GGUF file."),
        (b"", "is no GGUF file"),
        (b"\x80\x04 a pickle", "is no GGUF file"),
        (b"GGUF\x03\x00\x00\x00 cut", "cannot be loaded"),
    ],
)
def test_a_file_that_is_no_model_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "a.gguf"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(EndpointError, match=said) as caught:
        make_chat_client(config_of(file))
    assert str(file) in str(caught.value)
    assert not caught.value.retryable


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    status = probe(config_of(tmp_path))
    assert not status.ok
    assert "cannot be read (Is a directory)" in status.message


def test_no_file_is_named() -> None:
    status = probe(config_of(None, provider="gguf"))
    assert status.message.endswith("PAPERS_LLM__MODEL_FILE is not set. Set it to a GGUF file.")


_WITHOUT_THE_EXTRA = """
import sys
from pathlib import Path

sys.modules["xllamacpp"] = None
from assistant.llms import make_chat_client, probe
from assistant.settings import LLMConfig
from ingest.endpoint_errors import EndpointError

config = LLMConfig(model_file=Path(sys.argv[1]))
print(probe(config).message)
try:
    make_chat_client(config)
except EndpointError as error:
    print(error)
"""


def test_without_the_extra_it_is_told_how_to_get_it(model_file: Path) -> None:
    told = output_of(_WITHOUT_THE_EXTRA, model_file).splitlines()
    assert len(told) == 2
    for line in told:
        assert "xllamacpp is not installed. Install it with: pip install xllamacpp" in line
