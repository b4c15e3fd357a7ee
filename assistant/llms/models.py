"""The models that an endpoint lists."""

from dataclasses import dataclass

import openai

from ingest.endpoint_errors import Endpoint, EndpointError
from ingest.endpoint_faults import translated

LISTING_TIMEOUT_S = 3.0
"""A listing is asked for while a person waits for the start."""


@dataclass(frozen=True)
class ListedModel:
    """A name and, where the server tells it (vLLM and llama.cpp do), the window in tokens."""

    name: str
    context_window: int | None = None

    def answers_to(self, name: str) -> bool:
        """Whether a request for `name` reaches this model; Ollama adds `:latest` by itself."""
        return self.name in (name, f"{name}:latest")


def list_models(
    endpoint: Endpoint, timeout_s: float = LISTING_TIMEOUT_S
) -> tuple[ListedModel, ...]:
    """Ask `/models`, once. Raises EndpointError, also where the list is no list."""
    with (
        openai.OpenAI(
            base_url=endpoint.base_url, api_key=endpoint.key, max_retries=0, timeout=timeout_s
        ) as client,
        translated(endpoint),
    ):
        page = client.get("/models", cast_to=object)
    entries = page.get("data") if isinstance(page, dict) else None
    if not isinstance(entries, list):
        raise EndpointError("bad_reply", endpoint, "sent no list of models")
    return tuple(model for entry in entries if (model := _listed(entry)) is not None)


def first_model(endpoint: Endpoint) -> ListedModel:
    """The model that a compatible endpoint lists first; EndpointError where it lists none."""
    models = list_models(endpoint)
    if not models:
        raise EndpointError("model", endpoint, "lists no model")
    return models[0]


def _listed(entry: object) -> ListedModel | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        return None
    meta = entry.get("meta")
    llama_cpp = meta.get("n_ctx") if isinstance(meta, dict) else None
    window = entry.get("max_model_len", llama_cpp)
    return ListedModel(entry["id"], window if isinstance(window, int) else None)
