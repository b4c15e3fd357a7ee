"""The chat endpoint that the settings name."""

from pathlib import Path

from pydantic import SecretStr

from assistant.settings import OPENAI_DEFAULT_MODEL, LLMConfig
from ingest.endpoint_errors import Endpoint, EndpointError

OPENAI_BASE_URL = "https://api.openai.com/v1"
_SETTINGS = "PAPERS_LLM"
_WINDOW = "PAPERS_LLM__CONTEXT_WINDOW"
_FILE = "PAPERS_LLM__MODEL_FILE"
_GGUF_MAGIC = b"GGUF"


def endpoint_of(config: LLMConfig) -> Endpoint:
    """Where `config` sends its calls; `model` is empty where the endpoint is to choose.

    A model file stands in the place of an address, its name in that of the model.

    Raises EndpointError where a setting is missing or cannot be right.
    """
    if config.resolved_provider == "gguf":
        return _file_of(config)
    if config.resolved_provider == "openai":
        base_url = config.base_url or OPENAI_BASE_URL
        endpoint = chat_endpoint(base_url, config.model or OPENAI_DEFAULT_MODEL, config.api_key)
        if not config.api_key:
            raise EndpointError("auth", endpoint, "was not called: no key is set")
        return endpoint.checked()
    endpoint = chat_endpoint(config.base_url or "", config.model or "", config.api_key)
    if not endpoint.base_url.startswith(("http://", "https://")):
        raise EndpointError(
            "connection",
            endpoint,
            "is not an address" if config.base_url else "(no address is set)",
            retryable=False,
            remedy=f"Set {_SETTINGS}__BASE_URL to an address such as http://127.0.0.1:8000/v1.",
        )
    return endpoint.checked()


def chat_endpoint(base_url: str, model: str, api_key: SecretStr | None) -> Endpoint:
    """An endpoint whose errors name the settings of chat."""
    return Endpoint(base_url.rstrip("/"), model, _SETTINGS, _WINDOW, api_key)


def _file_of(config: LLMConfig) -> Endpoint:
    path = config.model_file
    if path is None:
        unset = Endpoint(_FILE, "", _SETTINGS, _WINDOW)
        raise EndpointError("model", unset, "is not set", remedy="Set it to a GGUF file.")
    file = Endpoint(str(path), config.model or path.stem, _SETTINGS, _WINDOW)
    if what := _trouble_with(path):
        raise EndpointError("model", file, what, remedy=f"Set {_FILE} to a GGUF file.")
    return file


def _trouble_with(path: Path) -> str:
    """What is wrong with a model file as far as its first bytes tell; empty where nothing is."""
    try:
        with path.open("rb") as file:
            begins = file.read(len(_GGUF_MAGIC))
    except FileNotFoundError:
        return "is not there"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return "" if begins == _GGUF_MAGIC else "is no GGUF file"
