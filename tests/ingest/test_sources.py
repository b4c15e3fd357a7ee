"""Files, folders, patterns and streams as sources."""

import gzip
import io
import os
from pathlib import Path
from threading import Thread

import pytest

from ingest.readers import Failure, Source
from ingest.sources import expand

LINE = b'{"title": "Bridges", "abstract": "They span."}\n'


def names(found: list[Source | Failure], folder: Path) -> list[str]:
    return [
        str(Path(source.name).relative_to(folder)) for source in found if isinstance(source, Source)
    ]


def only_failure(argument: str | Path) -> Failure:
    (failure,) = expand([argument])
    assert isinstance(failure, Failure)
    return failure


def library(folder: Path) -> Path:
    for name in ("b.jsonl", "a.jsonl", "deep/er/c.jsonl", ".hidden.jsonl", ".git/d.jsonl"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(LINE)
    return folder


def test_a_folder_is_read_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    found = list(expand([library(tmp_path)]))
    assert names(found, tmp_path) == ["a.jsonl", "b.jsonl", "deep/er/c.jsonl"]


def test_patterns(tmp_path: Path) -> None:
    library(tmp_path)
    assert names(list(expand([f"{tmp_path}/*.jsonl"])), tmp_path) == ["a.jsonl", "b.jsonl"]
    everywhere = names(list(expand([f"{tmp_path}/**/*.jsonl"])), tmp_path)
    assert everywhere == ["a.jsonl", "b.jsonl", "deep/er/c.jsonl"]
    assert names(list(expand([f"{tmp_path}/d*"])), tmp_path) == ["deep/er/c.jsonl"]


def test_a_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    path = tmp_path / "papers[1].jsonl"
    path.write_bytes(LINE)
    (source,) = expand([path])
    assert isinstance(source, Source)
    assert source.head == LINE


def test_what_is_named_twice_is_read_once(tmp_path: Path) -> None:
    library(tmp_path)
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "a.jsonl")
    found = list(expand([tmp_path / "a.jsonl", tmp_path, f"{tmp_path}/*.jsonl"]))
    assert names(found, tmp_path) == ["a.jsonl", "b.jsonl", "deep/er/c.jsonl"]


def test_standard_input(tmp_path: Path) -> None:
    (source,) = expand(["-"], stdin=io.BytesIO(gzip.compress(LINE)))
    assert isinstance(source, Source)
    assert (source.name, source.head) == ("stdin", LINE)


def test_a_pipe_is_read_where_it_is_named_and_not_where_it_is_met(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=(LINE,))
    writer.start()
    (source,) = expand([pipe])
    writer.join()
    assert isinstance(source, Source)
    assert source.head == LINE
    assert "not a regular file" in only_failure(tmp_path).reason


def test_a_missing_path_is_named() -> None:
    failure = only_failure("no/such/file.bib")
    assert (failure.source, failure.line) == ("no/such/file.bib", None)
    assert "no such file" in failure.reason
    assert "no file matches" in only_failure("no/such/*.bib").reason
    assert "no such file" in only_failure("a\0b").reason


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / ".hidden").touch()
    assert "no files" in only_failure(tmp_path).reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    library(tmp_path)
    (tmp_path / "a.jsonl").chmod(0)
    (tmp_path / "deep").chmod(0)
    found = list(expand([tmp_path]))
    (tmp_path / "deep").chmod(0o700)
    assert names(found, tmp_path) == ["b.jsonl"]
    reasons = [failure.reason for failure in found if isinstance(failure, Failure)]
    assert all("cannot be read" in reason for reason in reasons)
    assert len(reasons) == 2


def test_a_dangling_link_is_named(tmp_path: Path) -> None:
    (tmp_path / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    assert "cannot be read" in only_failure(tmp_path).reason


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"SQLite format 3\0", "a database"),
        (b"BZh91AY", "bzip2"),
        (b"\0" * 257 + b"ustar\x0000", "a tar archive"),
    ],
)
def test_what_holds_no_records_is_told_with_a_remedy(
    tmp_path: Path, data: bytes, kind: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    named, in_folder = only_failure(path).reason, only_failure(tmp_path).reason
    assert named.startswith(kind)
    assert in_folder.startswith("no papers recognised: ")
    assert ";" in named and ";" in in_folder
