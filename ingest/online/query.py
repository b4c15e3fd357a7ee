"""What every service's query has in common: requests for pages, and pages."""

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from pydantic import SecretStr

from ingest.endpoint_errors import Endpoint, Kind

PAGE_SIZE = 100
Parameters = dict[str, str]


@dataclass(frozen=True)
class Service:
    """An online service and how to be polite to it.

    `pause_s`: seconds between two requests. `url_setting`: the setting that holds the URL.
    `mailto` and `key` go with every request, and neither into logs nor into the names of pages.
    `hints`: remedies of its own.
    """

    name: str
    url: str
    url_setting: str
    pause_s: float
    mailto: str | None = None
    key: SecretStr | None = None
    hints: dict[Kind, str] = field(default_factory=dict)

    @property
    def identity(self) -> Parameters:
        """The parameters that say who asks."""
        mailto = {"mailto": self.mailto} if self.mailto else {}
        return mailto | ({"api_key": self.key.get_secret_value()} if self.key else {})

    @property
    def endpoint(self) -> Endpoint:
        """The service as errors name it."""
        return Endpoint(self.url, "", "PAPERS_ONLINE", "", self.key)


class Page(NamedTuple):
    """One page of an answer, as a reader takes it: `records` of the `total` that were found.

    `last`: there are no more. `cursor` asks for the next page where the service uses cursors.
    """

    data: bytes
    records: int
    total: int
    last: bool
    cursor: str | None = None


class PageError(ValueError):
    """A reply that is no page of the answer: a notice in HTML, a page cut short, an empty one."""


class Query(Protocol):
    """What one argument asks one service for."""

    @property
    def service(self) -> Service:
        """Whom to ask."""

    @property
    def parameters(self) -> Parameters:
        """What is asked, whatever the page."""

    @property
    def nothing(self) -> str:
        """What to tell the user where nothing is found."""

    def request(self, done: int, wanted: int, cursor: str | None) -> Parameters:
        """Parameters that ask for the page after `done` records, towards `wanted` in all."""

    def page(self, body: bytes, done: int, wanted: int) -> Page:
        """The page in a reply, cut to what is wanted; PageError if there is none."""
