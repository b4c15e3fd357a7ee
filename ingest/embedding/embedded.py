"""The embedded model as a LlamaIndex embedding, usable on its own."""

from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from ingest.embedding.encoder import OnnxEncoder, Vectors


class EmbeddedEmbedding(BaseEmbedding):
    """Runs an `OnnxEncoder` on this machine; no key, no network."""

    _encoder: OnnxEncoder = PrivateAttr()

    def __init__(self, encoder: OnnxEncoder, **kwargs: Any) -> None:
        super().__init__(model_name=encoder.files.name, **kwargs)
        self._encoder = encoder

    @property
    def encoder(self) -> OnnxEncoder:
        """The encoder behind it, for callers that want arrays."""
        return self._encoder

    def encode(self, texts: list[str]) -> Vectors:
        """Vectors of shape (n, dimension)."""
        return self._encoder.encode(texts)

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        vector: list[float] = self._encoder.encode_one(text).tolist()
        return vector

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._encoder.encode(texts).tolist()
        return vectors
