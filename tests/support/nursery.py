"""Processes that work on a library and can be killed at any moment, started within milliseconds.

One process imports everything once and forks a child for each task, so that a test can afford a
hundred kills.
"""

import importlib
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple, Self

from tests.support.processes import ROOT

Work = Literal["ingest", "remove", "reindex"]


class Task(NamedTuple):
    """What a child does: ingest a file, remove the papers with the given ids, or reindex."""

    work: Work
    library: Path
    base_url: str
    model: str = "test-embed"
    batch_size: int = 8
    file: Path | None = None
    ids: Sequence[str] = ()


class Nursery:
    """Forks a child for each task."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == "ready"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)

    def start(self, task: Task) -> "Child":
        """Fork a child; one at a time."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(task._asdict(), default=str) + "\n")
        self._process.stdin.flush()
        return Child(int(self._answer()), self)

    def wait(self) -> int:
        """The exit status of the child, negative for a signal."""
        return self.outcome()[0]

    def outcome(self) -> tuple[int, str]:
        """The exit status of the child, and the error it ended with."""
        status, error = json.loads(self._answer())
        return status, error

    def _answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the nursery has died"
        return line.strip()


class Child(NamedTuple):
    """A process at work."""

    pid: int
    nursery: Nursery

    def kill(self) -> bool:
        """SIGKILL; whether it was still at work."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return self.nursery.wait() == -signal.SIGKILL


def perform(task: Task) -> None:
    """Do a task in this process."""
    from ingest.config import EmbeddingConfig, LibraryConfig
    from ingest.doctor import remove_papers
    from ingest.pipeline import ingest_records, read_papers
    from ingest.reindexing import reindex

    library = LibraryConfig(path=Path(task.library), batch_size=task.batch_size)
    embedding = EmbeddingConfig(
        provider="openai-compatible", base_url=task.base_url, model=task.model
    )
    if task.work == "ingest":
        ingest_records(read_papers([str(task.file)]), library, embedding)
    elif task.work == "remove":
        remove_papers(library, embedding, list(task.ids))
    else:
        reindex(library, embedding)


def _fork(task: Task) -> None:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(0)
        os.dup2(2, 1)
        try:
            perform(task)
        except Exception as error:
            logging.getLogger(__name__).info("the task failed", exc_info=True)
            os.write(write, f"{type(error).__name__}: {error}".encode())
            os._exit(1)
        os._exit(0)
    os.close(write)
    print(pid, flush=True)
    with open(read, encoding="utf-8") as pipe:  # noqa: PTH123 (a descriptor)
        error_text = pipe.read()
    _, status = os.waitpid(pid, 0)
    print(json.dumps([os.waitstatus_to_exitcode(status), error_text]), flush=True)


def _main() -> None:
    for name in ("chromadb.api.rust", "ingest.embedding.endpoint", "ingest.pipeline"):
        importlib.import_module(name)
    print("ready", flush=True)
    for line in sys.stdin:
        _fork(Task(**json.loads(line)))


if __name__ == "__main__":
    _main()
