"""Request parameters, less those that the endpoint turns out to refuse."""

import logging
import re
from collections.abc import Mapping
from threading import Lock
from typing import Any

from ingest.endpoint_errors import EndpointError

_log = logging.getLogger(__name__)

_OPTIONAL = (
    "temperature",
    "seed",
    "top_p",
    "stream_options",
    "max_tokens",
    "max_completion_tokens",
    "stream",
    "response_format",
)
"""Parameters without which an answer is still an answer."""

_SUCCESSORS = {"max_tokens": "max_completion_tokens"}
"""OpenAI's reasoning models refuse the older name."""


class Parameters:
    """The parameters of every call of one client; what is refused once is not sent again.

    Safe to use from several threads: calls that were under way with the refused parameter learn
    of it from their own refusal, and warn no second time.
    """

    def __init__(self, defaults: Mapping[str, Any]) -> None:
        self._defaults = dict(defaults)
        self._refused: set[str] = set()
        self._lock = Lock()
        self.warnings: list[str] = []

    def resolve(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """What to send now: the defaults, overridden by `options`, without what was refused."""
        with self._lock:
            refused = set(self._refused)
        wanted = {**self._defaults, **options}
        sent: dict[str, Any] = {}
        for name, value in wanted.items():
            allowed = name if name not in refused else _SUCCESSORS.get(name)
            if allowed and allowed not in refused:
                sent[allowed] = value
        if "stream" not in sent:
            sent.pop("stream_options", None)
        return sent

    def give_up(self, error: EndpointError, sent: Mapping[str, Any]) -> bool:
        """Whether `error` refuses an optional parameter of `sent`, which is then dropped."""
        name = _refused_name(error, sent)
        if name is None:
            return False
        with self._lock:
            known = name in self._refused
            self._refused.add(name)
            if not known:
                self._warn(name, error)
        return True

    def _warn(self, name: str, error: EndpointError) -> None:
        successor = _SUCCESSORS.get(name)
        instead = f"; {successor} is sent instead" if successor else "; it is left out"
        warning = f"{error.endpoint.url} refuses the parameter {name}{instead}"
        self.warnings.append(warning)
        _log.warning("%s", warning)


def _refused_name(error: EndpointError, sent: Mapping[str, Any]) -> str | None:
    if error.kind != "bad_request":
        return None
    optional = [name for name in _OPTIONAL if name in sent]
    if error.parameter is not None:
        return error.parameter if error.parameter in optional else None
    return next((name for name in optional if re.search(rf"\b{name}\b", error.detail)), None)
