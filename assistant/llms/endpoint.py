"""The chat endpoint that the settings name."""

from pydantic import SecretStr

from assistant.settings import OPENAI_DEFAULT_MODEL, LLMConfig
from ingest.endpoint_errors import Endpoint, EndpointError

OPENAI_BASE_URL = "https://api.openai.com/v1"
_SETTINGS = "PAPERS_LLM"
_WINDOW = "PAPERS_LLM__CONTEXT_WINDOW"


def endpoint_of(config: LLMConfig) -> Endpoint:
    """Where `config` sends its calls; `model` is empty where the endpoint is to choose.

    Raises EndpointError where a setting is missing or cannot be right.
    """
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
