"""`paper-assistant search`."""

import json
from pathlib import Path

import pytest

from tests.assistant.cli.calls import read_lines, run, run_json, write_lines


def found(*arguments: object) -> list[str]:
    return [hit["paper"]["id"] for hit in run_json("search", *arguments)["hits"]]


def test_the_document_has_the_documented_fields(library: Path) -> None:
    document = run_json("search", "storm tides", "--year-from", 2020, "--library", library)
    assert document.keys() >= {"query", "filters", "hits", "timings_ms"}
    assert document["query"] == "storm tides"
    assert document["filters"] == {"year_from": 2020}
    best = document["hits"][0]
    assert best.keys() >= {"rank", "paper", "score", "dense", "lexical"}
    assert best["paper"].keys() >= {"id", "title", "abstract", "authors", "year"} | {
        "venue",
        "url",
        "doi",
        "arxiv_id",
    }
    assert (best["rank"], best["paper"]["id"]) == (1, "otter")


def test_limit(library: Path) -> None:
    assert found("energy of idle links", "--limit", 1, "--library", library) == ["heron"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--year-from", 2023], {"otter", "crane"}),
        (["--year-to", 2021], {"heron"}),
        (["--venue", "ocean"], {"otter"}),
        (["--author", "weir"], {"heron"}),
        (["--author", "nobody"], set()),
    ],
)
def test_filters(options: list[object], expected: set[str], library: Path) -> None:
    assert set(found("energy forecast layout", *options, "--library", library)) == expected


def test_people_get_one_row_a_paper_with_markup_as_text(library: Path) -> None:
    result = run("search", "parsing scanned layout", "--limit", 2, "--library", library)
    header, first, _ = result.stdout.splitlines()
    assert header.split() == ["#", "Title", "Year", "Score", "Id"]
    assert "Crane: [bold red]Markup[/bold red] and Layout Parsing" in first
    assert first.split()[-1] == "crane"


def test_no_match_and_no_library_say_so(library: Path) -> None:
    nobody = run("search", "tides", "--author", "nobody", "--library", library)
    assert (nobody.exit_code, nobody.stdout) == (0, "None of the 3 papers matches.\n")
    empty = run("search", "tides", "--library", "nowhere")
    assert "library is empty" in empty.stdout
    assert run_json("search", "tides", "--library", "nowhere")["hits"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["q", "--queries", "q.jsonl", "--out", "r.jsonl"],
        ["--queries", "q.jsonl"],
        ["q", "--out", "r.jsonl"],
        ["--queries", "same.jsonl", "--out", "same.jsonl"],
        ["q", "--limit", "0"],
        ["q", "--year-from", "2025", "--year-to", "2020"],
    ],
)
def test_wrong_usage(arguments: list[str], library: Path) -> None:
    result = run("search", *arguments, "--library", library, "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["type"] == "UsageError"


def test_a_batch_of_queries(library: Path, tmp_path: Path) -> None:
    queries = [
        {"_id": "q1", "text": "idle links", "metadata": {}},
        {"_id": 2, "text": "storm tides"},
    ]
    source = write_lines(tmp_path / "queries.jsonl", queries)
    result = run("search", "--queries", source, "--out", "run.jsonl", "--library", library)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == "2 answered, 0 failed; written to run.jsonl\n"
    first, second = read_lines(Path("run.jsonl"))
    assert (first["_id"], first["hits"][0]["paper_id"]) == ("q1", "heron")
    assert (second["_id"], second["hits"][0]["paper_id"]) == ("2", "otter")
    scores = [hit["score"] for hit in first["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert not Path("run.jsonl.part").exists()


def test_a_batch_lists_both_versions_of_a_paper(tmp_path: Path) -> None:
    text = "Otters sort pebbles by weight and keep the roundest ones for cracking shells."
    papers = [
        {"id": "printed", "title": "How Otters Sort Pebbles", "abstract": text, "year": 2021},
        {"id": "preprint", "title": "How Otters Sort Pebbles", "abstract": text, "year": 2020},
        {"id": "other", "title": "Winter Roads", "abstract": "Roads freeze from the edges."},
    ]
    run("ingest", write_lines(tmp_path / "p.jsonl", papers), "--library", "lib")
    query = write_lines(tmp_path / "q.jsonl", [{"_id": "q", "text": "otters sorting pebbles"}])
    assert len(found("otters sorting pebbles", "--library", "lib", "--limit", 2)) == 2
    batch = ["search", "--queries", query, "--out", "run.jsonl", "--library", "lib"]
    assert run(*batch, "--limit", 2).exit_code == 0
    (row,) = read_lines(Path("run.jsonl"))
    assert {hit["paper_id"] for hit in row["hits"]} == {"printed", "preprint"}
    scores = [hit["score"] for hit in row["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_broken_lines_of_a_batch_are_named_and_the_rest_runs(library: Path, tmp_path: Path) -> None:
    lines = ["", {"_id": "a", "text": "tides"}, "{", {"text": "x"}, {"_id": "a", "text": "again"}]
    source = write_lines(tmp_path / "q.jsonl", lines)
    batch = ["search", "--queries", source, "--out", "run.jsonl", "--library", library]
    result = run(*batch, "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (report["answered"], report["out"]) == (1, "run.jsonl")
    assert [failure["line"] for failure in report["failed"]] == [3, 4, 5]
    where = [line.partition(": ")[0] for line in result.stderr.splitlines()]
    assert where == [f"{source}:{number}" for number in (3, 4, 5)]
    assert [row["_id"] for row in read_lines(Path("run.jsonl"))] == ["a"]


@pytest.mark.parametrize("content", ["", "{\n", '{"_id": "", "text": "x"}\n'])
def test_a_batch_without_answers_fails_and_keeps_the_old_file(
    content: str, library: Path, tmp_path: Path
) -> None:
    source = tmp_path / "q.jsonl"
    source.write_text(content, encoding="utf-8")
    Path("run.jsonl").write_text("old\n", encoding="utf-8")
    result = run("search", "--queries", source, "--out", "run.jsonl", "--library", library)
    assert result.exit_code == 1
    assert "nothing in" in result.stderr
    assert Path("run.jsonl").read_text(encoding="utf-8") == "old\n"
    assert not Path("run.jsonl.part").exists()


def test_files_of_a_batch_that_cannot_be_opened_are_named(library: Path, tmp_path: Path) -> None:
    missing = run("search", "--queries", "no.jsonl", "--out", "r.jsonl", "--library", library)
    assert (missing.exit_code, "no.jsonl" in missing.stderr) == (1, True)
    source = write_lines(tmp_path / "q.jsonl", [{"_id": "a", "text": "tides"}])
    nowhere = run("search", "--queries", source, "--out", "no/r.jsonl", "--library", library)
    assert (nowhere.exit_code, "cannot be written" in nowhere.stderr) == (1, True)
