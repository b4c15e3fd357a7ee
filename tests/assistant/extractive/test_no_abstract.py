"""A paper that is kept without an abstract has nothing to quote."""

from pathlib import Path

import pytest

from assistant import Assistant, Settings
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.paper import Paper
from ingest.pipeline import ingest_records

PAPERS = [
    Paper(id="bare", title="MossPump: Watering Roof Gardens From Rain"),
    Paper(
        id="lamps", title="Lamps for Orchids", abstract="Orchids bloom under red lamps in winter."
    ),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    path: Path = tmp_path_factory.mktemp("bare") / "library"
    ingest_records(PAPERS, LibraryConfig(path=path), EmbeddingConfig(), keep_without_abstract=True)
    return Assistant(Settings(library={"path": path}))


@pytest.mark.parametrize(
    "question",
    [
        "What does MossPump do?",
        "How does MossPump water roof gardens from rain?",
        "Which papers are about MossPump?",
        "MossPump: Watering Roof Gardens From Rain",
    ],
)
def test_a_question_to_it_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_in_library"
    assert answer.citations == ()
    assert "has no abstract to quote from" in answer.text


def test_the_other_side_of_a_comparison_is_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("compare MossPump and Orchids")
    assert [citation.paper.id for citation in answer.citations] == ["lamps"]
    assert answer.text.startswith("Passages found in 1 paper:")
