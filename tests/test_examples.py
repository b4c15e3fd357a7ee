"""The examples of docs/ run as they stand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.readers import Source, detect
from tests.support.papers import own_papers

ROOT = Path(__file__).parents[1]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(paper.model_dump_json() for paper in own_papers()))
    return path


def run(name: str, *arguments: Path) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "docs/examples" / name, *arguments],
        cwd=arguments[0].parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_ask_and_cite(tmp_path: Path, papers: Path) -> None:
    out = tmp_path / "cited.bib"
    shown = run("ask_and_cite.py", tmp_path / "library", papers, out)
    assert "12 added" in shown
    assert "answered" in shown
    source = Source(str(out), out)
    assert [record.title for record in detect(source).read(source)] == [own_papers()[0].title]  # type: ignore[union-attr]


def test_async_and_streaming(tmp_path: Path, papers: Path) -> None:
    shown = run("async_and_streaming.py", tmp_path / "library", papers)
    assert shown.splitlines()[:2] == ["not_in_library", "answered"]
    assert "citations" in shown


def test_llama_index_tool(tmp_path: Path, papers: Path) -> None:
    shown = run("llama_index_tool.py", tmp_path / "library", papers)
    assert f"[1] {own_papers()[0].title}" in shown
