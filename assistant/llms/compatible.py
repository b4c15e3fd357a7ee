"""Any endpoint that speaks OpenAI's protocol (vLLM, llama.cpp, Ollama) as a LlamaIndex LLM."""

from dataclasses import replace

from llama_index.llms.openai import OpenAI
from llama_index.llms.openai_like import OpenAILike

from assistant.llms.endpoint import endpoint_of
from assistant.llms.models import first_model
from assistant.llms.openai import common_arguments
from assistant.settings import LLMConfig


def make_compatible(config: LLMConfig) -> OpenAI:
    """The configured model, or the first that the endpoint lists.

    Raises EndpointError where the address is missing, or where the endpoint must be asked for its
    models and does not answer.
    """
    endpoint = endpoint_of(config)
    if not endpoint.model:
        endpoint = replace(endpoint, model=first_model(endpoint).name)
    return OpenAILike(
        is_chat_model=True,
        context_window=config.context_window,
        should_use_structured_outputs=True,
        **common_arguments(config, endpoint),
    )
