"""`serve` and `mcp` as processes: they tell where they listen, and refuse to be open to all."""

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.assistant.cli.calls import run, spawn, start

TOKEN = {"PAPERS_SERVER__TOKEN": "a-token-that-nobody-guesses"}


@contextmanager
def running(*arguments: object, **options: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and the address that its first line names."""
    process = start(*arguments, **options)
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.search(r"http://[\d.]+:\d+", first)
        assert found, first + (process.stderr.read() if process.stderr else "")
        yield process, found[0]
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        assert "Traceback" not in errors


def test_serve_answers_until_ctrl_c(library: Path) -> None:
    with running("serve", "--port", 0, "--library", library) as (process, url):
        reply = httpx.get(f"{url}/v1/search", params={"q": "tides"}, trust_env=False)
        assert reply.json()["hits"]
    assert process.returncode == 0


@pytest.mark.parametrize("command", [("serve",), ("mcp", "--http")])
def test_an_open_address_demands_a_token(library: Path, command: tuple[str, ...]) -> None:
    refused = run(*command, "--host", "0.0.0.0", "--port", 0, "--library", library)
    assert refused.exit_code == 1
    assert "PAPERS_SERVER__TOKEN" in refused.stderr


def test_mcp_over_http_listens_and_asks_for_the_token(library: Path) -> None:
    arguments = ("mcp", "--http", "--port", 0, "--library", library)
    with running(*arguments, env=TOKEN) as (_, url):
        assert httpx.post(f"{url}/mcp", json={}, trust_env=False).status_code == 401
        headers = {"Authorization": f"Bearer {TOKEN['PAPERS_SERVER__TOKEN']}"}
        initialise = {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "initialize",
            "params": {
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "clientInfo": {"name": "test", "version": "1"},
            },
        }
        headers |= {"Accept": "application/json, text/event-stream"}
        reply = httpx.post(f"{url}/mcp", json=initialise, headers=headers, trust_env=False)
        assert reply.status_code == 200
        assert "paper-assistant" in reply.text


def test_a_short_token_is_warned_of_and_not_shown(library: Path) -> None:
    refused = spawn(
        *("serve", "--host", "192.0.2.1", "--port", 0, "--library", library),
        env={"PAPERS_SERVER__TOKEN": "s3cret"},
    )
    assert refused.returncode == 1
    assert "shorter than 16" in refused.stderr
    assert "192.0.2.1" in refused.stderr
    assert "s3cret" not in refused.stderr + refused.stdout
