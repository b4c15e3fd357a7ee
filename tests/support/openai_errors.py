"""The error replies of OpenAI and of vLLM, as an assistant's clients meet them.

OpenAI's `code` is a string or null; vLLM's is the HTTP status as an integer, and it names no
`context_length_exceeded`. vLLM's 401 carries a bare string. Messages are worded here: servers
change theirs from one version to the next, so nothing should be read from them.
"""

from typing import Any, Literal

from tests.support.openai_replies import HttpReply

Dialect = Literal["openai", "vllm"]


def error_body(message: str, kind: str, param: str | None, code: str | int | None) -> Any:
    """The error object that both dialects share."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def rate_limited(retry_after_s: float | None = 0.01) -> HttpReply:
    """429 that passes by itself; `retry_after_s` is the `Retry-After` header, `None` for none.

    The `openai` client obeys fractions, and ignores 0 in favour of its own wait of half a second.
    """
    headers = {} if retry_after_s is None else {"retry-after": f"{retry_after_s:g}"}
    body = error_body("Too many requests a minute.", "requests", None, "rate_limit_exceeded")
    return HttpReply(429, body, headers)


def quota_exhausted() -> HttpReply:
    """429 that does not pass: the account has no credit left."""
    body = error_body("No credit is left.", "insufficient_quota", None, "insufficient_quota")
    return HttpReply(429, body)


def server_error(status: int = 500, dialect: Dialect = "openai") -> HttpReply:
    """A failure on the server's side: 500, 502, 503."""
    if dialect == "vllm":
        return HttpReply(status, error_body("It failed.", "InternalServerError", None, status))
    return HttpReply(status, error_body("It failed.", "server_error", None, None))


def unauthorized(dialect: Dialect = "openai") -> HttpReply:
    """401 for a missing or wrong key."""
    if dialect == "vllm":
        return HttpReply(401, {"error": "Unauthorized"})
    body = error_body("The key is wrong.", "invalid_request_error", None, "invalid_api_key")
    return HttpReply(401, body)


def unknown_model(model: str, dialect: Dialect = "openai") -> HttpReply:
    """404 for a model that the server does not have."""
    message = f"There is no model {model!r}."
    if dialect == "vllm":
        return HttpReply(404, error_body(message, "NotFoundError", "model", 404))
    return HttpReply(404, error_body(message, "invalid_request_error", None, "model_not_found"))


def unknown_route(dialect: Dialect = "openai") -> HttpReply:
    """404 for a path that the server does not serve, as when `/v1` is left out of the base URL."""
    if dialect == "vllm":
        return HttpReply(404, {"detail": "Not Found"})
    return HttpReply(404, error_body("No such path.", "invalid_request_error", None, None))


def context_overflow(
    tokens: int = 9000, limit: int = 4096, dialect: Dialect = "openai"
) -> HttpReply:
    """400 for a prompt of `tokens` tokens where the model takes `limit`."""
    message = f"The prompt has {tokens} tokens and the model takes {limit}."
    if dialect == "vllm":
        return HttpReply(400, error_body(message, "BadRequestError", "input_tokens", 400))
    kind = "invalid_request_error"
    return HttpReply(400, error_body(message, kind, "messages", "context_length_exceeded"))


def refused_parameter(name: str, dialect: Dialect = "openai") -> HttpReply:
    """400 for a request parameter that the model does not support."""
    message = f"The parameter {name!r} is not supported with this model."
    if dialect == "vllm":
        return HttpReply(400, error_body(message, "BadRequestError", name, 400))
    kind = "invalid_request_error"
    return HttpReply(400, error_body(message, kind, name, "unsupported_parameter"))


def invalid_request(message: str, param: str | None, dialect: Dialect = "openai") -> HttpReply:
    """400 for a request that is not the protocol's."""
    if dialect == "vllm":
        return HttpReply(400, error_body(message, "BadRequestError", param, 400))
    return HttpReply(400, error_body(message, "invalid_request_error", param, None))
