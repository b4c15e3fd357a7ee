"""The providers of LLMs. A provider is a file here and a line in `PROVIDERS`."""

from collections.abc import Callable, Mapping

from llama_index.llms.openai import OpenAI

from assistant.llms.breaker import CircuitBreaker
from assistant.llms.chat import ChatClient
from assistant.llms.compatible import make_compatible
from assistant.llms.endpoint import endpoint_of
from assistant.llms.gguf import make_gguf
from assistant.llms.openai import make_openai
from assistant.settings import LLMConfig
from ingest.retry import RetryPolicy

PROVIDERS: Mapping[str, Callable[[LLMConfig], OpenAI]] = {
    "openai": make_openai,
    "openai-compatible": make_compatible,
    "gguf": make_gguf,
}


def make_llm(config: LLMConfig) -> OpenAI | None:
    """The configured model as a LlamaIndex `LLM`; None for the extractive answerer.

    Raises EndpointError where a setting is missing, where an endpoint that is to choose the model
    does not answer, or where a model file cannot be run.
    """
    if config.resolved_provider == "extractive":
        return None
    return PROVIDERS[config.resolved_provider](config)


def make_chat_client(config: LLMConfig, breaker: CircuitBreaker | None = None) -> ChatClient | None:
    """The same model behind retries and safe streams; None for the extractive answerer.

    `breaker` is kept from one attempt to connect to the next; it also guards the question for the
    endpoint's models.
    """
    if config.resolved_provider == "extractive":
        return None
    breaker = breaker or make_breaker(config)
    with breaker.guarding(endpoint_of(config)):
        llm = make_llm(config)
    policy = RetryPolicy(max_attempts=config.max_attempts, deadline_s=config.deadline_s)
    return ChatClient(llm, policy, breaker) if llm else None


def make_breaker(config: LLMConfig) -> CircuitBreaker:
    """A closed circuit breaker with the configured patience."""
    return CircuitBreaker(config.breaker_failures, config.breaker_rest_s)
