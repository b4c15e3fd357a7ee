"""`paper-assistant chat`, as a process."""

import re
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.assistant.cli.calls import run, run_json, start

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def address_of(process: "subprocess.Popen[str]", lines: list[str]) -> str:
    """Read the start-up lines up to the library's; the page's address."""
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.rstrip())
        if line.startswith("Library"):
            break
    match = ADDRESS.search("\n".join(lines))
    assert match is not None, lines
    return match.group()


def stop(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Press Ctrl-C; exit code and stderr."""
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    return process.returncode, err


def test_an_empty_library_is_filled_with_the_sample_and_served() -> None:
    process = start("chat", "--port", 0, "--sample-if-empty", "--library", "lib")
    lines: list[str] = []
    page = httpx.get(address_of(process, lines), trust_env=False, timeout=30)
    assert page.status_code == 200
    text = "\n".join(lines)
    assert "extractive" in text
    assert re.search(r"Library +lib \(72 papers\)", text)
    code, err = stop(process)
    assert (code, err) == (0, "")
    assert run_json("library", "stats", "--library", "lib")["papers"] == 72


def test_files_are_brought_in_first_and_a_dead_endpoint_is_told_at_once(papers_file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    env = {"PAPERS_LLM__BASE_URL": f"http://127.0.0.1:{port}/v1", "PAPERS_LLM__MODEL": "test-chat"}
    process = start(
        *("chat", "--port", 0, "--sample-if-empty", "--ingest", papers_file, "--library", "lib"),
        env=env,
    )
    lines: list[str] = []
    page = httpx.get(address_of(process, lines), trust_env=False, timeout=30)
    assert page.status_code == 200
    assert "(3 papers)" in lines[-1]
    code, err = stop(process)
    assert code == 0
    assert err.startswith("Warning: openai-compatible: ")
    assert f"127.0.0.1:{port}" in err
    assert "PAPERS_LLM__BASE_URL" in err


def test_a_file_that_cannot_be_read_is_an_error() -> None:
    result = run("chat", "--ingest", "missing.jsonl", "--library", "lib")
    assert result.exit_code == 1
    assert "missing.jsonl" in result.stderr


@pytest.mark.parametrize("taken", [True, False])
def test_an_address_that_cannot_be_had_is_an_error(taken: bool, library: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1] if taken else 0
        host = "127.0.0.1" if taken else "0.0.0.0"
        result = run("chat", "--host", host, "--port", port, "--library", library)
    assert result.exit_code == 1
    assert ("--port" if taken else "--host") in result.stderr
