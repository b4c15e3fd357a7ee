"""Which arguments name an online source, and what they ask it for."""

import re
from collections.abc import Callable

from ingest.config import OnlineConfig
from ingest.errors import SourceError
from ingest.online.arxiv import arxiv_query
from ingest.online.openalex import openalex_query
from ingest.online.query import Query

_ONLINE = re.compile(r"(arxiv|openalex):(.*)", re.IGNORECASE | re.DOTALL)
_SECRET = re.compile(r"(?<=[?&])(api_key|mailto)=[^&]*", re.IGNORECASE)
_SERVICES: dict[str, Callable[[str, OnlineConfig], Query]] = {
    "arxiv": arxiv_query,
    "openalex": openalex_query,
}


def is_online(argument: str) -> bool:
    """Whether the argument is an online source; `./arxiv:...` is a file."""
    return _ONLINE.fullmatch(argument) is not None


def parse_argument(argument: str, config: OnlineConfig) -> Query:
    """What an online argument asks for; SourceError, with what can be asked, if it is malformed."""
    match = _ONLINE.fullmatch(argument)
    if match is None:
        raise SourceError(f"{argument} names no online source; begin with arxiv: or openalex:")
    service, asked = match.groups()
    return _SERVICES[service.lower()](asked.strip(), config)


def without_secrets(argument: str) -> str:
    """The argument as it may be shown and stored."""
    return _SECRET.sub(r"\1=***", argument)
