"""Tells from an exception of the HTTP or OpenAI client what went wrong with an endpoint.

Servers agree on the status codes and on little else: OpenAI names a `code`, vLLM a `param` and an
integer `code`, FastAPI servers a `detail`. What stands in the fields is read first; messages,
which change from one version to the next, only where the fields say nothing.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from json import JSONDecodeError
from typing import Any

import httpx
import openai

from ingest.endpoint_errors import Endpoint, EndpointError
from ingest.retry_after import retry_after_s

_LONGEST_DETAIL = 300
_CONTEXT_CODES = frozenset({"context_length_exceeded", "exceed_context_size_error"})
_CONTEXT_MESSAGE = re.compile(
    r"context (length|window|size)|maximum (context|model|input) length|too many (input )?tokens",
    re.IGNORECASE,
)
_FILTER_CODES = frozenset({"content_filter", "content_policy_violation"})
_QUOTA_CODES = frozenset({"insufficient_quota", "billing_hard_limit_reached"})


@contextmanager
def translated(endpoint: Endpoint) -> Iterator[None]:
    """Turn what the clients raise into an EndpointError; other exceptions pass."""
    try:
        yield
    except (openai.APIError, httpx.HTTPError, httpx.StreamError) as error:
        raise endpoint_error(error, endpoint) from error
    except (JSONDecodeError, UnicodeDecodeError) as error:
        what = "sent a reply that is not JSON"
        raise EndpointError("bad_reply", endpoint, what, retryable=True) from error


def endpoint_error(error: Exception, endpoint: Endpoint) -> EndpointError:
    """Classify an exception of `openai` or `httpx`."""
    if isinstance(error, openai.APIStatusError):
        return _status_error(error.status_code, error.body, error.response.headers, endpoint)
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return EndpointError("timeout", endpoint, "did not answer in time")
    if isinstance(error, openai.APIConnectionError):
        reason = str(error.__cause__ or "")
        return EndpointError("connection", endpoint, "cannot be reached", detail=reason)
    if isinstance(error, openai.APIError):
        return _stream_event_error(error, endpoint)
    return EndpointError("connection", endpoint, "broke the connection", detail=str(error))


def _stream_event_error(error: openai.APIError, endpoint: Endpoint) -> EndpointError:
    """An error that arrived inside a stream: the status, if any, stands in its `code`."""
    body = error.body if isinstance(error.body, dict) else {"message": error.message}
    code = body.get("code")
    status = code if isinstance(code, int) else 400 if _is_permanent(_Said.of(body)) else 500
    return _status_error(status, body, {}, endpoint)


@dataclass(frozen=True)
class _Said:
    """What a server said in the body of an error, whatever its dialect."""

    message: str = ""
    codes: frozenset[str] = frozenset()
    parameter: str | None = None

    @classmethod
    def of(cls, body: object) -> "_Said":
        """Read OpenAI's, vLLM's, FastAPI's and plain-text bodies."""
        if not isinstance(body, dict):
            return cls(message=_short(str(body or "")))
        message = body.get("message")
        complaints = (message if isinstance(message, dict) else body).get("detail")
        if isinstance(complaints, list) and complaints and isinstance(complaints[0], dict):
            return cls._of_complaint(complaints[0])
        codes = frozenset(str(body[name]) for name in ("code", "type") if body.get(name))
        parameter = body.get("param")
        return cls(
            message=_short(str(message or complaints or body.get("error") or "")),
            codes=codes,
            parameter=str(parameter).split(".")[0] if parameter else None,
        )

    @classmethod
    def _of_complaint(cls, complaint: Mapping[str, Any]) -> "_Said":
        """FastAPI: `{"loc": ["body", "seed"], "msg": ..., "type": ...}`."""
        location = [str(step) for step in complaint.get("loc") or () if step != "body"]
        return cls(
            message=_short(str(complaint.get("msg", ""))),
            codes=frozenset({str(complaint.get("type", ""))}),
            parameter=location[0] if location else None,
        )


def _status_error(
    status: int, body: object, headers: Mapping[str, str], endpoint: Endpoint
) -> EndpointError:
    said = _Said.of(body)
    if status in (401, 403):
        return EndpointError("auth", endpoint, f"refused the key (HTTP {status})")
    if status == 404:
        return _not_found(said, endpoint)
    if status == 429:
        return _rate_limit(said, headers, endpoint)
    if status == 408:
        return EndpointError("timeout", endpoint, "gave up waiting (HTTP 408)")
    if status == 409 or status >= 500:
        return EndpointError(
            "server",
            endpoint,
            f"failed (HTTP {status})",
            detail=said.message,
            retry_after_s=retry_after_s(headers),
        )
    return _refused_request(status, said, endpoint)


def _is_permanent(said: _Said) -> bool:
    return _is_context(said) or bool(said.codes & (_FILTER_CODES | {"invalid_request_error"}))


def _is_context(said: _Said) -> bool:
    return (
        bool(said.codes & _CONTEXT_CODES)
        or said.parameter == "input_tokens"
        or bool(_CONTEXT_MESSAGE.search(said.message))
    )


def _refused_request(status: int, said: _Said, endpoint: Endpoint) -> EndpointError:
    if status == 413 or _is_context(said):
        what = f"takes fewer tokens than were sent (HTTP {status})"
        return EndpointError("context", endpoint, what, detail=said.message)
    if said.codes & _FILTER_CODES:
        what = f"refused the text by its content filter (HTTP {status})"
        return EndpointError("content_filter", endpoint, what, detail=said.message)
    return EndpointError(
        "bad_request",
        endpoint,
        f"refused the request (HTTP {status})",
        detail=said.message,
        parameter=said.parameter,
    )


def _not_found(said: _Said, endpoint: Endpoint) -> EndpointError:
    """404 is a missing model or a missing path; a model's error names the model."""
    about_model = said.parameter == "model" or "model_not_found" in said.codes
    if about_model or (endpoint.model and endpoint.model in said.message):
        what = f"does not serve the model {endpoint.model!r}"
        return EndpointError("model", endpoint, what)
    return EndpointError(
        "bad_request",
        endpoint,
        "does not serve this path (HTTP 404)",
        remedy=endpoint.remedy("bad_reply"),
    )


def _rate_limit(said: _Said, headers: Mapping[str, str], endpoint: Endpoint) -> EndpointError:
    if said.codes & _QUOTA_CODES:
        return EndpointError(
            "rate_limit",
            endpoint,
            "says that the account has no credit left (HTTP 429)",
            retryable=False,
            remedy=f"Top up the account, or set {endpoint.settings}__API_KEY to another key.",
        )
    return EndpointError(
        "rate_limit",
        endpoint,
        "takes no more requests for now (HTTP 429)",
        detail=said.message,
        retry_after_s=retry_after_s(headers),
    )


def _short(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST_DETAIL else line[:_LONGEST_DETAIL] + "..."
