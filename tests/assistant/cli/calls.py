"""Runs the command line for tests: in this process, or as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from assistant.cli.app import app

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "assistant")


def run(*arguments: object, stdin: str | None = None) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)


def run_json(*arguments: object) -> Any:
    """Run a command that succeeds with --json; its document."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def start(*arguments: object, **options: Any) -> subprocess.Popen[str]:
    """Start the command as a process with pipes; the working folder is this one's."""
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)} | options.pop("env", {}),
        text=True,
        encoding="utf-8",
        **({"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options),
    )


def spawn(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command as a process to its end."""
    process = start(*arguments, **options)
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def write_lines(path: Path, rows: Sequence[object]) -> Path:
    """A JSONL file; strings are lines as they stand."""
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def read_lines(path: Path) -> list[Any]:
    """The documents of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
