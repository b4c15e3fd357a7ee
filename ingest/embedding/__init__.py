"""Embedding models behind LlamaIndex's `BaseEmbedding`, chosen by settings."""

from ingest.embedding.provider import make_embedding, model_label

__all__ = ["make_embedding", "model_label"]
