"""The library of a test collection's corpus: built once, reused as long as the corpus is the same.

A library made here carries a mark that says of which corpus and whether it is whole, so that a
build that was cut off is taken up again. A library without the mark was made by its user and is
only read.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import platformdirs

from assistant.settings import Settings
from evals.beir import read_corpus
from evals.errors import DatasetError
from ingest.config import APP_NAME, EmbeddingConfig
from ingest.embedding import model_label
from ingest.library.manifest import load_manifest
from ingest.pipeline import ingest_records

_MARK = "corpus.json"


def default_folder(corpus: Path, embedding: EmbeddingConfig) -> Path:
    """Where the library of a corpus and embedding model lies: in the user's cache."""
    parts = (corpus_digest(corpus), model_label(embedding), str(embedding.max_tokens))
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    cache = Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False))
    return cache / "evals" / f"{corpus.parent.name}-{key}"


def corpus_digest(corpus: Path) -> str:
    """SHA-256 of the corpus file as it stands."""
    with corpus.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def needs_building(corpus: Path, folder: Path) -> bool:
    """Whether the library of this corpus has to be made; DatasetError if it is of another one."""
    if load_manifest(folder) is None:
        return True
    mark = _read_mark(folder)
    if mark is None:
        return False
    if mark.get("corpus") != corpus_digest(corpus):
        raise DatasetError(
            f"the library {folder} was built for another corpus than {corpus}; name another folder"
            " with --library, or leave --library out"
        )
    return not mark.get("whole")


def build(corpus: Path, settings: Settings, on_progress: Callable[[int], None]) -> None:
    """Bring every document into the library of the settings, also those without a text.

    Raises DatasetError at a broken line; what was brought in by then stays.
    """
    folder = settings.library.path
    folder.mkdir(parents=True, exist_ok=True)
    _write_mark(folder, corpus, whole=False)
    ingest_records(
        read_corpus(corpus),
        settings.library,
        settings.embedding,
        on_progress,
        keep_without_abstract=True,
    )
    _write_mark(folder, corpus, whole=True)


def _read_mark(folder: Path) -> dict[str, object] | None:
    path = folder / _MARK
    try:
        mark = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        mark = None
    if not isinstance(mark, dict):
        raise DatasetError(f"{path} is damaged; delete the folder {folder} and start again")
    return mark


def _write_mark(folder: Path, corpus: Path, *, whole: bool) -> None:
    mark = {"corpus": corpus_digest(corpus), "whole": whole}
    (folder / _MARK).write_text(json.dumps(mark) + "\n", encoding="utf-8")
