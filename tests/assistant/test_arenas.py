"""How many arenas a process with many threads has."""

import os
import platform
import re
import subprocess
import sys

import pytest

from assistant.glibc_memory import share_arenas

_COUNT = f"""
import ctypes, sys, threading
from {share_arenas.__module__} import share_arenas
if sys.argv[1] == "shared":
    share_arenas()
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
all_here = threading.Barrier(12)
def allocate():
    libc.malloc(100)
    all_here.wait()
threads = [threading.Thread(target=allocate) for _ in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
file = ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""


def arenas(how: str, **environment: str) -> int:
    plain = {name: v for name, v in os.environ.items() if name != "MALLOC_ARENA_MAX"}
    told = subprocess.run(
        [sys.executable, "-c", _COUNT, how],
        env={**plain, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    return len(re.findall(r"<heap nr=", told))


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has arenas")
def test_threads_share_two_arenas_unless_the_environment_says_how_many() -> None:
    assert arenas("shared") <= 2 < arenas("as they are")
    assert arenas("shared", MALLOC_ARENA_MAX="4") > 2
