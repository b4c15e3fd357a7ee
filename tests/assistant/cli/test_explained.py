"""What `search` and `ask` say of how papers were found."""

import json
from pathlib import Path

import pytest

from tests.assistant.cli.calls import run, run_json, write_lines

WORDS = ("red", "blue", "tall", "slow", "warm", "cold", "wide", "thin", "soft", "loud", "calm")


def test_explained_hits_in_json(library: Path) -> None:
    document = run_json(
        "search", "idle links", "--explain", "--year-to", 2022, "--library", library
    )
    (hit,) = document["hits"]
    explanation = hit["explanation"]
    assert explanation["matched"] == ["idle", "links"]
    assert explanation["filters"] == {"year_to": 2022}
    assert explanation["ranks"] == dict.fromkeys(
        ("dense", "lexical", "fused", "named", "distinct", "reranked"), 1
    )
    plain = run_json("search", "idle links", "--library", library)
    assert plain["hits"][0]["explanation"] is None


def test_explained_hits_in_a_table(library: Path) -> None:
    result = run("search", "otter", "--explain", "--limit", 1, "--library", library)
    assert result.exit_code == 0
    header, row = result.stdout.splitlines()
    for column in ("Cosine", "BM25", "fused #", "Matched", "Why"):
        assert column in header
    assert "Otter: Replay Buffers" in row
    assert "named by id, title or name" in row


def test_hints_are_told_on_stderr_and_can_be_switched_off(library: Path) -> None:
    query = "networks papers since 2023"
    applied = run("search", query, "--library", library)
    assert "since 2023" in applied.stderr
    assert "Heron" not in applied.stdout
    suggested = run("search", query, "--hints", "suggest", "--library", library)
    assert "Not used as a filter: “since 2023”" in suggested.stderr
    assert "Heron" in suggested.stdout
    off = run("search", query, "--hints", "off", "--library", library)
    assert off.stderr == ""
    assert "Heron" in off.stdout
    assert run("search", query, "--hints", "maybe", "--library", library).exit_code == 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("papers.jsonl", {"heron", "otter", "crane"}),
        ("jsonl", {"heron", "otter", "crane"}),
        ("x.bib", set()),
    ],
)
def test_source(library: Path, source: str, expected: set[str]) -> None:
    document = run_json("search", "networks", "--source", source, "--library", library)
    assert document["filters"] == {"source": source}
    assert {hit["paper"]["id"] for hit in document["hits"]} == expected
    answer = run_json("ask", "What F1 does Crane reach?", "--source", source, "--library", library)
    assert {s["paper_id"] for s in answer["sources"]} == expected


def test_a_long_list_names_what_it_does_not_cite(tmp_path: Path) -> None:
    papers = [
        {
            "id": f"kite-{n}",
            "title": f"{word} Kites over Harbours",
            "abstract": f"We study {word} kites that pull boats. Kites pull boats in harbours.",
        }
        for n, word in enumerate(WORDS)
    ]
    place = tmp_path / "library"
    run("ingest", write_lines(tmp_path / "kites.jsonl", papers), "--library", place)
    question = "Which papers study kites that pull boats?"
    document = run_json("ask", question, "--library", place)
    assert document["kind"] == "list"
    cited = {citation["paper"]["id"] for citation in document["citations"]}
    assert document["found"] == len(document["sources"]) == len(papers) > len(cited)
    assert f"{len(papers)} papers found" in document["text"]
    shown = run("ask", question, "--library", place).stdout
    assert f"{len(papers)} papers found, {len(cited)} of them cited above." in shown
    uncited = [s["title"] for s in document["sources"] if s["paper_id"] not in cited]
    assert all(title in shown for title in uncited)


def test_a_batch_is_searched_with_the_same_options(library: Path, tmp_path: Path) -> None:
    queries = write_lines(tmp_path / "q.jsonl", [{"_id": "1", "text": "papers since 2023"}])
    for mode, count in (("apply", 2), ("off", 3)):
        out = tmp_path / f"{mode}.jsonl"
        result = run(
            "search", "--queries", queries, "--out", out, "--hints", mode, "--library", library
        )
        assert result.exit_code == 0
        assert len(json.loads(out.read_text())["hits"]) == count
