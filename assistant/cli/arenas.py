"""Keeps a long-running server small: threads share glibc's memory arenas.

Each thread gets an arena of its own, and what one has freed there is kept for it. A server whose
work wanders over dozens of threads then grows by what all of them once needed. See mallopt(3).
"""

import ctypes
import os

_M_ARENA_MAX = -8
_ARENAS = 2


def share_arenas() -> None:
    """Have at most two arenas, unless `MALLOC_ARENA_MAX` says how many; call before threads start.

    It does nothing where the C library is not glibc.
    """
    if "MALLOC_ARENA_MAX" in os.environ:
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _ARENAS)
