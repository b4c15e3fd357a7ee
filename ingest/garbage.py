"""Spares a long job searches for garbage among what was there before it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def set_aside() -> Iterator[None]:
    """Inside, Python's search for cycles of garbage passes over all that is in memory now.

    Imported modules alone are 180,000 objects, which each full search would look at again. Garbage
    among them is found afterwards. Whoever comes second, inside or beside, changes nothing.
    """
    first = not gc.get_freeze_count()
    if first:
        gc.freeze()
    try:
        yield
    finally:
        if first:
            gc.unfreeze()
