"""OpenAlex's API: works by id, by search and by filter.

https://developers.openalex.org/guides/page-through-results: 100 works a page at most; later pages
by cursor, for which a key may be asked. A single page goes without a cursor, and so without a key.
"""

import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from ingest.config import OnlineConfig
from ingest.errors import SourceError
from ingest.online.query import PAGE_SIZE, Page, PageError, Parameters, Service
from ingest.readers.json_fields import dig

_FORMS = (
    "ask for 'openalex:works?search=...&filter=...', or for a work such as openalex:W2741809807"
)
_WORK = re.compile(r"(?:works/)?(W\d+)", re.IGNORECASE)
_ADDRESS = "https://openalex.org/settings/api"
_KEY_HINT = f"Set PAPERS_ONLINE__OPENALEX_KEY to a key, free at {_ADDRESS}."
_OURS = {
    **dict.fromkeys(("page", "per_page", "per-page", "cursor"), "a limit is given by --limit"),
    **dict.fromkeys(("group_by", "group-by"), "groups are no papers"),
    **dict.fromkeys(("sample", "seed"), "samples cannot be fetched in pages"),
    "mailto": "set PAPERS_ONLINE__MAILTO",
    "api_key": "set PAPERS_ONLINE__OPENALEX_KEY",
}


def openalex_query(asked: str, config: OnlineConfig) -> "OpenAlexQuery":
    """The query for what stands after `openalex:`; SourceError says what may stand there."""
    service = Service(
        name="OpenAlex",
        url=f"{config.openalex_url.rstrip('/')}/works",
        url_setting="PAPERS_ONLINE__OPENALEX_URL",
        pause_s=config.openalex_pause_s,
        mailto=config.mailto,
        key=config.openalex_key,
        hints={"auth": _KEY_HINT, "rate_limit": f"Try again tomorrow. {_KEY_HINT}"},
    )
    if work := _WORK.fullmatch(asked):
        parameters = {"filter": f"ids.openalex:{work[1].upper()}"}
        return OpenAlexQuery(service, parameters, "check the id of the work")
    kind, _, text = asked.partition("?")
    if not text.strip() or kind.lower() != "works":
        raise SourceError(f"not a work or a list of works; {_FORMS}")
    return OpenAlexQuery(service, _parameters(text), "check the search and the filter")


@dataclass(frozen=True)
class OpenAlexQuery:
    """A list of works; pages follow each other by cursors."""

    service: Service
    parameters: Parameters
    nothing: str

    def request(self, done: int, wanted: int, cursor: str | None) -> Parameters:
        """The next page; a cursor is asked for only where one page is not enough."""
        if wanted <= PAGE_SIZE and not done:
            return {**self.parameters, "per_page": str(wanted)}
        return {**self.parameters, "per_page": str(PAGE_SIZE), "cursor": cursor or "*"}

    def page(self, body: bytes, done: int, wanted: int) -> Page:
        """The works of a page, one a line, cut to those that are wanted."""
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise PageError("sent a reply that is not JSON") from error
        works, total = dig(answer, "results"), dig(answer, "meta", "count")
        if not isinstance(works, list) or not isinstance(total, int):
            raise PageError("sent JSON that is no list of works")
        cursor = dig(answer, "meta", "next_cursor")
        kept = works[: wanted - done]
        return Page(
            "\n".join(map(json.dumps, kept)).encode(),
            len(kept),
            total,
            last=not works or not cursor or done + len(kept) >= total,
            cursor=str(cursor) if cursor else None,
        )


def _parameters(text: str) -> Parameters:
    try:
        pairs = parse_qsl(text, strict_parsing=True, max_num_fields=50)
    except ValueError as error:
        raise SourceError(f"the part after the ? cannot be read ({error}); {_FORMS}") from error
    parameters = dict(pairs)
    if len(parameters) != len(pairs):
        raise SourceError("a parameter is given twice; join filters by commas")
    for name in parameters:
        if remedy := _OURS.get(name.lower()):
            raise SourceError(f"{name}= cannot be given here; {remedy}")
    return parameters
