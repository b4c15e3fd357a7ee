"""The OpenAI API as a LlamaIndex LLM."""

from typing import Any

from llama_index.llms.openai import OpenAI
from llama_index.llms.openai.utils import ALL_AVAILABLE_MODELS, is_chatcomp_api_supported
from llama_index.llms.openai_like import OpenAILike

from assistant.llms.endpoint import endpoint_of
from assistant.settings import LLMConfig
from ingest.endpoint_errors import Endpoint, EndpointError


def make_openai(config: LLMConfig) -> OpenAI:
    """The configured OpenAI model; EndpointError where the key or the model cannot be right.

    LlamaIndex's `OpenAI` refuses names it does not know, such as fine-tuned or newer models; those
    go through `OpenAILike` with the configured window.
    """
    endpoint = endpoint_of(config)
    common = common_arguments(config, endpoint)
    if endpoint.model in ALL_AVAILABLE_MODELS:
        return OpenAI(**common)
    return OpenAILike(is_chat_model=True, context_window=config.context_window, **common)


def common_arguments(config: LLMConfig, endpoint: Endpoint) -> dict[str, Any]:
    """What both LLM classes take; retries are ours, so the classes' own are off.

    Raises EndpointError for a model that LlamaIndex knows to have no chat completions.
    """
    if not is_chatcomp_api_supported(endpoint.model):
        what = f"serves {endpoint.model} by the Responses API only"
        remedy = "Set PAPERS_LLM__MODEL to a model for chat completions."
        raise EndpointError("model", endpoint, what, remedy=remedy)
    return {
        "model": endpoint.model,
        "api_base": endpoint.base_url,
        "api_key": endpoint.key,
        "temperature": config.temperature,
        "max_tokens": config.max_tokens,
        "timeout": config.timeout_s,
        "max_retries": 0,
        "additional_kwargs": {} if config.seed is None else {"seed": config.seed},
    }
