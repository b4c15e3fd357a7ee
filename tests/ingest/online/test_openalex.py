"""OpenAlex, played on loopback."""

import json
import logging
from pathlib import Path

import pytest

from tests.ingest.online.answers import fetched, online_config, openalex_with, works
from tests.support.replay_server import Answer, Asked, ReplayServer
from tests.support.shared_data import shared_data

ARGUMENT = "openalex:works?search=lighthouse&filter=publication_year:2024"
KEY = "s3cret-key"


def test_pages_by_cursor(tmp_path: Path) -> None:
    with ReplayServer(openalex_with(230)) as server:
        papers, failures = fetched(ARGUMENT, online_config(server, tmp_path))
    assert [asked.parameters["cursor"] for asked in server.asked] == ["*", "at-100", "at-200"]
    assert {asked.path for asked in server.asked} == {"/works"}
    assert {asked.parameters["filter"] for asked in server.asked} == {"publication_year:2024"}
    assert [p.id for p in papers] == [f"openalex:W{1000 + n}" for n in range(230)]
    assert papers[7].abstract == "Lighthouse 7 blinks."
    assert papers[7].sources[0].file == ARGUMENT
    assert failures == []


def test_one_page_needs_no_cursor(tmp_path: Path) -> None:
    with ReplayServer(openalex_with(230)) as server:
        papers, failures = fetched(ARGUMENT, online_config(server, tmp_path), 12)
    (asked,) = server.asked
    assert (asked.parameters["per_page"], "cursor" in asked.parameters) == ("12", False)
    assert (len(papers), failures) == (12, [])


def test_the_last_page_is_cut_to_the_limit(tmp_path: Path) -> None:
    with ReplayServer(openalex_with(230)) as server:
        papers, failures = fetched(ARGUMENT, online_config(server, tmp_path), 130)
    assert (len(server.asked), len(papers), failures) == (2, 130, [])


def test_who_asks_is_told_and_not_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with ReplayServer(openalex_with(130)) as server:
        config = online_config(server, tmp_path, mailto="ada@example.org", openalex_key=KEY)
        fetched(ARGUMENT, config)
    for asked in server.asked:
        assert (asked.parameters["mailto"], asked.parameters["api_key"]) == ("ada@example.org", KEY)
        assert "mailto:ada@example.org" in asked.headers["User-Agent"]
    assert "GET" in caplog.text
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert KEY not in caplog.text
    assert not any(KEY.encode() in content for content in kept)


@pytest.mark.parametrize("status", [400, 401, 302])
def test_a_refusal_is_told_with_its_remedy_and_without_the_key(tmp_path: Path, status: int) -> None:
    said = json.dumps({"error": "Refused", "message": f"{KEY} is of no use"}).encode()
    headers = {"Location": f"/elsewhere?api_key={KEY}"} if status == 302 else {}
    with ReplayServer(lambda _: Answer(said, status, headers)) as server:
        config = online_config(server, tmp_path, openalex_key=KEY)
        papers, (failure,) = fetched(ARGUMENT, config)
    assert (papers, len(server.asked)) == ([], 1)
    assert failure.source == ARGUMENT
    assert f"{server.url}/works answered HTTP {status}" in failure.reason
    assert "***" in failure.reason
    assert KEY not in failure.reason
    setting = "OPENALEX_KEY" if status == 401 else "OPENALEX_URL"
    assert f"PAPERS_ONLINE__{setting}" in failure.reason


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"results": 3}', b"[" * 100_000])
def test_what_is_no_list_of_works(tmp_path: Path, body: bytes) -> None:
    with ReplayServer(lambda _: Answer(body)) as server:
        papers, (failure,) = fetched(ARGUMENT, online_config(server, tmp_path))
    assert papers == []
    assert "PAPERS_ONLINE__OPENALEX_URL" in failure.reason


def test_a_list_that_ends_early_is_told(tmp_path: Path) -> None:
    def answer(asked: Asked) -> Answer:
        numbers = range(100) if asked.parameters["cursor"] == "*" else range(0)
        return Answer(works(numbers, 120, "more" if numbers else None))

    with ReplayServer(answer) as server:
        papers, (failure,) = fetched(ARGUMENT, online_config(server, tmp_path))
    assert len(papers) == 100
    assert "first 100 of 120" in failure.reason


def test_a_recorded_work(tmp_path: Path) -> None:
    work = json.loads(shared_data("formats/openalex_work.json").read_bytes())
    body = json.dumps({"meta": {"count": 1}, "results": [work]}).encode()
    with ReplayServer(lambda _: Answer(body)) as server:
        (paper,), failures = fetched("openalex:W2741809807", online_config(server, tmp_path))
    assert server.asked[0].parameters["filter"] == "ids.openalex:W2741809807"
    assert (paper.doi, paper.year, failures) == ("10.7717/peerj.4375", 2018, [])
