"""How long a new process takes."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from evals.bench.figures import Figure

_RUNS = 3


def start_figures(library: Path) -> list[Figure]:
    """Seconds for the imports, and for a search on the command line, median of three."""
    search = [sys.executable, "-m", "assistant", "search", "kan", "--library", str(library)]
    commands = {
        "imports of the API": [sys.executable, "-c", "import assistant.api"],
        "search on the command line": search,
    }
    return [
        Figure(name, median(_seconds(command) for _ in range(_RUNS)), "s")
        for name, command in commands.items()
    ]


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started
