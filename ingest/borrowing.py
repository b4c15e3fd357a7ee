"""Writing through a library that this process has open already.

Its readers then have what was written before them. They would else open the indexes anew after
each batch, beside those that the writer has open: twice the memory, and time at every opening.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from ingest.config import EmbeddingConfig
from ingest.embedding import model_label
from ingest.errors import LibraryError
from ingest.library import Library


@contextmanager
def borrowed(held: Library | None, embedding: EmbeddingConfig) -> Iterator[Library | None]:
    """The open library, which stays open inside; None where it is not fit to be written through.

    Whoever gets none opens the library for writing, which mends it or says what is wrong. The
    caller must hold the writer's lock.
    """
    if held is None:
        yield None
        return
    with held.lent() as still_open:
        yield held if still_open and _fit(held, embedding) else None


def _fit(held: Library, embedding: EmbeddingConfig) -> bool:
    try:
        with held.reading():
            pass  # looks anew where another process has written
        held.manifest.check_model(model_label(embedding), held.folder)
        held.manifest.check_window(embedding.max_tokens, held.folder)
        held.dense.probe()
    except LibraryError:
        return False
    return not held.torn
