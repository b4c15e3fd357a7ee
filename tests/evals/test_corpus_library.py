from pathlib import Path

import pytest

from assistant.api import Assistant
from assistant.settings import Settings
from evals.corpus_library import build, default_folder, needs_building
from evals.errors import DatasetError
from ingest.config import EmbeddingConfig
from ingest.errors import PaperAssistantError
from tests.evals.beir_folder import DOCS, write_beir


def settings_for(folder: Path) -> Settings:
    return Settings.model_validate({"library": {"path": folder, "batch_size": 1}})


def ignore(_: int) -> None:
    pass


def test_all_documents_come_in_also_those_without_title_or_text(tmp_path: Path) -> None:
    corpus = write_beir(tmp_path / "b") / "corpus.jsonl"
    settings = settings_for(tmp_path / "library")
    assert needs_building(corpus, tmp_path / "library")
    build(corpus, settings, ignore)
    assert not needs_building(corpus, tmp_path / "library")
    with Assistant(settings) as assistant:
        assert assistant.stats().papers == len(DOCS)
        assert assistant.get("d3") is not None


def test_a_build_that_was_cut_off_is_taken_up_again(tmp_path: Path) -> None:
    corpus = write_beir(tmp_path / "b") / "corpus.jsonl"
    settings = settings_for(tmp_path / "library")
    done = 0

    def stop_at_the_third(count: int) -> None:
        nonlocal done
        done += count
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(corpus, settings, stop_at_the_third)
    with Assistant(settings) as assistant:
        assert assistant.stats().papers == 2
    assert needs_building(corpus, tmp_path / "library")
    build(corpus, settings, ignore)
    assert not needs_building(corpus, tmp_path / "library")
    with Assistant(settings) as assistant:
        assert assistant.stats().papers == len(DOCS)


def test_a_broken_document_leaves_the_build_unfinished(tmp_path: Path) -> None:
    corpus = write_beir(tmp_path / "b", [*DOCS, "{"]) / "corpus.jsonl"
    with pytest.raises(DatasetError, match=r"corpus\.jsonl:5: "):
        build(corpus, settings_for(tmp_path / "library"), ignore)
    assert needs_building(corpus, tmp_path / "library")


def test_a_library_of_another_corpus_is_refused(tmp_path: Path) -> None:
    build(write_beir(tmp_path / "b") / "corpus.jsonl", settings_for(tmp_path / "library"), ignore)
    other = write_beir(tmp_path / "c", DOCS[:2]) / "corpus.jsonl"
    with pytest.raises(DatasetError, match="built for another corpus"):
        needs_building(other, tmp_path / "library")


def test_a_library_of_the_users_is_only_read(small_library_path: Path, tmp_path: Path) -> None:
    assert not needs_building(write_beir(tmp_path / "b") / "corpus.jsonl", small_library_path)


@pytest.mark.parametrize("mark", ["{", "[]"])
def test_a_damaged_mark_names_the_remedy(tmp_path: Path, mark: str) -> None:
    corpus = write_beir(tmp_path / "b") / "corpus.jsonl"
    build(corpus, settings_for(tmp_path / "library"), ignore)
    (tmp_path / "library" / "corpus.json").write_text(mark)
    with pytest.raises(PaperAssistantError, match="damaged; delete"):
        needs_building(corpus, tmp_path / "library")


def test_the_default_folder_follows_corpus_and_model(tmp_path: Path) -> None:
    corpus = write_beir(tmp_path / "b") / "corpus.jsonl"
    folder = default_folder(corpus, EmbeddingConfig())
    again = write_beir(tmp_path / "again" / "b") / "corpus.jsonl"
    assert default_folder(again, EmbeddingConfig(workers=1)) == folder
    assert default_folder(corpus, EmbeddingConfig(max_tokens=128)) != folder
    corpus.write_text(corpus.read_text() + '{"_id": "d5", "text": "More."}\n')
    assert default_folder(corpus, EmbeddingConfig()) != folder
