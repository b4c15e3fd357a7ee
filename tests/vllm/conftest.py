"""One chat server for all of these tests."""

import os
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import AnswerConfig, LLMConfig, Settings
from ingest.config import LibraryConfig
from tests.vllm.server import VLLMServer

STRUCTURED = '{"backend": "xgrammar", "disable_any_whitespace": true}'
WINDOW = 4096


@pytest.fixture(scope="session")
def vllm_home() -> Path:
    home = os.environ.get("VLLM_HOME")
    if not home:
        pytest.skip("VLLM_HOME is not set; run these tests by `make test-vllm`")
    return Path(home)


@pytest.fixture(scope="session")
def vllm(vllm_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VLLMServer]:
    log = tmp_path_factory.mktemp("vllm") / "chat.log"
    options = ["--max-model-len", str(WINDOW), "--max-num-seqs", "16"]
    with VLLMServer(vllm_home, log, *options, "--structured-outputs-config", STRUCTURED) as server:
        yield server


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample of 72 papers by the embedded model."""
    path = tmp_path_factory.mktemp("sample") / "library"
    settings = Settings(_env_file=None, library=LibraryConfig(path=path))
    with as_file(files("ingest.sample") / "papers.jsonl") as sample, Assistant(settings) as filled:
        filled.ingest([sample])
    return path


def settings_for(
    library: Path, server: VLLMServer, answer: AnswerConfig | None = None, **llm: object
) -> Settings:
    """Settings whose model is the server's only one."""
    fields: dict[str, object] = {"context_window": WINDOW, "max_tokens": 200, "timeout_s": 300}
    config = LLMConfig.model_validate(
        {"base_url": server.base_url, "deadline_s": 600, **fields, **llm}
    )
    return Settings(
        _env_file=None,
        library=LibraryConfig(path=library),
        llm=config,
        answer=answer or AnswerConfig(),
    )
