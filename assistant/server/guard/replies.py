"""Errors in the form of OpenAI's, which every OpenAI client can read; ours is the same."""

from typing import Any

from starlette.responses import JSONResponse

INVALID = "invalid_request_error"
SERVER_ERROR = "server_error"


def error_body(
    message: str, kind: str = INVALID, *, param: str | None = None, code: str | None = None
) -> dict[str, Any]:
    """The document of an error; `param` is the member of the request that is wrong."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def error_response(
    status: int,
    message: str,
    kind: str = INVALID,
    *,
    param: str | None = None,
    code: str | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """An error as a response."""
    return JSONResponse(error_body(message, kind, param=param, code=code), status, headers)
