"""Pages are kept: a fetch that broke off goes on, and nothing old is used for longer than said."""

import json
import time
from pathlib import Path

import pytest

from tests.ingest.online.answers import arxiv_with, fetched, online_config, openalex_with
from tests.support.replay_server import Answer, Asked, ReplayServer

SEARCH = "arxiv:search?ferry"


def state(folder: Path) -> Path:
    (found,) = folder.glob("cache/query-*/query.json")
    return found


@pytest.mark.parametrize(
    ("argument", "service", "position"),
    [
        (SEARCH, arxiv_with, ("start", "100")),
        ("openalex:works?search=sea", openalex_with, ("cursor", "at-100")),
    ],
)
def test_an_interrupted_fetch_goes_on_where_it_stopped(
    tmp_path: Path, argument: str, service: object, position: tuple[str, str]
) -> None:
    good = service(250)  # type: ignore[operator]

    def breaking(asked: Asked) -> Answer:
        return Answer(status=500) if asked.number else good(asked)

    with ReplayServer(breaking) as server:
        config = online_config(server, tmp_path)
        before, (failure,) = fetched(argument, config)
        asked_before = len(server.asked)
        server.answer = good
        papers, failures = fetched(argument, config)
        name, value = position
    assert len(before) == 100
    assert "run it again to go on" in failure.reason
    assert asked_before == 4
    assert server.asked[4].parameters[name] == value
    assert len(server.asked) == 6
    assert len({p.id for p in papers}) == 250
    assert papers[:100] == before
    assert failures == []


def test_a_whole_fetch_is_read_from_disk_and_needs_no_server(tmp_path: Path) -> None:
    with ReplayServer(arxiv_with(120)) as server:
        config = online_config(server, tmp_path)
        papers, _ = fetched(SEARCH, config)
    assert fetched(SEARCH, config) == (papers, [])


def test_pages_expire_together(tmp_path: Path) -> None:
    with ReplayServer(arxiv_with(120)) as server:
        config = online_config(server, tmp_path, cache_hours=2)
        fetched(SEARCH, config)
        kept = json.loads(state(tmp_path).read_text())
        assert abs(kept["begun"] - time.time()) < 60
        for age_h, requests in ((1.9, 2), (2.1, 4)):
            state(tmp_path).write_text(json.dumps({**kept, "begun": time.time() - age_h * 3600}))
            fetched(SEARCH, config)
            assert len(server.asked) == requests


@pytest.mark.parametrize("content", ["", "[]", '{"begun": "then"}', '{"begun": 9e12}'])
def test_a_damaged_state_counts_as_expired(tmp_path: Path, content: str) -> None:
    with ReplayServer(arxiv_with(3)) as server:
        config = online_config(server, tmp_path)
        fetched(SEARCH, config)
        state(tmp_path).write_text(content)
        assert len(fetched(SEARCH, config)[0]) == 3
    assert len(server.asked) == 2


def test_no_hours_keep_nothing(tmp_path: Path) -> None:
    with ReplayServer(arxiv_with(3)) as server:
        config = online_config(server, tmp_path, cache_hours=0)
        fetched(SEARCH, config)
        fetched(SEARCH, config)
    assert len(server.asked) == 2


def test_expired_queries_are_cleared_and_other_files_left(tmp_path: Path) -> None:
    with ReplayServer(arxiv_with(3)) as server:
        fetched(SEARCH, online_config(server, tmp_path))
        folder = state(tmp_path).parent
        own = folder / "notes.txt"
        own.write_text("mine")
        fetched("arxiv:search?pier", online_config(server, tmp_path, cache_hours=0))
    assert list(folder.iterdir()) == [own]


def test_a_damaged_page_is_fetched_again(tmp_path: Path) -> None:
    with ReplayServer(arxiv_with(3)) as server:
        config = online_config(server, tmp_path)
        papers, _ = fetched(SEARCH, config)
        (page,) = state(tmp_path).parent.glob("*.page")
        page.write_bytes(b"\x00")
        assert fetched(SEARCH, config) == (papers, [])
    assert len(server.asked) == 2


def test_other_searches_and_other_servers_share_no_pages(tmp_path: Path) -> None:
    with ReplayServer(arxiv_with(3)) as first, ReplayServer(arxiv_with(3)) as second:
        for server in (first, second):
            for argument in (SEARCH, "arxiv:search?pier"):
                fetched(argument, online_config(server, tmp_path))
    assert (len(first.asked), len(second.asked)) == (2, 2)


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder would be")
    papers, (failure,) = fetched(SEARCH, online_config(None, tmp_path))
    assert papers == []
    assert "PAPERS_ONLINE__CACHE_DIR" in failure.reason
