"""Settings, exit codes, pipes and interruptions: what the shell sees."""

import json
import os
import pty
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.assistant.cli.calls import ROOT, read_lines, run, spawn, start, write_lines
from tests.support.openai_replies import Hang, Reply
from tests.support.openai_server import OpenAIServer

QUESTION = "How much does Heron cut energy use on the Delta testbed?"


def test_an_unknown_setting_is_named_with_the_one_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERS_LLM__BSE_URL", "http://127.0.0.1/v1")
    monkeypatch.setenv("PAPERS_SERVR__PORT", "1")
    result = run("library", "stats", "--json")
    assert result.exit_code == 2
    message = json.loads(result.stdout)["error"]["message"]
    assert "PAPERS_LLM__BSE_URL; did you mean PAPERS_LLM__BASE_URL?" in message
    assert "PAPERS_SERVR" in message


def test_a_wrong_value_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERS_LLM__MAX_TOKENS", "sk-secret")
    result = run("ask", "x")
    assert result.exit_code == 2
    assert "PAPERS_LLM__MAX_TOKENS: " in result.stderr
    assert "sk-secret" not in result.stderr


@pytest.mark.parametrize(
    "content", [b"PAPERS_NO_SUCH=1\n", "PAPERS_LOG_LEVEL=info".encode("utf-16")]
)
def test_a_bad_env_file_is_wrong_usage(content: bytes) -> None:
    Path(".env").write_bytes(content)
    result = run("library", "stats")
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_help_and_version() -> None:
    for arguments in (["--help"], ["ask", "--help"], ["library", "delete", "--help"]):
        assert run(*arguments).exit_code == 0
    version = run("--version")
    assert version.exit_code == 0
    number = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert version.stdout.split()[1] in {number, "(run"}


@pytest.mark.parametrize("arguments", [[], ["library"], ["nonsense"], ["ask", "x", "--nonsense"]])
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2
    with_json = run(*arguments, "--json")
    assert with_json.exit_code == 2
    assert json.loads(with_json.stdout)["error"]["type"] == "UsageError"


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, assistant.cli.app;"
        "print(*{'chromadb', 'gradio', 'llama_index', 'onnxruntime', 'openai'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "\n"


def test_stdout_of_a_process_holds_only_the_document(papers_file: Path) -> None:
    ingest = spawn("ingest", papers_file, "--library", "lib", "--json")
    assert (ingest.returncode, json.loads(ingest.stdout)["added"]) == (0, 3)
    assert ingest.stderr == ""
    ask = spawn("ask", QUESTION, "--library", "lib", "--json")
    assert (ask.returncode, json.loads(ask.stdout)["status"]) == (0, "answered")
    assert ask.stderr == ""
    show = spawn("library", "show", "nobody", "--library", "lib", "--json")
    assert (show.returncode, list(json.loads(show.stdout))) == (1, ["error"])
    assert "Traceback" not in show.stderr


def test_ascii_terminals_and_files_get_valid_output(library: Path) -> None:
    narrow = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    text = spawn("ask", QUESTION, "--library", library, env=narrow)
    assert (text.returncode, "31.4%" in text.stdout) == (0, True)
    document = spawn("ask", "Größe?", "--library", library, "--json", env=narrow)
    assert json.loads(document.stdout)["question"] == "Größe?"


def test_a_reader_who_goes_early_is_no_error(tmp_path: Path) -> None:
    long = [
        {"title": f"Reed {n}", "abstract": "Reeds bend.", "notes": "x" * 40_000} for n in range(8)
    ]
    spawn("ingest", write_lines(tmp_path / "long.jsonl", long), "--library", "lib")
    process = start("library", "export", "--library", "lib")
    assert process.stdout and process.stderr
    assert json.loads(process.stdout.readline())["title"] == "Reed 0"
    process.stdout.close()
    assert (process.stderr.read(), process.wait(timeout=60)) == ("", 0)


def test_ctrl_c_ends_a_batch_and_keeps_what_was_answered(
    openai_server: OpenAIServer, library: Path, tmp_path: Path
) -> None:
    questions = [{"_id": str(n), "question": f"{n}: {QUESTION}"} for n in range(2)]
    source = write_lines(tmp_path / "q.jsonl", questions)
    openai_server.queue(Reply("Heron cuts energy use by 31.4% [1]."), Hang())
    env = {"PAPERS_LLM__BASE_URL": openai_server.base_url, "PAPERS_LLM__MODEL": "test-chat"}
    process = start("ask", "--questions", source, "--out", "a.jsonl", "--library", library, env=env)
    openai_server.wait_for_requests(2, timeout_s=60)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.startswith("Error: interrupted; what was done by then is in ")
    assert len(err.splitlines()) == 1
    assert not Path("a.jsonl").exists()
    assert [row["_id"] for row in read_lines(Path("a.jsonl.part"))] == ["0"]


def on_terminal(*arguments: object, env: dict[str, str]) -> str:
    """What a terminal shows of a command's stdout."""
    ours, its = pty.openpty()
    process = start(*arguments, stdout=its, env=env)
    os.close(its)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:
        pass
    os.close(ours)
    assert process.wait(timeout=60) == 0
    return shown.decode().replace("\r\n", "\n")


def test_a_terminal_gets_the_text_as_it_comes_and_the_checked_text_if_it_differs(
    openai_server: OpenAIServer, library: Path
) -> None:
    env = {"PAPERS_LLM__BASE_URL": openai_server.base_url, "PAPERS_LLM__MODEL": "test-chat"}
    openai_server.queue(
        Reply(
            "Heron cuts energy use by 99.9% at no cost [1]. "
            + "Heron cuts energy use by 31.4% [1]."
        )
    )
    shown = on_terminal("ask", QUESTION, "--library", library, env=env)
    streamed, _, checked = shown.partition("\nThe answer as checked against its sources:\n")
    assert "99.9%" in streamed
    assert "[unsupported]" not in streamed
    assert "99.9% at no cost. [unsupported]" in checked
    assert "[1] Heron: Switching Idle Links" in checked


def test_a_terminal_shows_progress_on_stderr(papers_file: Path) -> None:
    ours, its = pty.openpty()
    process = start("ingest", papers_file, "--library", "lib", stderr=its)
    os.close(its)
    out, _ = process.communicate(timeout=120)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert "3 read: 3 added" in out
    assert "Ingesting" in shown
    assert "3/3" in shown
