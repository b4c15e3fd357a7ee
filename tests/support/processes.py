"""Runs Python code in a process of its own, with the repository importable."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Start `code`; its arguments are in `sys.argv[1:]`, its output in pipes."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def output_of(code: str, *arguments: object, timeout_s: float = 120) -> str:
    """Run `code` to its end and return what it printed; AssertionError with stderr if it fails."""
    with python(code, *arguments) as process:
        out, errors = process.communicate(timeout=timeout_s)
    assert process.returncode == 0, errors
    return out
