"""The examples of docs/ run as they stand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.readers import Source, detect
from tests.support.api_server import serving
from tests.support.assistants import extractive_settings
from tests.support.papers import own_papers

ROOT = Path(__file__).parents[1]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(paper.model_dump_json() for paper in own_papers()))
    return path


def run(folder: Path, name: str, *arguments: Path | str) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "docs/examples" / name, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_ask_and_cite(tmp_path: Path, papers: Path) -> None:
    out = tmp_path / "cited.bib"
    shown = run(tmp_path, "ask_and_cite.py", tmp_path / "library", papers, out)
    assert "12 added" in shown
    assert "answered" in shown
    source = Source(str(out), out)
    assert [record.title for record in detect(source).read(source)] == [own_papers()[0].title]  # type: ignore[union-attr]


def test_async_and_streaming(tmp_path: Path, papers: Path) -> None:
    shown = run(tmp_path, "async_and_streaming.py", tmp_path / "library", papers)
    assert shown.splitlines()[:2] == ["not_in_library", "answered"]
    assert "citations" in shown


def test_llama_index_tool(tmp_path: Path, papers: Path) -> None:
    shown = run(tmp_path, "llama_index_tool.py", tmp_path / "library", papers)
    assert f"[1] {own_papers()[0].title}" in shown


def test_openai_client(tmp_path: Path, small_library_path: Path) -> None:
    with serving(extractive_settings(small_library_path)) as server:
        shown = run(tmp_path, "openai_client.py", f"{server.url}/v1")
    assert shown.startswith("model: paper-assistant\n")
    assert "[1] rests on “" in shown
    assert shown.endswith("status: not_in_library\ntokens: 0\n")
