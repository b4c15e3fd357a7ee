"""Keeps Python's collector of cycles away from what it cannot free."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def present_objects_left_alone() -> Iterator[None]:
    """Leave what there is now out of collections.

    Making many objects sets off collections that look through all there are, among them the half
    million of the imported modules; a tenth of an ingest's time went into that.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
