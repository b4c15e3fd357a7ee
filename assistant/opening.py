"""Puts the parts of the assistant together as the settings say."""

import logging
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from assistant.destinations import destinations
from assistant.engine import AnswerEngine
from assistant.extractive import ExtractiveAnswerer
from assistant.llms.chat import ChatClient
from assistant.llms.registry import make_breaker, make_chat_client
from assistant.rerank import make_reranker
from assistant.retrieval import HybridSearch
from assistant.settings import Settings
from assistant.traced import TracedEngine, TracedSearch
from assistant.tracing import start_tracing
from ingest.config import EmbeddingConfig
from ingest.embedding import make_embedding, model_label
from ingest.embedding.embedded import EmbeddedEmbedding
from ingest.embedding.provider import sentence_encoder
from ingest.library import Library

_log = logging.getLogger(__name__)


def open_engine(settings: Settings) -> AnswerEngine:
    """Open library, models and indexes; PaperAssistantError names what is in the way."""
    for destination in destinations(settings):
        _log.info("%s", destination)
    start_tracing(settings)
    library = Library.open(settings.library, model_label(settings.embedding))
    hybrid = HybridSearch(library, query_embedder(settings.embedding), settings.retrieval)
    breaker = make_breaker(settings.llm)

    def connect() -> ChatClient | None:
        return make_chat_client(settings.llm, breaker)

    search = TracedSearch(hybrid, make_reranker(settings.rerank, connect))
    extractive = ExtractiveAnswerer(library, sentence_encoder(settings.embedding))
    return TracedEngine(settings, search, extractive, connect)


def query_embedder(config: EmbeddingConfig) -> Callable[[str], npt.NDArray[np.float32]]:
    """A function from a query to its unit vector."""
    embedding = make_embedding(config)
    if isinstance(embedding, EmbeddedEmbedding):
        return embedding.encoder.encode_one

    def embed(query: str) -> npt.NDArray[np.float32]:
        vector = np.asarray(embedding.get_query_embedding(query), dtype=np.float32)
        return vector / max(float(np.linalg.norm(vector)), 1e-12)

    return embed
