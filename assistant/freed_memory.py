"""Gives back to the system what a long piece of work has freed.

glibc keeps it for what may come next, in the arena of each thread. See malloc_trim(3).
"""

import ctypes


def give_back() -> None:
    """Return freed memory, in some milliseconds; nothing where the C library is not glibc."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
