"""Pauses, waits that a service asks for, and faults of the network."""

import os
import time
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest

from ingest.online.pacing import Pace
from tests.ingest.online.answers import arxiv_with, fetched, online_config
from tests.support.replay_server import Answer, Asked, ReplayServer


def gaps(server: ReplayServer) -> list[float]:
    return [later.at - earlier.at for earlier, later in pairwise(server.asked)]


def test_a_pause_between_requests_also_of_two_fetches_at_once(tmp_path: Path) -> None:
    with ReplayServer(arxiv_with(250)) as server:
        config = online_config(server, tmp_path, arxiv_pause_s=0.15)
        arguments = ("arxiv:search?ferry", "arxiv:search?pier")
        threads = [Thread(target=fetched, args=(argument, config)) for argument in arguments]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.asked) == 6
    assert min(gaps(server)) >= 0.14
    assert server.most_at_once == 1


def test_the_next_fetch_keeps_the_pause(tmp_path: Path) -> None:
    with Pace(tmp_path, "service", 0.2).turn():
        pass
    ended = time.monotonic()
    with Pace(tmp_path, "service", 0.2).turn():
        assert time.monotonic() - ended >= 0.15


def test_a_clock_that_was_set_back_costs_one_pause_at_most(tmp_path: Path) -> None:
    with Pace(tmp_path, "service", 0.1).turn():
        pass
    ahead = time.time() + 3600
    os.utime(tmp_path / "service.last", (ahead, ahead))
    with Pace(tmp_path, "service", 0.1).turn():
        assert time.time() < ahead


@pytest.mark.parametrize("status", [403, 408, 429, 500, 503])
def test_transient_refusals_are_asked_again(tmp_path: Path, status: int) -> None:
    good = arxiv_with(3)

    def answer(asked: Asked) -> Answer:
        return Answer(b"busy", status) if asked.number < 2 else good(asked)

    with ReplayServer(answer) as server:
        papers, failures = fetched("arxiv:search?ferry", online_config(server, tmp_path))
    assert (len(papers), failures, len(server.asked)) == (3, [], 3)


def test_the_wait_that_is_asked_for_is_kept(tmp_path: Path) -> None:
    good = arxiv_with(3)

    def answer(asked: Asked) -> Answer:
        return good(asked) if asked.number else Answer(status=503, headers={"Retry-After": "1"})

    with ReplayServer(answer) as server:
        papers, _ = fetched("arxiv:search?ferry", online_config(server, tmp_path))
    assert len(papers) == 3
    assert gaps(server)[0] >= 1.0


def test_a_wait_longer_than_the_deadline_is_told_at_once(tmp_path: Path) -> None:
    refusal = Answer(status=429, headers={"Retry-After": "7200"})
    with ReplayServer(lambda _: refusal) as server:
        config = online_config(server, tmp_path)
        _, (failure,) = fetched("openalex:works?search=sea", config)
    assert len(server.asked) == 1
    assert "asks to wait 7200 s" in failure.reason
    assert "PAPERS_ONLINE__OPENALEX_KEY" in failure.reason


def test_a_connection_that_breaks_is_tried_again(tmp_path: Path) -> None:
    good = arxiv_with(3)

    def answer(asked: Asked) -> Answer:
        whole = good(asked)
        return (
            whole if asked.number else Answer(whole.body, cut=True, headers={"Connection": "close"})
        )

    with ReplayServer(answer) as server:
        papers, failures = fetched("arxiv:search?ferry", online_config(server, tmp_path))
    assert (len(papers), failures, len(server.asked)) == (3, [], 2)


def test_a_server_that_does_not_answer(tmp_path: Path) -> None:
    def answer(asked: Asked) -> Answer:
        time.sleep(0.5)
        return Answer()

    with ReplayServer(answer) as server:
        config = online_config(server, tmp_path, timeout_s=0.1, max_attempts=1)
        _, (failure,) = fetched("arxiv:search?ferry", config)
    assert "did not answer in time" in failure.reason
    assert "PAPERS_ONLINE__TIMEOUT_S" in failure.reason


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/api", "ftp://127.0.0.1/api", "nowhere"])
def test_a_server_that_cannot_be_reached(tmp_path: Path, url: str) -> None:
    config = online_config(None, tmp_path).model_copy(update={"arxiv_url": url})
    papers, (failure,) = fetched("arxiv:search?ferry", config)
    assert papers == []
    assert failure.reason.startswith(f"{url} cannot be reached")
    assert "PAPERS_ONLINE__ARXIV_URL" in failure.reason
