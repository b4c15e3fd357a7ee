"""What leaves this machine, told from the settings."""

from urllib.parse import urlsplit

from assistant.destinations import destinations
from assistant.settings import Settings


def outside_hosts(settings: Settings) -> tuple[str, ...]:
    """Other machines that something of a question is sent to, in order and without repetition."""
    outside = [place.url for place in destinations(settings) if place.outside]
    return tuple(dict.fromkeys(urlsplit(url).hostname or url for url in outside))
