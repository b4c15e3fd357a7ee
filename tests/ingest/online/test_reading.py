"""Online arguments among files, and only when asked for."""

from pathlib import Path

from ingest.paper import Paper
from ingest.pipeline import read_papers
from ingest.readers import Failure
from tests.ingest.online.answers import arxiv_with, online_config, openalex_with
from tests.support.replay_server import Answer, Asked, ReplayServer


def test_files_and_services_side_by_side(tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text('{"title": "Bridges", "abstract": "They span."}\n')

    def answer(asked: Asked) -> Answer:
        service = openalex_with(4) if asked.path == "/works" else arxiv_with(4)
        answered: Answer = service(asked)
        return answered

    arguments: list[str | Path] = [file, "arxiv:search?ferry", "openalex:works?search=lighthouse"]
    with ReplayServer(answer) as server:
        records = list(read_papers(arguments, online=online_config(server, tmp_path), limit=2))
    assert [r.title for r in records if isinstance(r, Paper)] == [
        "Bridges",
        "Ferry timetable 0",
        "Ferry timetable 1",
        "Lighthouse 0",
        "Lighthouse 1",
    ]
    assert len(records) == 5


def test_a_page_is_asked_for_when_it_is_read(tmp_path: Path) -> None:
    with ReplayServer(arxiv_with(250)) as server:
        records = read_papers(["arxiv:search?ferry"], online=online_config(server, tmp_path))
        assert server.asked == []
        next(records)
        assert len(server.asked) == 1


def test_without_settings_nothing_is_asked() -> None:
    (record,) = read_papers(["arxiv:2401.00001"])
    assert isinstance(record, Failure)
    assert "online sources are off" in record.reason


def test_a_path_is_never_an_online_source(tmp_path: Path) -> None:
    with ReplayServer(arxiv_with(1)) as server:
        config = online_config(server, tmp_path)
        (record,) = read_papers([Path("arxiv:2401.00001")], online=config)
    assert isinstance(record, Failure)
    assert "no such file" in record.reason
    assert server.asked == []


def test_a_malformed_argument_and_one_that_is_no_text(tmp_path: Path) -> None:
    with ReplayServer(arxiv_with(1)) as server:
        config = online_config(server, tmp_path)
        arguments = ["arxiv:?", "arxiv:search?fer\udcffry"]
        bad, found = read_papers(arguments, online=config)
    assert isinstance(bad, Failure)
    assert "arxiv:2409.10594" in bad.reason
    assert isinstance(found, Paper)
    assert server.asked[0].parameters["search_query"] == "all:fer?ry"
