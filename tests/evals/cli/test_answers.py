"""`eval answers`, `gate`, `compare` and `judge`, end to end over a small library."""

import json
from pathlib import Path

import pytest

from evals.report.model import load_report
from tests.assistant.cli.calls import run, run_json, write_lines
from tests.evals.lab import CASES
from tests.support.papers import own_papers

IDS = {paper.title.split(":")[0].split()[0].lower(): paper.id for paper in own_papers()}


def suite(path: Path) -> Path:
    rows: list[object] = [
        {
            "_id": f"c{at}",
            "question": case.question,
            "kind": "fact",
            "split": "tune" if at % 2 else "test",
            "answerable": True,
            "papers": [{"id": IDS[case.paper.rstrip(":")], "grade": 2}],
            "facts": [[case.fact]],
        }
        for at, case in enumerate(CASES)
    ]
    off_topic = {"kind": "fact", "split": "test", "answerable": False, "why_not": "off_topic"}
    rows.append({"_id": "u", "question": "How do I bake bread?", **off_topic})
    return write_lines(path, rows)


@pytest.fixture
def made(tmp_path: Path, small_library_path: Path) -> Path:
    """The folder of a run."""
    out = tmp_path / "run"
    result = run(
        *("eval", "answers", "--suite", suite(tmp_path / "s.jsonl")),
        *("--library", small_library_path, "--out", out, "--cache", tmp_path / "c.sqlite"),
    )
    assert result.exit_code == 0, result.stderr
    assert "correctness" in result.stdout
    return out


def test_a_run_writes_its_report(made: Path) -> None:
    report = load_report(made)
    assert {path.name for path in made.iterdir()} == {"report.html", "report.json", "report.md"}
    assert (report.suite.name, report.suite.items, report.model) == ("s", 19, "extractive")
    assert report.figure("quote validity").value == 1
    assert report.figure("faithfulness").value == 1
    assert report.library.papers == len(own_papers())
    assert "api_key" not in json.dumps(report.settings)
    assert str(made.parent) not in (made / "report.html").read_text()


def test_the_same_run_again_is_the_same_and_passes_the_gate(
    made: Path, small_library_path: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    document = run_json(
        *("eval", "answers", "--suite", tmp_path / "s.jsonl", "--library", small_library_path),
        *("--out", again, "--cache", tmp_path / "c.sqlite", "--concurrency", 4),
    )
    first, second = load_report(made), load_report(again)
    assert (first.figures, first.items) == (second.figures, second.items)
    assert document["suite"]["items"] == 19
    baseline = tmp_path / "baseline.json"
    assert run("eval", "gate", made, "--baseline", baseline, "--update").exit_code == 0
    decision = run_json("eval", "gate", again, "--baseline", baseline)
    assert decision["passed"] is True
    result = run("eval", "compare", made, again)
    assert result.exit_code == 0
    assert "19 items, 0 left out" in result.stdout


def test_a_split_and_a_limit(small_library_path: Path, tmp_path: Path) -> None:
    document = run_json(
        *("eval", "answers", "--suite", suite(tmp_path / "s.jsonl"), "--split", "tune"),
        *("--limit", 3, "--library", small_library_path, "--out", tmp_path / "run"),
    )
    assert (document["suite"]["split"], document["suite"]["items"]) == ("tune", 3)


def test_a_library_without_the_gold_papers_is_refused(
    small_library_path: Path, tmp_path: Path
) -> None:
    row = {"_id": "a", "question": "x", "kind": "fact", "split": "test", "answerable": True}
    path = write_lines(tmp_path / "s.jsonl", [row | {"papers": [{"title": "Nowhere", "grade": 2}]}])
    result = run("eval", "answers", "--suite", path, "--library", small_library_path)
    assert result.exit_code == 1
    assert "s.jsonl:1: the library does not hold 'Nowhere'" in result.stderr
    assert "--papers" in result.stderr


def test_a_suite_and_a_report_in_the_wrong_place_are_told(tmp_path: Path) -> None:
    path = suite(tmp_path / "s.jsonl")
    result = run("eval", "answers", "--suite", path, "--out", path)
    assert result.exit_code == 2
    assert f"--out: {path} is a file; name a folder" in result.stderr
    result = run("eval", "answers", "--suite", tmp_path)
    assert result.exit_code == 1
    assert f"{tmp_path} is no folder in BEIR's layout" in result.stderr


def test_an_llm_judge_without_an_endpoint_names_the_setting(
    small_library_path: Path, tmp_path: Path
) -> None:
    result = run(
        *("eval", "answers", "--suite", suite(tmp_path / "s.jsonl"), "--judge", "llm"),
        *("--library", small_library_path),
    )
    assert result.exit_code == 2
    assert "PAPERS_LLM__BASE_URL" in result.stderr


def test_papers_are_ingested_once_for_their_suite(tmp_path: Path) -> None:
    papers = write_lines(
        tmp_path / "papers.jsonl",
        [{"title": "Lakes", "abstract": "The lake is 95 m deep and freezes in May."}],
    )
    asked = {
        "_id": "a",
        "question": "How deep is the lake?",
        "kind": "fact",
        "split": "test",
        "answerable": True,
        "papers": [{"title": "Lakes", "grade": 2}],
        "facts": [["95 m"]],
    }
    arguments = (
        *("eval", "answers", "--suite", write_lines(tmp_path / "s.jsonl", [asked])),
        *("--papers", papers, "--out", tmp_path / "run"),
    )
    run_json(*arguments)
    libraries = sorted((tmp_path / "cache").rglob("whole"))
    run_json(*arguments)
    assert sorted((tmp_path / "cache").rglob("whole")) == libraries
    assert len(libraries) == 1
    (item,) = load_report(tmp_path / "run").items
    assert item.gold[0].rank == 1


def test_a_judge_is_measured(tmp_path: Path) -> None:
    rows = [
        {"claim": "The lake is 95 m deep.", "source": "The lake is 95 m deep.", "label": "SUPPORT"},
        {
            "claim": "The lake is 64 m deep.",
            "source": "The lake is 95 m deep.",
            "label": "CONTRADICT",
        },
    ]
    path = write_lines(tmp_path / "lakes.jsonl", rows)
    document = run_json("eval", "judge", "--pairs", path)
    (found,) = document["sets"]
    assert (found["dataset"], found["n"], found["accuracy"], found["auroc"]) == ("lakes", 2, 1, 1)
    result = run("eval", "judge", "--pairs", path)
    assert "kappa" in result.stdout
    assert "contradict 0.000, support 1.000" in result.stdout
