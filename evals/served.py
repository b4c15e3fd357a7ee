"""`paper-assistant serve` as a process of its own, and its memory, for benches."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

from ingest.errors import PaperAssistantError

_ADDRESS = re.compile(r"http://[\d.]+:\d+")
_KIB = 1024


class ServedError(PaperAssistantError):
    """The server did not start."""


class Memory(NamedTuple):
    """Resident memory in MiB: the program's own, and pages of files, which the system may drop."""

    own: float
    mapped: float


class Served:
    """A running server."""

    def __init__(self, url: str, pid: int) -> None:
        self.url = url
        self.pid = pid

    def client(self) -> httpx.Client:
        """A client that takes no proxy from the environment and waits for a busy server."""
        return httpx.Client(base_url=self.url, trust_env=False, timeout=120)

    def memory(self) -> Memory:
        """Memory as Linux's /proc has it."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        own, mapped = (
            round(int(re.findall(rf"{name}:\s+(\d+)", status)[0]) / _KIB, 1)
            for name in ("RssAnon", "RssFile")
        )
        return Memory(own, mapped)

    @contextmanager
    def watched(self, every_s: float = 1.0) -> Iterator[list[Memory]]:
        """A list that gets the memory every second."""
        seen: list[Memory] = []
        stop = threading.Event()

        def watch() -> None:
            while not stop.wait(every_s):
                seen.append(self.memory())

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield seen
        finally:
            stop.set()
            thread.join()


@contextmanager
def served(library: Path) -> Iterator[Served]:
    """Serve a library on loopback, extractive and without a rate limit; ServedError if it fails."""
    environment = {
        **os.environ,
        "PAPERS_LLM__PROVIDER": "extractive",
        "PAPERS_SERVER__RATE_PER_MINUTE": "0",
    }
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0", "--library", str(library)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        address = _ADDRESS.search(first)
        if address is None:
            raise ServedError(f"the server did not start: {first or 'see above'}")
        yield Served(address[0], process.pid)
    finally:
        process.terminate()
        process.wait()
