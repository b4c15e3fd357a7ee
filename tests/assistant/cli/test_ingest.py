"""`paper-assistant ingest`."""

import gzip
import json
from pathlib import Path

import pytest

from tests.assistant.cli.calls import run, run_json, write_lines

FIELDS = {"read", "added", "updated", "unchanged", "merged", "without_abstract"} | {
    "failed",
    "seconds",
    "embedded_tokens",
    "cost_usd",
}


def test_twice_adds_and_embeds_nothing(papers_file: Path) -> None:
    first = run_json("ingest", papers_file, "--library", "lib")
    again = run_json("ingest", papers_file, "--library", "lib")
    assert first.keys() >= FIELDS
    assert (first["read"], first["added"], first["failed"]) == (3, 3, [])
    assert (again["read"], again["added"], again["unchanged"]) == (3, 0, 3)
    assert again["embedded_tokens"] == 0


@pytest.mark.parametrize("before", [True, False])
def test_the_library_is_named_before_or_after_the_command(before: bool, papers_file: Path) -> None:
    option = ["--library", "lib"]
    command = ["ingest", str(papers_file)]
    result = run(*(option + command if before else command + option))
    assert result.exit_code == 0
    assert "3 read: 3 added" in result.stdout
    assert Path("lib/manifest.json").exists()


def test_the_setting_names_the_library(papers_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERS_LIBRARY__PATH", "from-setting")
    assert run("ingest", papers_file).exit_code == 0
    assert Path("from-setting/manifest.json").exists()


def test_a_dry_run_counts_and_writes_nothing(papers_file: Path) -> None:
    report = run_json("ingest", papers_file, "--dry-run", "--library", "lib")
    assert (report["read"], report["added"]) == (3, 3)
    assert report["embedded_tokens"] > 60
    assert not Path("lib").exists()
    result = run("ingest", papers_file, "--dry-run", "--library", "lib")
    assert "nothing was embedded or written" in result.stdout


def test_broken_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    good = {"title": "Fen", "abstract": "Fen drains bogs."}
    mixed = write_lines(tmp_path / "mixed.jsonl", ["{broken", good, {"abstract": "no name"}])
    result = run("ingest", mixed, "--library", "lib")
    assert result.exit_code == 0
    first, second = result.stderr.splitlines()
    assert first.startswith(f"{mixed}:1: not valid JSON")
    assert second.startswith(f"{mixed}:3: no title")
    assert "1 read: 1 added" in result.stdout
    assert "2 failed" in result.stdout


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 8, "binary"),
        (b"Good morning.\nThis page has no papers.\n", "no papers"),
        (gzip.compress(b"x" * 5000)[:-9], "damaged"),
        (None, "no such file"),
    ],
)
def test_nothing_read_is_a_failure_with_its_reason(
    content: bytes | None, reason: str, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    if content is not None:
        page.write_bytes(content)
    result = run("ingest", page, "--library", "lib")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{page}")
    assert reason in result.stderr
    assert "Traceback" not in result.stderr


def test_nothing_read_with_json_is_one_document_with_report_and_error() -> None:
    result = run("ingest", "missing.jsonl", "--library", "lib", "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert document["error"]["type"] == "NothingRead"
    assert document["failed"][0]["source"] == "missing.jsonl"
    assert "missing.jsonl" in result.stderr


def test_a_bad_file_does_not_keep_the_good_one_out(papers_file: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    result = run("ingest", tmp_path / "empty.jsonl", papers_file, "--library", "lib")
    assert result.exit_code == 0
    assert "3 added" in result.stdout
    assert "empty.jsonl: " in result.stderr


def test_standard_input(papers_file: Path) -> None:
    text = papers_file.read_text(encoding="utf-8")
    result = run("ingest", "-", "--library", "lib", "--json", stdin=text)
    assert json.loads(result.stdout)["added"] == 3


def test_an_unknown_format_is_wrong_usage_and_names_the_known_ones(papers_file: Path) -> None:
    result = run("ingest", papers_file, "--format", "docx", "--library", "lib")
    assert result.exit_code == 2
    assert "'docx'" in result.stderr
    assert "jsonl" in result.stderr
    assert not Path("lib").exists()


def test_a_named_format_is_used(papers_file: Path) -> None:
    assert run_json("ingest", papers_file, "--format", "jsonl", "--library", "lib")["added"] == 3


def test_a_file_name_cannot_command_the_terminal() -> None:
    result = run("ingest", "evil\x1b[31m\x07.jsonl", "--library", "lib")
    assert result.exit_code == 1
    assert "evil.jsonl: " in result.stderr
    assert "\x1b" not in result.stderr


def test_a_library_where_none_can_be_is_refused_with_the_remedy(papers_file: Path) -> None:
    Path("taken").write_text("a file", encoding="utf-8")
    result = run("ingest", papers_file, "--library", "taken")
    assert result.exit_code == 1
    assert "--library" in result.stderr


def test_an_abstract_of_200_000_characters(tmp_path: Path) -> None:
    sentence = "Marsh maps wetlands by radar at low cost. "
    long = {"id": "marsh", "title": "Marsh", "abstract": sentence * 4762}
    report = run_json("ingest", write_lines(tmp_path / "l.jsonl", [long]), "--library", "lib")
    assert report["added"] == 1
    hits = run_json("search", "wetlands by radar", "--library", "lib")["hits"]
    assert [hit["paper"]["id"] for hit in hits] == ["marsh"]
    assert len(hits[0]["paper"]["abstract"]) == len((sentence * 4762).strip())
