"""An HTTP client that is polite to one service and tells failures so that they can be mended."""

import json
import re
from collections.abc import Callable
from functools import partial
from importlib import metadata
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from ingest.config import APP_NAME, OnlineConfig
from ingest.endpoint_errors import EndpointError, Kind
from ingest.online.pacing import Pace
from ingest.online.query import PageError, Parameters, Service
from ingest.readers.json_fields import dig
from ingest.retry import Deadline, RetryPolicy
from ingest.retry_after import retry_after_s

MAX_REPLY_BYTES = 64 << 20
_LONGEST_DETAIL = 300
_SUMMARY = re.compile(r"<summary[^>]*>(.*?)</summary>", re.DOTALL)
_KINDS: dict[int, Kind] = {
    401: "auth",
    403: "rate_limit",
    408: "timeout",
    429: "rate_limit",
}
_REMEDIES: dict[Kind, str] = {
    "timeout": "Try again later, or raise PAPERS_ONLINE__TIMEOUT_S.",
    "rate_limit": "Try again later.",
    "server": "Try again later.",
    "connection": "Check the network, and that {setting} is right.",
    "bad_reply": "Try again later, and check that {setting} is right.",
    "bad_request": "Check what is asked for, and that {setting} is right.",
}


class _Identified(httpx.HTTPTransport):
    """Says who asks, below the client, which writes the URLs it is given to the log."""

    def __init__(self, service: Service) -> None:
        """The environment's proxies count, which httpx leaves out for a transport of one's own."""
        super().__init__(limits=httpx.Limits(max_connections=1), proxy=_proxy(service.url))
        self._parameters = service.identity

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request with the parameters added."""
        url = request.url.copy_merge_params(self._parameters)
        return super().handle_request(
            httpx.Request("GET", url, headers=request.headers, extensions=request.extensions)
        )


class PoliteClient:
    """Asks one service over one connection, as often as its pace allows.

    Redirects are not followed: their target could show the key.
    """

    def __init__(self, service: Service, pace: Pace, config: OnlineConfig) -> None:
        self._service = service
        self._pace = pace
        self._policy = RetryPolicy(
            max_attempts=config.max_attempts,
            deadline_s=config.deadline_s,
            base_s=config.retry_wait_s,
        )
        self._timeout_s = config.timeout_s
        self._http = httpx.Client(
            transport=_Identified(service),
            headers={"User-Agent": user_agent(service.mailto)},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def get(self, parameters: Parameters, check: Callable[[bytes], object]) -> bytes:
        """A reply that passes the check, which raises PageError; EndpointError after all attempts.

        What is transient is tried again: 403 (OpenAlex's answer to haste), 408, 429, 5xx, broken
        connections, and pages that fail the check.
        """
        deadline = self._policy.deadline()
        return self._policy.retrying(deadline)(partial(self._attempt, parameters, check), deadline)

    def _attempt(
        self, parameters: Parameters, check: Callable[[bytes], object], deadline: Deadline
    ) -> bytes:
        with self._pace.turn():
            timeout = deadline.timeout(self._timeout_s, self._service.endpoint)
            body = self._request(parameters, timeout)
        try:
            check(body)
        except PageError as error:
            raise self._error("bad_reply", str(error), retryable=True) from error
        return body

    def _request(self, parameters: Parameters, timeout: float) -> bytes:
        try:
            with self._http.stream(
                "GET", self._service.url, params=parameters, timeout=timeout
            ) as response:
                body = self._body(response)
        except httpx.TimeoutException as error:
            raise self._error("timeout", "did not answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise self._error("connection", "cannot be reached", detail=str(error)) from error
        if not response.is_success:
            raise self._refusal(response, body)
        return body

    def _body(self, response: httpx.Response) -> bytes:
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > MAX_REPLY_BYTES:
                what = f"sent over {MAX_REPLY_BYTES >> 20} MiB"
                raise self._error("bad_reply", what, retryable=False)
        return bytes(body)

    def _refusal(self, response: httpx.Response, body: bytes) -> EndpointError:
        status = response.status_code
        kind = _KINDS.get(status) or ("server" if status >= 500 else "bad_request")
        wait = retry_after_s(response.headers)
        asks = f" and asks to wait {wait:.0f} s" if wait else ""
        return self._error(
            kind,
            f"answered HTTP {status}{asks}",
            detail=response.headers.get("location") or _said(body),
            retry_after=wait,
        )

    def _error(
        self,
        kind: Kind,
        what: str,
        *,
        detail: str = "",
        retryable: bool | None = None,
        retry_after: float | None = None,
    ) -> EndpointError:
        service = self._service
        remedy = service.hints.get(kind) or _REMEDIES.get(kind, _REMEDIES["bad_request"])
        return EndpointError(
            kind,
            service.endpoint,
            what,
            detail=detail,
            retryable=retryable,
            remedy=remedy.format(setting=service.url_setting),
            retry_after_s=retry_after,
        )


def user_agent(mailto: str | None) -> str:
    """The program's name and version, with an address for complaints where one is set."""
    try:
        version = metadata.version(APP_NAME)
    except metadata.PackageNotFoundError:
        version = "0"
    return f"{APP_NAME}/{version}" + (f" (mailto:{mailto})" if mailto else "")


def _proxy(url: str) -> str | None:
    parts = urlsplit(url)
    proxies = getproxies()
    bypassed = proxy_bypass(parts.hostname or "")
    return None if bypassed else proxies.get(parts.scheme) or proxies.get("all")


def _said(body: bytes) -> str:
    """What an error's body says: OpenAlex's `message`, or the summary in arXiv's feed."""
    text = body[: MAX_REPLY_BYTES >> 10].decode("utf-8", errors="replace")
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        summary = _SUMMARY.search(text)
        said = summary[1] if summary else ""
    else:
        said = str(dig(answer, "message") or dig(answer, "error") or "")
    return " ".join(said.split())[:_LONGEST_DETAIL]
