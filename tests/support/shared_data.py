"""Data that lies beside the repository on some machines and is never committed."""

from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def shared_data(name: str) -> Path:
    """A file or folder of the shared data; the test is skipped where it is absent."""
    path = _SHARED / name
    if not path.exists():
        pytest.skip(f"needs the shared data file {name}, which is not beside this repository")
    return path
