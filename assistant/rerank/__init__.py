"""Reranking, optional: a reranking endpoint, or the model that writes the answers."""

from assistant.rerank.registry import make_reranker

__all__ = ["make_reranker"]
