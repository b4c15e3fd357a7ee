"""What can go wrong with a model endpoint, said so that a person can mend it.

The error carries its policy, so that callers decide by attributes instead of by parsing text.
"""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import SecretStr

from ingest.errors import PaperAssistantError

Kind = Literal[
    "timeout",
    "rate_limit",
    "server",
    "connection",
    "auth",
    "model",
    "context",
    "content_filter",
    "bad_reply",
    "bad_request",
]

NO_KEY = "none"
"""Sent to endpoints that ask for no key."""

TRANSIENT: frozenset[Kind] = frozenset({"timeout", "rate_limit", "server", "connection"})
"""Kinds that pass by themselves unless the error says otherwise."""

_REMEDIES: dict[Kind, str] = {
    "timeout": "Try again later, or raise {settings}__TIMEOUT_S.",
    "rate_limit": "Try again later.",
    "server": "Try again later; the server's log says more.",
    "connection": "Check that the server runs and that {settings}__BASE_URL is right.",
    "auth": "Set {settings}__API_KEY to a key that this endpoint accepts.",
    "model": "Set {settings}__MODEL to a model that this endpoint serves.",
    "context": "Lower {window} to what the model takes.",
    "content_filter": "Word the question differently.",
    "bad_reply": "Check that {settings}__BASE_URL is an OpenAI-compatible endpoint, with its /v1.",
    "bad_request": "Check that {settings}__BASE_URL and {settings}__MODEL fit together.",
}


@dataclass(frozen=True)
class Endpoint:
    """Whom a call goes to and which settings say so; the key is never shown.

    `settings` is the prefix of its settings, such as `PAPERS_LLM`; `window` the setting that
    bounds a text's length.
    """

    base_url: str
    model: str
    settings: str
    window: str
    api_key: SecretStr | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """The base URL as it may be shown: without user, password and query."""
        parts = urlsplit(self.base_url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))

    @property
    def key(self) -> str:
        """The key to send; the client library insists on one."""
        return self.api_key.get_secret_value() if self.api_key else NO_KEY

    def checked(self) -> "Endpoint":
        """Itself; EndpointError of kind `auth` where the key cannot be put in an HTTP header.

        HTTP libraries quote the header in their own error, which would show the key.
        """
        if not all("!" <= character <= "~" for character in self.key):
            what = "was not called: the key contains a space, a line break or a non-ASCII character"
            raise EndpointError("auth", self, what)
        return self

    def redacted(self, text: str) -> str:
        """`text`, which a server wrote, with the key blanked out."""
        return text.replace(self.key, "***") if self.api_key and self.key else text

    def remedy(self, kind: Kind) -> str:
        """What to do about an error of this kind."""
        return _REMEDIES[kind].format(settings=self.settings, window=self.window)


class EndpointError(PaperAssistantError):
    """A call to a model endpoint failed.

    `kind` says how, `retryable` whether the same call may succeed later, `remedy` what to do.
    `detail` is the server's own message, `parameter` the request parameter it complains about,
    `retry_after_s` the wait it asks for, `attempts` how often the call was made.
    """

    def __init__(
        self,
        kind: Kind,
        endpoint: Endpoint,
        what: str,
        *,
        retryable: bool | None = None,
        remedy: str | None = None,
        detail: str = "",
        parameter: str | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(what)
        self.kind = kind
        self.endpoint = endpoint
        self.retryable = kind in TRANSIENT if retryable is None else retryable
        self.remedy = remedy or endpoint.remedy(kind)
        self.what = what
        self.detail = endpoint.redacted(detail)
        self.parameter = parameter
        self.retry_after_s = retry_after_s
        self.attempts = 1

    def __str__(self) -> str:
        often = f" ({self.attempts} attempts)" if self.attempts > 1 else ""
        said = f": {self.detail.rstrip('. ')}" if self.detail else ""
        return f"{self.endpoint.url} {self.what}{said}{often}. {self.remedy}"
