"""Settings that embed through the scriptable server, and what it was asked to embed."""

from ingest.config import EmbeddingConfig
from tests.support.openai_server import OpenAIServer
from tests.support.openai_vectors import input_texts


def served_embedding(server: OpenAIServer, model: str = "test-embed") -> EmbeddingConfig:
    """The server's embedding model, whose vectors cost next to nothing."""
    return EmbeddingConfig(provider="openai-compatible", base_url=server.base_url, model=model)


def embedded_texts(server: OpenAIServer) -> list[str]:
    """Every text the server was asked to embed, in order of arrival."""
    return [
        text for request in server.requests_to("/embeddings") for text in input_texts(request.json)
    ]
