"""Answers in the services' formats about invented papers, and settings that ask a loopback server.

The services are played as their manuals describe them: arXiv counts from `start`, OpenAlex hands
out a cursor.
"""

import json
from pathlib import Path
from typing import Any

from ingest.config import OnlineConfig
from ingest.online import fetch
from ingest.paper import Paper
from ingest.readers import Failure, Source, detect
from tests.support.replay_server import Answer, Asked, ReplayServer

_FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>http://arxiv.org/api/invented</id>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{total}\
</opensearch:totalResults>
{entries}</feed>
"""
_ENTRY = """  <entry>
    <id>http://arxiv.org/abs/2401.{number:05d}v1</id>
    <published>2024-01-0{day}T00:00:00Z</published>
    <title>Ferry timetable {number}</title>
    <summary>Ferry {number} waits {number} minutes at the pier.</summary>
    <author><name>Ada Skipper</name></author>
  </entry>
"""


def feed(numbers: range, total: int) -> bytes:
    """A page of arXiv's answer."""
    entries = "".join(_ENTRY.format(number=n, day=1 + n % 9) for n in numbers)
    return _FEED.format(total=total, entries=entries).encode()


def arxiv_with(total: int) -> Any:
    """arXiv, when a search finds so many papers."""

    def answer(asked: Asked) -> Answer:
        start = int(asked.parameters["start"])
        size = int(asked.parameters["max_results"])
        return Answer(feed(range(start, min(start + size, total)), total))

    return answer


def works(numbers: range, total: int, cursor: str | None = None) -> bytes:
    """A page of OpenAlex's answer."""
    results = [
        {
            "id": f"https://openalex.org/W{1000 + n}",
            "title": f"Lighthouse {n}",
            "publication_year": 2024,
            "abstract_inverted_index": {"Lighthouse": [0], str(n): [1], "blinks.": [2]},
        }
        for n in numbers
    ]
    return json.dumps(
        {"meta": {"count": total, "next_cursor": cursor}, "results": results}
    ).encode()


def openalex_with(total: int) -> Any:
    """OpenAlex, when a list has so many works; the cursor names the next one."""

    def answer(asked: Asked) -> Answer:
        size = int(asked.parameters["per_page"])
        cursor = asked.parameters.get("cursor")
        start = int(cursor.removeprefix("at-")) if cursor and cursor != "*" else 0
        end = min(start + size, total)
        return Answer(works(range(start, end), total, f"at-{end}" if cursor else None))

    return answer


def online_config(server: ReplayServer | None, folder: Path, **settings: Any) -> OnlineConfig:
    """Both services at the server, no pauses; without one, at a port where nothing listens."""
    url = server.url if server else "http://127.0.0.1:9"
    quick = {"arxiv_pause_s": 0, "openalex_pause_s": 0, "retry_wait_s": 0, "max_attempts": 3}
    return OnlineConfig(
        arxiv_url=f"{url}/api/query",
        openalex_url=url,
        cache_dir=folder / "cache",
        **{**quick, **settings},
    )


def fetched(
    argument: str, config: OnlineConfig, limit: int | None = None
) -> tuple[list[Paper], list[Failure]]:
    """What a fetch comes to: the papers that the readers find in its pages, and the failures."""
    papers: list[Paper] = []
    failures: list[Failure] = []
    for found in fetch(argument, config, limit):
        records = detect(found).read(found) if isinstance(found, Source) else [found]
        for record in records:
            if isinstance(record, Paper):
                papers.append(record)
            else:
                failures.append(record)
    return papers, failures
