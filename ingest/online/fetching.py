"""From an online argument to sources that readers can read: a page each, fetched as it is read."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import platformdirs

from ingest.config import APP_NAME, OnlineConfig
from ingest.endpoint_errors import EndpointError
from ingest.errors import SourceError
from ingest.online.arguments import parse_argument, without_secrets
from ingest.online.client import PoliteClient
from ingest.online.pacing import Pace
from ingest.online.page_cache import PageCache
from ingest.online.query import Page, PageError, Query
from ingest.readers.base import Failure, Source


def fetch(
    argument: str, config: OnlineConfig, limit: int | None = None
) -> Iterator[Source | Failure]:
    """Yield the pages of the answer to an online argument, then a Failure if it broke off.

    At most `limit` papers, else `config.max_papers`; the latter is told, as it was not asked for.
    Pages are requested when they are taken, and kept for `config.cache_hours`: the same argument
    given again within that time takes them from disk and goes on where it stopped.
    """
    argument = argument.encode("utf-8", errors="replace").decode("utf-8")
    name = without_secrets(argument)
    wanted = limit or config.max_papers
    fetched = 0
    try:
        for page in _pages(parse_argument(argument, config), config, wanted):
            fetched += page.records
            if page.records:
                yield Source(name, data=page.data)
    except SourceError as error:
        yield Failure(name, None, str(error))
    except EndpointError as error:
        kept = f" The {fetched} papers before are kept; run it again to go on." if fetched else ""
        yield Failure(name, None, f"{error}{kept}")
    except OSError as error:
        reason = f"pages cannot be kept in {_folder(config)} ({error.strerror})"
        yield Failure(name, None, f"{reason}; set PAPERS_ONLINE__CACHE_DIR to a folder that can")
    else:
        some = f"only the first {fetched} of {page.total} papers were"
        if fetched < min(wanted, page.total):
            yield Failure(name, None, f"{some} sent; run it again tomorrow for the rest")
        elif limit is None and fetched < page.total:
            yield Failure(name, None, f"{some} fetched; say how many you want with --limit")


def _pages(query: Query, config: OnlineConfig, wanted: int) -> Iterator[Page]:
    """The pages, the first one at least; SourceError if nothing is found."""
    service, folder = query.service, _folder(config)
    folder.mkdir(parents=True, exist_ok=True)
    asked = {"url": service.url, **query.parameters}
    cache = PageCache(folder, asked, config.cache_hours * 3600)
    pace = Pace(folder, service.name, service.pause_s)
    done, cursor = 0, None
    with PoliteClient(service, pace, config) as client:
        while done < wanted:
            parameters = query.request(done, wanted, cursor)
            read = partial(query.page, done=done, wanted=wanted)
            page = _kept(cache.get(parameters), read)
            if page is None:
                body = client.get(parameters, read)
                page = read(body)
                if not page.total:
                    raise SourceError(f"{service.name} found nothing; {query.nothing}")
                cache.put(parameters, body)
            yield page
            done, cursor = done + page.records, page.cursor
            if page.last:
                return


def _kept(body: bytes | None, read: Callable[[bytes], Page]) -> Page | None:
    """The page that the cache has, if it is whole."""
    try:
        return None if body is None else read(body)
    except PageError:
        return None


def _folder(config: OnlineConfig) -> Path:
    default = Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False)) / "online"
    return config.cache_dir or default
