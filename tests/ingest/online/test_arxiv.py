"""arXiv, played on loopback."""

from pathlib import Path

import pytest

from tests.ingest.online.answers import arxiv_with, feed, fetched, online_config
from tests.support.replay_server import Answer, Asked, ReplayServer
from tests.support.shared_data import shared_data

NOTICE = b"<html><body>Rate exceeded.</body></html>"


def test_a_paper_by_its_id(tmp_path: Path) -> None:
    with ReplayServer(arxiv_with(1)) as server:
        papers, failures = fetched("arxiv:2401.00000", online_config(server, tmp_path))
    (asked,) = server.asked
    assert asked.path == "/api/query"
    assert asked.parameters == {"id_list": "2401.00000", "start": "0", "max_results": "100"}
    assert asked.headers["User-Agent"].startswith("paper-assistant/")
    assert [(p.id, p.title, p.year) for p in papers] == [
        ("arxiv:2401.00000", "Ferry timetable 0", 2024)
    ]
    assert papers[0].sources[0].file == "arxiv:2401.00000"
    assert failures == []


@pytest.mark.parametrize(
    ("limit", "sizes"),
    [(250, ["100", "100", "50"]), (100, ["100"]), (7, ["7"]), (None, ["100", "100", "100"])],
)
def test_pages_up_to_the_limit(tmp_path: Path, limit: int | None, sizes: list[str]) -> None:
    with ReplayServer(arxiv_with(260)) as server:
        papers, failures = fetched("arxiv:search?ferry", online_config(server, tmp_path), limit)
    assert [asked.parameters["max_results"] for asked in server.asked] == sizes
    assert [p.title for p in papers] == [f"Ferry timetable {n}" for n in range(limit or 260)]
    assert failures == []


def test_a_search_without_a_limit_stops_and_says_so(tmp_path: Path) -> None:
    with ReplayServer(arxiv_with(90_000)) as server:
        config = online_config(server, tmp_path, max_papers=150)
        papers, (failure,) = fetched("arxiv:search?ferry", config)
    assert len(papers) == 150
    assert "first 150 of 90000" in failure.reason
    assert "--limit" in failure.reason


def test_a_page_that_is_too_long_is_cut(tmp_path: Path) -> None:
    with ReplayServer(lambda _: Answer(feed(range(20), 21))) as server:
        papers, failures = fetched("arxiv:search?ferry", online_config(server, tmp_path), 3)
    assert [p.title for p in papers] == [f"Ferry timetable {n}" for n in range(3)]
    assert failures == []


@pytest.mark.parametrize("bad", [feed(range(0), 150), NOTICE], ids=["empty", "notice"])
def test_a_bad_page_is_asked_for_again(tmp_path: Path, bad: bytes) -> None:
    good = arxiv_with(150)

    def answer(asked: Asked) -> Answer:
        return Answer(bad) if asked.number == 1 else good(asked)

    with ReplayServer(answer) as server:
        papers, failures = fetched("arxiv:search?ferry", online_config(server, tmp_path))
    assert [asked.parameters["start"] for asked in server.asked] == ["0", "100", "100"]
    assert len({p.id for p in papers}) == 150
    assert failures == []


def test_pages_that_stay_empty_lose_nothing_before(tmp_path: Path) -> None:
    def answer(asked: Asked) -> Answer:
        return Answer(feed(range(100) if asked.parameters["start"] == "0" else range(0), 300))

    with ReplayServer(answer) as server:
        papers, (failure,) = fetched("arxiv:search?ferry", online_config(server, tmp_path))
    assert len(papers) == 100
    assert f"{server.url}/api/query sent an empty page after 100 of 300 papers" in failure.reason
    assert "(3 attempts)" in failure.reason
    assert "PAPERS_ONLINE__ARXIV_URL" in failure.reason
    assert "100 papers before are kept" in failure.reason


def test_nothing_found(tmp_path: Path) -> None:
    with ReplayServer(lambda _: Answer(feed(range(0), 0))) as server:
        papers, (failure,) = fetched("arxiv:2401.99999", online_config(server, tmp_path))
        fetched("arxiv:2401.99999", online_config(server, tmp_path))
    assert papers == []
    assert "found nothing; check the arXiv id" in failure.reason
    assert len(server.asked) == 2, "an empty answer must not be kept"


def test_arxivs_own_words_about_an_error(tmp_path: Path) -> None:
    body = b"<feed><entry><summary>incorrect id format\nfor 1</summary></entry></feed>"
    with ReplayServer(lambda _: Answer(body, 400)) as server:
        _, (failure,) = fetched("arxiv:search?ferry", online_config(server, tmp_path))
    assert "answered HTTP 400: incorrect id format for 1." in failure.reason
    assert len(server.asked) == 1


def test_a_recorded_answer(tmp_path: Path) -> None:
    recorded = shared_data("formats/arxiv_atom.xml").read_bytes()
    with ReplayServer(lambda _: Answer(recorded)) as server:
        config = online_config(server, tmp_path)
        papers, failures = fetched("arxiv:search?nlp", config, 20)
        few, _ = fetched("arxiv:search?nlp", config, 5)
    assert len(papers) == 20
    assert papers[0].arxiv_id == "2008.11708"
    assert few == papers[:5]
    assert failures == []
