"""Freed memory goes back to the system; in a process of its own, with a heap of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

MIB = 40
_FREED = f"""
import re
from pathlib import Path
from assistant.glibc_memory import give_back

def resident():
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"RssAnon:\\s+(\\d+)", status)[1]) / 1024

pieces = [bytes(4096) for _ in range({MIB} * 256)]
last = pieces[-1]  # lies at the end of the heap, which cannot shrink as long as it is there
before = resident()
del pieces
freed = resident()
give_back()
print(before - freed, before - resident())
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads memory by /proc")
def test_what_is_freed_is_given_back() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FREED], check=True, capture_output=True, text=True
    )
    by_itself, given_back = map(float, done.stdout.split())
    assert by_itself < MIB / 4
    assert given_back > MIB / 2
