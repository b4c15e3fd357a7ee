"""Opens a library to be written to, whatever state its last writer left it in, and looks after it.

What is damaged is rebuilt from the records, and from the vectors that are kept beside Chroma's.
"""

import logging
from collections.abc import Sequence
from contextlib import nullcontext

from pydantic import BaseModel

from ingest.borrowing import borrowed
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import make_embedding, model_label
from ingest.embedding.chunks import ChunkEmbedder
from ingest.errors import IndexDamagedError, LibraryError
from ingest.library import Library
from ingest.library.lock import writer_lock
from ingest.library.manifest import existing_manifest, load_manifest
from ingest.reindexing import rebuild, sweep
from ingest.repair import Disagreement, examine, mend, redo_pending

_log = logging.getLogger(__name__)


class Checkup(BaseModel):
    """What a check found, and what is left after mending; the same where nothing was mended."""

    found: Disagreement
    left: Disagreement


def open_for_writing(
    library: LibraryConfig, embedding: EmbeddingConfig, embedder: ChunkEmbedder
) -> Library | None:
    """The library there is, with indexes that can be read; None where there is none.

    Indexes that cannot be read are rebuilt. On a Chroma server they are not: there it may be the
    server that is in trouble. The caller must hold the writer's lock. LibraryError if the settings
    cut chunks to another window.
    """
    manifest = load_manifest(library.path)
    if manifest is None:
        return None
    manifest.check_window(embedding.max_tokens, library.path)
    try:
        return _probed(Library.open(library, model_label(embedding)))
    except IndexDamagedError as error:
        if library.chroma_url:
            raise
        _log.warning("rebuilding the indexes: %s", error)
    rebuild(library, embedding, embedder)
    return Library.open(library, model_label(embedding))


def doctor(library: LibraryConfig, embedding: EmbeddingConfig, *, check_only: bool) -> Checkup:
    """Compare records and indexes, mend what does not agree, and compare again.

    LibraryError if there is no library, or the records themselves cannot be read.
    """
    embedder = ChunkEmbedder(make_embedding(embedding), embedding)
    existing_manifest(library.path)
    with writer_lock(library.path, library.lock_timeout_s):
        found = _examined(library, embedding)
        if check_only:
            return Checkup(found=found, left=found)
        if found.damaged:
            rebuild(library, embedding, embedder)
        with Library.open(library, model_label(embedding)) as opened:
            mend(opened, embedder)
            sweep(library, opened.manifest)
            return Checkup(found=found, left=examine(opened))


def remove_papers(
    library: LibraryConfig,
    embedding: EmbeddingConfig,
    ids: Sequence[str],
    held: Library | None = None,
) -> int:
    """Remove papers under the writer's lock; returns how many there were.

    A batch that was cut off is finished first; only that takes the embedding model. `held` is the
    same library where this process has it open to read from: it is written through.
    """
    with (
        writer_lock(library.path, library.lock_timeout_s),
        borrowed(held, embedding) as open_already,
        nullcontext(open_already)
        if open_already is not None
        else Library(library, existing_manifest(library.path)) as opened,
    ):
        if opened.records.pending():
            opened.manifest.check_model(model_label(embedding), library.path)
            redo_pending(opened, ChunkEmbedder(make_embedding(embedding), embedding))
        return opened.remove(ids)


def _examined(library: LibraryConfig, embedding: EmbeddingConfig) -> Disagreement:
    try:
        with Library.open(library, model_label(embedding)) as opened:
            return examine(opened)
    except IndexDamagedError as error:
        return Disagreement(damaged=str(error))


def _probed(library: Library) -> Library:
    try:
        library.dense.probe()
    except LibraryError:
        library.close()
        raise
    return library
