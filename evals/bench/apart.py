"""Runs a part of a benchmark in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path


def run_apart(module: str, *arguments: str | Path) -> dict[str, float]:
    """What `python -m MODULE ARGUMENTS` prints as its last line, a JSON object.

    Raises CalledProcessError if it fails; its messages go to this process's stderr.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures
