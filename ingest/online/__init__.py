"""Papers of online services, fetched only when an argument such as `arxiv:2409.10594` asks."""

from ingest.online.arguments import is_online, parse_argument, without_secrets
from ingest.online.fetching import fetch

__all__ = ["fetch", "is_online", "parse_argument", "without_secrets"]
