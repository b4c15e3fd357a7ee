import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.config import LibraryConfig
from ingest.errors import LibraryError, ManifestLostError
from ingest.library import Library
from ingest.library.manifest import FORMAT_VERSION, load_manifest, save_manifest
from tests.support.vectors import manifest


def test_a_manifest_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    saved = manifest()
    save_manifest(tmp_path, saved)
    assert load_manifest(tmp_path) == saved


def test_no_manifest_is_no_library(tmp_path: Path) -> None:
    assert load_manifest(tmp_path) is None
    with pytest.raises(LibraryError, match="paper-assistant ingest PATH"):
        Library.open(LibraryConfig(path=tmp_path), "any")


def test_another_embedding_model_is_refused_with_the_remedy(tmp_path: Path) -> None:
    Library.create(LibraryConfig(path=tmp_path), manifest("model-a")).close()
    config = LibraryConfig(path=tmp_path)
    attempts: tuple[Callable[[], Library], ...] = (
        lambda: Library.open(config, "model-b"),
        lambda: Library.create(config, manifest("model-b")),
    )
    for attempt in attempts:
        with pytest.raises(LibraryError, match=r"model-a.*model-b") as caught:
            attempt()
        assert "PAPERS_EMBEDDING__" in str(caught.value)
    Library.open(LibraryConfig(path=tmp_path), "model-a").close()


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    save_manifest(tmp_path, manifest())
    path = tmp_path / "manifest.json"
    fields = json.loads(path.read_text())
    path.write_text(json.dumps({**fields, "format_version": FORMAT_VERSION + 1, "unheard": 1}))
    with pytest.raises(LibraryError, match="newer version of the program"):
        load_manifest(tmp_path)


@pytest.mark.parametrize("text", ["", "{broken", "[]", '{"embedding_model": 3}', "null"])
def test_a_damaged_manifest_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(LibraryError, match=r"manifest\.json"):
        load_manifest(tmp_path)


def test_records_without_a_manifest_are_no_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "papers.sqlite3").touch()
    with pytest.raises(ManifestLostError, match=r"manifest\.json is missing.*library reindex"):
        load_manifest(tmp_path)


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(LibraryError):
        Library.create(LibraryConfig(path=tmp_path / "taken"), manifest())


def test_another_chunk_window_is_refused_with_the_way_out(tmp_path: Path) -> None:
    stored = manifest()
    stored.check_window(64, tmp_path)
    with pytest.raises(LibraryError, match=r"up to 64 tokens.*MAX_TOKENS is 128.*library reindex"):
        stored.check_window(128, tmp_path)
