"""Errors as callers see them: what is wrong and what to do, never a traceback."""

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from assistant.server.guard.replies import INVALID, SERVER_ERROR, error_response
from assistant.server.jobs import TooManyJobsError
from assistant.server.uploads import UploadError
from ingest.endpoint_errors import EndpointError
from ingest.errors import LibraryLockedError, PaperAssistantError, SourceError

_log = logging.getLogger(__name__)
_REMEDIES = {
    404: "there is nothing at this address; see /docs",
    405: "this address does not take that method; see /docs",
    413: "the request is larger than this server takes",
}
_STATUS: Mapping[type[PaperAssistantError], int] = {
    LibraryLockedError: 503,
    TooManyJobsError: 503,
    EndpointError: 502,
    UploadError: 415,
    SourceError: 400,
}


class RequestError(PaperAssistantError):
    """A request that cannot be served as it stands."""

    def __init__(
        self, status: int, message: str, *, param: str | None = None, code: str | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.param, self.code = status, param, code


def status_of(error: PaperAssistantError) -> int:
    """The HTTP status of an error; 500 for a library that cannot be used."""
    if isinstance(error, RequestError):
        return error.status
    return next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 500)


def install(app: FastAPI) -> None:
    """Let the application answer every error in one form."""
    app.add_exception_handler(PaperAssistantError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def response_to(error: PaperAssistantError) -> JSONResponse:
    """An error of ours, whose message is made for users."""
    status = status_of(error)
    param, code = getattr(error, "param", None), getattr(error, "code", None)
    return error_response(
        status,
        str(error),
        INVALID if status < 500 else SERVER_ERROR,
        param=param,
        code=code or type(error).__name__,
        headers={"Retry-After": "10"} if status == 503 else None,
    )


def _ours(_: Request, error: Exception) -> Response:
    assert isinstance(error, PaperAssistantError)
    return response_to(error)


def _invalid(_: Request, error: Exception) -> Response:
    """The first thing that is wrong, without the value: it may be anything, also a secret."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part != "body")
    message = f"{place}: {first['msg']}" if place else str(first["msg"])
    return error_response(422, message, param=place or None, code=str(first["type"]))


def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = _REMEDIES.get(error.status_code, str(error.detail))
    headers = dict(error.headers) if error.headers else None
    return error_response(error.status_code, message, headers=headers)


def _unexpected(request: Request, error: Exception) -> Response:
    request_id = getattr(request.state, "request_id", "")
    _log.error("request %s failed", request_id, exc_info=error)
    message = f"unexpected error; the server's log has it under request {request_id}"
    return error_response(500, message, SERVER_ERROR)
