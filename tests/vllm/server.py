"""A real vLLM server as a child process, on the loopback interface."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

READY_S = 900.0
_STOP_S = 30.0


class VLLMServer:
    """Runs from `with` to its end; `home` is what `install.sh` made."""

    def __init__(self, home: Path, log: Path, *options: str, key: str | None = None) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._log = log
        self._environment = {
            **os.environ,
            "HF_HUB_OFFLINE": "1",
            "VLLM_NO_USAGE_STATS": "1",
            "VLLM_CPU_KVCACHE_SPACE": "1",
            "PATH": f"{home / 'env' / 'bin'}:{os.environ['PATH']}",
        }
        module = ["-m", "vllm.entrypoints.launchers.api_server.entry"]
        fixed = ["--host", "127.0.0.1", "--port", str(port), "--enforce-eager"]
        model = ["--model", str(home / "model"), "--served-model-name", "smollm2"]
        secret = ["--api-key", key] if key else []
        python = str(home / "env" / "bin" / "python")
        self._command = [python, *module, *model, *fixed, *secret, *options]

    @property
    def base_url(self) -> str:
        """The address that a client is given."""
        return f"{self.url}/v1"

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command, env=self._environment, stdout=log, stderr=log, process_group=0
            )
        self._wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        """Ask it to end; killed outright, it would leave its worker behind."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)

    def running(self) -> float:
        """How many requests the engine works on, by its own metrics."""
        text = httpx.get(f"{self.url}/metrics", timeout=10).text
        lines = [line for line in text.splitlines() if line.startswith("vllm:num_requests_running")]
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines)

    def _wait(self) -> None:
        until = time.monotonic() + READY_S
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.url}/health", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(1)
        self._stop()
        tail = self._log.read_text(errors="replace")[-3000:]
        raise RuntimeError(f"vLLM did not come up; the end of its log:\n{tail}")
