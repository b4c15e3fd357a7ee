"""The rerankers. One is a file here and a line below."""

from collections.abc import Callable

from assistant.llms.chat import ChatClient
from assistant.rerank.endpoint import EndpointReranker
from assistant.rerank.model import ModelReranker
from assistant.rerank_config import RerankConfig
from assistant.retrieval.reranking import Reranker


def make_reranker(
    config: RerankConfig, connect: Callable[[], ChatClient | None]
) -> Reranker | None:
    """The configured reranker, None where none is; `connect` gives the model's client.

    Raises EndpointError where a setting is missing or cannot be right.
    """
    if config.provider == "endpoint":
        return EndpointReranker(config)
    if config.provider == "llm":
        return ModelReranker(config, connect)
    return None
