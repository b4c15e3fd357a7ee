"""The answerer that needs no model: verbatim sentences, cited, or a refusal."""

from assistant.extractive.answerer import ExtractiveAnswerer

__all__ = ["ExtractiveAnswerer"]
