"""It is told where calls will go, and they go nowhere else."""

import json
from pathlib import Path

import pytest

from assistant.destinations import destinations
from assistant.rerank_config import RerankConfig
from assistant.settings import LLMConfig, Settings
from ingest.config import EmbeddingConfig, LibraryConfig
from tests.support.openai_server import OpenAIServer
from tests.support.processes import output_of

_RECORDED = """
import json, socket, sys
from pathlib import Path

reached = set()
for name in ("connect", "connect_ex"):
    def guarded(self, address, *more, real=getattr(socket.socket, name)):
        if isinstance(address, tuple):
            reached.add(f"{address[0]}:{address[1]}")
            if address[0] != "127.0.0.1":
                raise OSError("the network is shut")
        return real(self, address, *more)
    setattr(socket.socket, name, guarded)

from importlib.resources import as_file, files
from assistant import Assistant, Settings
from assistant.destinations import destinations
from assistant.rerank_config import RerankConfig
from assistant.settings import LLMConfig
from ingest.config import EmbeddingConfig, LibraryConfig

url = sys.argv[2]
settings = Settings(
    _env_file=None,
    library=LibraryConfig(path=Path(sys.argv[1])),
    llm=LLMConfig(base_url=url, model="m"),
    embedding=EmbeddingConfig(provider="openai-compatible", base_url=url, model="e"),
    rerank=RerankConfig(provider="endpoint", base_url=url, model="r"),
)
with as_file(files("ingest.sample") / "papers.jsonl") as sample, Assistant(settings) as assistant:
    assistant.status()
    assistant.ingest([sample])
    answer = assistant.ask("What accuracy does PoolFormer reach on ImageNet-1K?")
told = [destination.url for destination in destinations(settings) if destination.url]
print(json.dumps({"reached": sorted(reached), "told": told, "model": answer.model}))
"""


def test_chat_embeddings_and_reranking_reach_what_was_told_and_nothing_else(
    tmp_path: Path, openai_server: OpenAIServer
) -> None:
    seen = json.loads(output_of(_RECORDED, tmp_path / "library", openai_server.base_url))
    assert seen["reached"] == [f"127.0.0.1:{openai_server.port}"]
    assert seen["told"] == [openai_server.base_url] * 3
    for path in ("/chat/completions", "/embeddings", "/rerank"):
        assert openai_server.requests_to(path), path


def test_by_default_nothing_is_called(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, library=LibraryConfig(path=tmp_path))
    assert [d.url for d in destinations(settings)] == [""] * 4
    assert str(destinations(settings)[0]) == "chat: extractive, in this process"


def test_other_machines_are_called_so_and_passwords_are_not_shown() -> None:
    settings = Settings(
        _env_file=None,
        llm=LLMConfig(base_url="https://me:secret@models.example/v1?key=k", model="m"),
        embedding=EmbeddingConfig(provider="openai"),
        rerank=RerankConfig(provider="llm"),
    )
    chat, embeddings, reranking, _ = destinations(settings)
    assert str(chat) == ("chat: openai-compatible, https://models.example/v1 (another machine)")
    assert embeddings.url == "https://api.openai.com/v1"
    assert reranking.url == chat.url


@pytest.mark.parametrize(("host", "outside"), [("127.0.0.1", False), ("10.0.0.7", True)])
def test_this_machine_is_not_outside(host: str, *, outside: bool) -> None:
    llm = LLMConfig(base_url=f"http://{host}:8000/v1")
    assert destinations(Settings(_env_file=None, llm=llm))[0].outside is outside
