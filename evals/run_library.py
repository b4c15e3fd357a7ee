"""The library that a suite is asked of: one that is named, or one made of given papers, once."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs

from assistant.settings import Settings
from evals.errors import DatasetError
from ingest.config import APP_NAME
from ingest.embedding import model_label
from ingest.library.manifest import load_manifest
from ingest.paper import Paper
from ingest.pipeline import ingest_records, read_papers

_WHOLE = "whole"


def library_of_files(
    paths: Sequence[Path], settings: Settings, on_progress: Callable[[int], None] = lambda _: None
) -> Settings:
    """Settings with the library of these files, kept in the user's cache under their content."""
    parts = []
    for path in paths:
        if not path.is_file():
            raise DatasetError(f"{path} is no file; name the papers' files with --papers")
        parts.append(hashlib.sha256(path.read_bytes()).hexdigest())
    folder = _folder(parts, settings)
    chosen = _with_library(settings, folder)
    if not (folder / _WHOLE).exists():
        records = read_papers(list(paths), online=settings.online)
        ingest_records(records, chosen.library, chosen.embedding, on_progress)
        _note_whole(folder, ", ".join(map(str, paths)))
    return chosen


def library_of_papers(
    papers: Sequence[Paper],
    settings: Settings,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Settings:
    """The same for papers that an adapter read."""
    texts = json.dumps([[paper.id, paper.title, paper.abstract] for paper in papers])
    folder = _folder([hashlib.sha256(texts.encode()).hexdigest()], settings)
    chosen = _with_library(settings, folder)
    if not (folder / _WHOLE).exists():
        ingest_records(
            iter(papers),
            chosen.library,
            chosen.embedding,
            on_progress,
            keep_without_abstract=True,
        )
        _note_whole(folder, "the data set")
    return chosen


def _folder(parts: Sequence[str], settings: Settings) -> Path:
    embedding = settings.embedding
    names = (*parts, model_label(embedding), str(embedding.max_tokens))
    key = hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]
    cache = Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False))
    return cache / "evals" / f"papers-{key}"


def _with_library(settings: Settings, folder: Path) -> Settings:
    chosen = settings.library.model_copy(update={"path": folder, "chroma_url": None})
    return settings.model_copy(update={"library": chosen})


def _note_whole(folder: Path, source: str) -> None:
    if load_manifest(folder) is None:
        raise DatasetError(f"no paper could be read from {source}")
    (folder / _WHOLE).touch()
