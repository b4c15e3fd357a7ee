import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.errors import LibraryError, LibraryLockedError
from ingest.library.lock import writer_lock
from ingest.pipeline import ingest_records
from tests.support.papers import make_papers
from tests.support.processes import python

_HOLD = """
import sys
from pathlib import Path
from ingest.library.lock import writer_lock
with writer_lock(Path(sys.argv[1]), 0):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def held_by_another_process(folder: Path) -> Iterator[subprocess.Popen[str]]:
    with python(_HOLD, folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_writer_is_told_who_holds_the_library(tmp_path: Path) -> None:
    with held_by_another_process(tmp_path) as holder:
        with pytest.raises(LibraryLockedError, match=f"process {holder.pid} on ") as caught:
            ingest_records(
                make_papers(1), LibraryConfig(path=tmp_path, lock_timeout_s=0), EmbeddingConfig()
            )
        assert str(tmp_path) in str(caught.value)
        assert not (tmp_path / "manifest.json").exists()


def test_a_writer_that_died_holds_nothing(tmp_path: Path) -> None:
    with held_by_another_process(tmp_path) as holder:
        holder.kill()
        holder.wait()
    with writer_lock(tmp_path, 0):
        assert f"process {os.getpid()} " in (tmp_path / "write.holder").read_text()
    assert not (tmp_path / "write.holder").exists()


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="mishap"), writer_lock(tmp_path, 0):
        raise RuntimeError("mishap")
    with writer_lock(tmp_path, 0):
        pass


def test_two_writers_in_one_process_exclude_each_other(tmp_path: Path) -> None:
    with writer_lock(tmp_path, 0), pytest.raises(LibraryLockedError), writer_lock(tmp_path, 0):
        pass


def test_a_place_that_cannot_be_written_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    place = tmp_path / "file" / "library"
    with pytest.raises(LibraryError, match="PAPERS_LIBRARY__PATH"), writer_lock(place, 0):
        pass
