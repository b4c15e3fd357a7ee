"""What makes a request body unacceptable before any script is looked at."""

from typing import Any

from tests.support.openai_errors import Dialect, invalid_request
from tests.support.openai_replies import HttpReply

MAX_INPUTS = 2048
"""OpenAI's limit on the texts of one embeddings request."""


def request_fault(endpoint: str, body: Any, dialect: Dialect) -> HttpReply | None:
    """The 400 for a body that is not a request for `endpoint`, or `None`."""
    if not isinstance(body, dict):
        return invalid_request("The body is no JSON object.", None, dialect)
    if not isinstance(body.get("model"), str):
        return invalid_request("`model` must be a string.", "model", dialect)
    problem = {
        "/chat/completions": _chat_problem,
        "/embeddings": _embeddings_problem,
        "/rerank": _rerank_problem,
    }[endpoint](body)
    return None if problem is None else invalid_request(problem[1], problem[0], dialect)


def _chat_problem(body: dict[str, Any]) -> tuple[str, str] | None:
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        return "messages", "`messages` must be a list of at least one message."
    if not all(isinstance(message, dict) and "role" in message for message in messages):
        return "messages", "Every message must be an object with a `role`."
    if body.get("stream_options") is not None and not body.get("stream"):
        return "stream_options", "`stream_options` is only for streams."
    return None


def _embeddings_problem(body: dict[str, Any]) -> tuple[str, str] | None:
    texts = body.get("input")
    texts = [texts] if isinstance(texts, str) else texts
    if not isinstance(texts, list) or not 1 <= len(texts) <= MAX_INPUTS:
        return "input", f"`input` must be a text or a list of 1 to {MAX_INPUTS} texts."
    if not all(isinstance(text, str) and text for text in texts):
        return "input", "Every input must be a text that is not empty."
    if body.get("encoding_format", "float") not in ("float", "base64"):
        return "encoding_format", "`encoding_format` must be `float` or `base64`."
    return None


def _rerank_problem(body: dict[str, Any]) -> tuple[str, str] | None:
    if not isinstance(body.get("query"), str):
        return "query", "`query` must be a string."
    documents = body.get("documents")
    if not isinstance(documents, list) or not all(isinstance(text, str) for text in documents):
        return "documents", "`documents` must be a list of strings."
    return None
