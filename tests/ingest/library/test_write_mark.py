import os
from pathlib import Path

import pytest

from ingest.errors import IndexDamagedError, LibraryError
from ingest.library.write_mark import WriteMark


class _KilledError(Exception):
    pass


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """The folder of a graph that Chroma has written once."""
    folder = tmp_path / "chroma" / "1"
    folder.mkdir(parents=True)
    (folder / "data_level0.bin").write_bytes(b"a")
    (folder / "index_metadata.pickle").write_bytes(b"b")
    return folder


def cut_off_while(place: Path, file: Path, size: int) -> None:
    with pytest.raises(_KilledError), WriteMark(place).writing():
        file.write_bytes(b"c" * size)
        raise _KilledError


def test_a_graph_that_was_written_is_whole_when_its_batch_ended(
    tmp_path: Path, graph: Path
) -> None:
    with WriteMark(tmp_path).writing():
        (graph / "data_level0.bin").write_bytes(b"cc")
    assert not WriteMark(tmp_path).torn


def test_a_graph_that_changed_in_a_batch_without_end_is_torn(tmp_path: Path, graph: Path) -> None:
    cut_off_while(tmp_path, graph / "data_level0.bin", 2)
    assert WriteMark(tmp_path).torn


def test_a_change_that_keeps_the_size_is_noticed(tmp_path: Path, graph: Path) -> None:
    os.utime(graph / "data_level0.bin", ns=(1, 1))
    cut_off_while(tmp_path, graph / "data_level0.bin", 1)
    assert WriteMark(tmp_path).torn


def test_a_graph_that_a_cut_off_batch_did_not_touch_is_whole(tmp_path: Path, graph: Path) -> None:
    cut_off_while(tmp_path, tmp_path / "chroma.sqlite3", 2)
    assert not WriteMark(tmp_path).torn


def test_files_of_a_graph_not_yet_written_do_not_count(tmp_path: Path, graph: Path) -> None:
    (graph / "index_metadata.pickle").unlink()
    cut_off_while(tmp_path, graph / "data_level0.bin", 2)
    assert not WriteMark(tmp_path).torn


def test_a_graph_written_for_the_first_time_counts(tmp_path: Path, graph: Path) -> None:
    (graph / "index_metadata.pickle").unlink()
    cut_off_while(tmp_path, graph / "index_metadata.pickle", 2)
    assert WriteMark(tmp_path).torn


def test_a_mark_that_cannot_be_read_means_torn(tmp_path: Path) -> None:
    (tmp_path / "writing.json").write_bytes(b"{")
    assert WriteMark(tmp_path).torn


def test_the_same_writer_does_not_go_on_over_a_torn_graph(tmp_path: Path, graph: Path) -> None:
    mark = WriteMark(tmp_path)
    with pytest.raises(_KilledError), mark.writing():
        (graph / "data_level0.bin").write_bytes(b"cc")
        raise _KilledError
    with pytest.raises(IndexDamagedError, match="library reindex"), mark.writing():
        pass


def test_a_mark_that_cannot_be_written_names_the_remedy(tmp_path: Path) -> None:
    with (
        pytest.raises(LibraryError, match="run the command again"),
        WriteMark(tmp_path / "nowhere").writing(),
    ):
        pass
