"""Fixtures for every test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import model_label
from ingest.embedding.encoder import OnnxEncoder
from ingest.embedding.provider import sentence_encoder
from ingest.library import Library
from ingest.pipeline import ingest_records
from tests.support.openai_server import OpenAIServer
from tests.support.papers import own_papers


@pytest.fixture(autouse=True)
def no_settings_in_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own settings must not reach the tests."""
    for name in list(os.environ):
        if name.upper().startswith(("PAPERS_", "OPENAI_")):
            monkeypatch.delenv(name)


@pytest.fixture
def openai_server() -> Iterator[OpenAIServer]:
    """A running server with no key, any model, OpenAI's dialect; script it in the test."""
    with OpenAIServer() as server:
        yield server


@pytest.fixture(scope="session")
def encoder() -> OnnxEncoder:
    """The embedded model, loaded once."""
    return sentence_encoder(EmbeddingConfig())


@pytest.fixture(scope="session")
def small_library_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of `own_papers()` by the embedded model, built once; do not write to it."""
    path = tmp_path_factory.mktemp("small") / "library"
    ingest_records(own_papers(), LibraryConfig(path=path), EmbeddingConfig())
    return path


@pytest.fixture(scope="session")
def small_library(small_library_path: Path) -> Iterator[Library]:
    """The same library, open; do not write to it."""
    with Library.open(
        LibraryConfig(path=small_library_path), model_label(EmbeddingConfig())
    ) as library:
        yield library
