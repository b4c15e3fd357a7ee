"""Counts tokens without a network (see `ingest.tokens`)."""

from ingest.tokens import count_tokens, encoding_of

__all__ = ["count_tokens", "encoding_of"]
