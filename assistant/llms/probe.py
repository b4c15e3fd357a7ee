"""Asks at start whether the configured endpoint will answer, before a person asks anything."""

from dataclasses import dataclass
from importlib.util import find_spec
from urllib.parse import urlsplit

from assistant.llms.endpoint import endpoint_of
from assistant.llms.gguf import RUNNER, not_installed
from assistant.llms.models import LISTING_TIMEOUT_S, ListedModel, list_models
from assistant.settings import LLMConfig
from ingest.endpoint_errors import Endpoint, EndpointError

_SHOWN_NAMES = 5


@dataclass(frozen=True)
class EndpointStatus:
    """Whether questions can be answered, by which model and where; a remedy where they cannot.

    `base_url` is as it may be shown and empty where none is called; no field holds the key.
    `context_window` is the model's own, in tokens, where the endpoint tells it.
    """

    ok: bool
    provider: str
    model: str
    base_url: str
    message: str
    remedy: str = ""
    context_window: int | None = None


def probe(config: LLMConfig, timeout_s: float = LISTING_TIMEOUT_S) -> EndpointStatus:
    """Ask `/models` once; never raises for what an endpoint does.

    An endpoint that has no listing but whose address ends in a path is given the benefit of the
    doubt when a model is configured.
    """
    provider = config.resolved_provider
    if provider == "extractive":
        message = "extractive: answers are sentences of the abstracts; no model is called"
        return EndpointStatus(True, provider, "", "", message)
    if provider == "gguf":
        return _of_file(config)
    try:
        endpoint = endpoint_of(config)
        models = list_models(endpoint, timeout_s)
    except EndpointError as error:
        if _only_lacks_listing(error):
            return _unlisted(config, error.endpoint)
        return _failed(config, error)
    return _judged(config, endpoint, models)


def _of_file(config: LLMConfig) -> EndpointStatus:
    """Whether file and runner are there; loading the model, which may take long, tells the rest."""
    try:
        file = endpoint_of(config)
        if find_spec(RUNNER) is None:
            raise not_installed(file)
    except EndpointError as error:
        return _failed(config, error)
    return EndpointStatus(True, "gguf", file.model, "", f"gguf: {file.model} on this machine")


def _judged(
    config: LLMConfig, endpoint: Endpoint, models: tuple[ListedModel, ...]
) -> EndpointStatus:
    if not endpoint.model and models:
        return _serves(config, endpoint, models[0])
    found = next((model for model in models if model.answers_to(endpoint.model)), None)
    if found is not None:
        return _serves(config, endpoint, found)
    names = [model.name for model in models[:_SHOWN_NAMES]]
    more = ", ..." if len(models) > _SHOWN_NAMES else ""
    listed = f"it lists {', '.join(names)}{more}" if names else "it lists no model"
    wanted = f"does not list the model {endpoint.model!r}; " if endpoint.model else ""
    return _failed(config, EndpointError("model", endpoint, f"{wanted}{listed}"))


def _serves(config: LLMConfig, endpoint: Endpoint, model: ListedModel) -> EndpointStatus:
    name = endpoint.model or model.name
    message = f"{config.resolved_provider}: {name} at {endpoint.url}"
    remedy = ""
    window = model.context_window
    if window is not None and window < config.context_window:
        message += f", which takes {window} tokens, not {config.context_window}"
        remedy = f"Set {endpoint.window} to {window}."
    return EndpointStatus(
        True, config.resolved_provider, name, endpoint.url, message, remedy, window
    )


def _only_lacks_listing(error: EndpointError) -> bool:
    not_served = error.kind == "bad_request" and error.parameter is None
    has_path = urlsplit(error.endpoint.base_url).path.strip("/") != ""
    return not_served and has_path and bool(error.endpoint.model)


def _unlisted(config: LLMConfig, endpoint: Endpoint) -> EndpointStatus:
    provider = config.resolved_provider
    message = f"{provider}: {endpoint.model} at {endpoint.url}, which does not list its models"
    return EndpointStatus(True, provider, endpoint.model, endpoint.url, message)


def _failed(config: LLMConfig, error: EndpointError) -> EndpointStatus:
    endpoint = error.endpoint
    message = f"{config.resolved_provider}: {error}"
    return EndpointStatus(
        False, config.resolved_provider, endpoint.model, endpoint.url, message, error.remedy
    )
