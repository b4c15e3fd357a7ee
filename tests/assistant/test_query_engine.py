from collections.abc import Iterator
from pathlib import Path

import pytest
from llama_index.core.base.response.schema import Response, StreamingResponse

from assistant import Assistant, Settings
from assistant.query_engine import PaperQueryEngine
from ingest.sample import SAMPLE_FILE

QUESTION = "What accuracy does PoolFormer reach on ImageNet-1K?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    path = tmp_path_factory.mktemp("query-engine") / "library"
    with Assistant(Settings(library={"path": path})) as opened:
        opened.ingest([SAMPLE_FILE])
        yield opened


def test_source_nodes_are_the_citations(assistant: Assistant) -> None:
    response = PaperQueryEngine(assistant).query(QUESTION)
    assert isinstance(response, Response)
    assert response.metadata is not None
    assert response.metadata["status"] == "answered"
    assert "82.1%" in str(response)
    titles = {node.node.metadata["title"] for node in response.source_nodes}
    assert titles == {"MetaFormer Is Actually What You Need for Vision"}
    assert any("82.1%" in node.node.get_content() for node in response.source_nodes)


async def test_asynchronous_refusal_has_no_sources(assistant: Assistant) -> None:
    response = await PaperQueryEngine(assistant).aquery("What is the capital of France?")
    assert isinstance(response, Response)
    assert response.metadata is not None
    assert response.metadata["status"] == "not_in_library"
    assert response.source_nodes == []


def test_streaming_gives_the_same_text(assistant: Assistant) -> None:
    response = PaperQueryEngine(assistant, streaming=True).query(QUESTION)
    assert isinstance(response, StreamingResponse)
    assert "".join(response.response_gen or []) == assistant.ask(QUESTION).text


def test_library_path_is_made_by_ingest_only(tmp_path: Path) -> None:
    with Assistant(Settings(library={"path": tmp_path / "none"})) as nobody:
        assert nobody.ask(QUESTION).status == "not_in_library"
        assert not (tmp_path / "none").exists()
