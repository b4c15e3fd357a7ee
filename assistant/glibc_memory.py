"""Keeps a long-running server small where the C library is glibc.

Each thread gets an arena of its own, and what one has freed there is kept for it. A server whose
work wanders over dozens of threads then grows by what all of them once needed. See mallopt(3) and
malloc_trim(3).
"""

import ctypes
import os
import platform
from collections.abc import Callable
from typing import Any

_M_ARENA_MAX = -8
_ARENAS = 2


def share_arenas() -> None:
    """Have at most two arenas, unless `MALLOC_ARENA_MAX` says how many; call before threads start.

    It does nothing where the C library is not glibc.
    """
    mallopt = _of_glibc("mallopt")
    if mallopt is not None and "MALLOC_ARENA_MAX" not in os.environ:
        mallopt(_M_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Return what has been freed to the system, in some milliseconds; nothing without glibc."""
    trim = _of_glibc("malloc_trim")
    if trim is not None:
        trim(0)


def _of_glibc(name: str) -> Callable[..., Any] | None:
    if platform.system() != "Linux":  # on Windows, a library must be named
        return None
    function: Callable[..., Any] | None = getattr(ctypes.CDLL(None), name, None)
    return function
