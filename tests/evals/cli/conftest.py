"""A tiny test collection with its library, and a clean place to run in."""

from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.corpus_library import build
from tests.evals.beir_folder import write_beir


@pytest.fixture(autouse=True)
def _clean_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No `.env`, and no cache of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    """The collection."""
    return write_beir(tmp_path / "birds")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of the collection, that tests only read."""
    folder = tmp_path_factory.mktemp("beir")
    settings = Settings.model_validate({"library": {"path": folder / "library"}})
    build(write_beir(folder / "birds") / "corpus.jsonl", settings, lambda _: None)
    return folder / "library"
