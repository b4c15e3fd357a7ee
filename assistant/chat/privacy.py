"""What leaves this machine, told from the settings."""

from urllib.parse import urlsplit

from assistant.loopback import is_loopback
from assistant.settings import Settings

OPENAI_HOST = "api.openai.com"


def outside_hosts(settings: Settings) -> tuple[str, ...]:
    """Other machines that questions are sent to, in order and without repetition."""
    llm, embedding = settings.llm, settings.embedding
    hosts = [
        _host(llm.resolved_provider, llm.base_url, offline="extractive"),
        _host(embedding.provider, embedding.base_url, offline="embedded"),
    ]
    return tuple(dict.fromkeys(host for host in hosts if host and not is_loopback(host)))


def _host(provider: str, base_url: str | None, *, offline: str) -> str | None:
    if provider == offline:
        return None
    return (urlsplit(base_url).hostname or base_url) if base_url else OPENAI_HOST
