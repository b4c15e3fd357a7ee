"""Chooses the embedding model that the settings name."""

from functools import lru_cache
from pathlib import Path

from llama_index.core.base.embeddings.base import BaseEmbedding

from ingest.config import EmbeddingConfig
from ingest.embedding.embedded import EmbeddedEmbedding
from ingest.embedding.encoder import OnnxEncoder
from ingest.embedding.model_files import EMBEDDED_NAME, embedded_model, model_in_folder
from ingest.errors import EmbeddingError

OPENAI_DEFAULT_MODEL = "text-embedding-3-small"
_OPENAI_BASE_URL = "https://api.openai.com/v1"


def make_embedding(config: EmbeddingConfig) -> BaseEmbedding:
    """Build the configured embedding; EmbeddingError names the setting that is missing."""
    if config.provider == "embedded":
        return EmbeddedEmbedding(_encoder(config.model_dir, config.max_tokens, config.workers))
    return _endpoint(config)


def sentence_encoder(config: EmbeddingConfig) -> OnnxEncoder:
    """The encoder on this machine that scores sentences, whatever embeds the library."""
    return _encoder(config.model_dir, config.max_tokens, config.workers)


def model_label(config: EmbeddingConfig) -> str:
    """Name of the model as it is stamped into a library's manifest."""
    if config.provider == "embedded":
        return model_in_folder(config.model_dir).name if config.model_dir else EMBEDDED_NAME
    return config.model or OPENAI_DEFAULT_MODEL


@lru_cache(maxsize=4)
def _encoder(model_dir: Path | None, max_tokens: int, workers: int) -> OnnxEncoder:
    files = model_in_folder(model_dir) if model_dir else embedded_model()
    return OnnxEncoder(files, max_tokens, workers)


def _endpoint(config: EmbeddingConfig) -> BaseEmbedding:
    from ingest.embedding.endpoint import EndpointEmbedding

    if config.provider == "openai-compatible" and not (config.base_url and config.model):
        raise EmbeddingError(
            "provider openai-compatible needs PAPERS_EMBEDDING__BASE_URL and"
            " PAPERS_EMBEDDING__MODEL"
        )
    if config.provider == "openai" and not config.api_key:
        raise EmbeddingError("provider openai needs PAPERS_EMBEDDING__API_KEY or OPENAI_API_KEY")
    return EndpointEmbedding(
        config.base_url or _OPENAI_BASE_URL,
        config.model or OPENAI_DEFAULT_MODEL,
        api_key=config.api_key,
        batch_size=config.batch_size,
        concurrency=config.concurrency,
        timeout_s=config.timeout_s,
    )
