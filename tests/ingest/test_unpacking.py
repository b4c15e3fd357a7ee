"""Gzip data: honest data is read as it is, a bomb is refused before it fills the memory."""

import gzip
import io
import random
import zipfile
from pathlib import Path

import pytest

from ingest.errors import SourceError
from ingest.pipeline import read_papers
from ingest.readers import Failure, Source
from ingest.unpacking import unpacked

LINE = b'{"title": "Bridges", "abstract": "They span."}\n'


def test_honest_data_comes_out_as_it_went_in() -> None:
    rows = random.Random(3)
    text = b"".join(b"%d,%d\n" % (n, rows.randrange(10**9)) for n in range(1_500_000))
    assert len(text) > 20 << 20
    assert unpacked(io.BytesIO(gzip.compress(text, 1))).read() == text


def test_members_that_follow_one_another_are_one_text() -> None:
    data = gzip.compress(LINE) + gzip.compress(LINE)
    assert unpacked(io.BytesIO(data)).read() == LINE * 2


def test_a_bomb_is_refused_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(LINE + b" " * (64 << 20)))
    with pytest.raises(SourceError, match="200 times its size"):
        list(Source(str(path), path).lines())
    failure = list(read_papers([path]))[-1]
    assert isinstance(failure, Failure)
    assert "200 times its size" in failure.reason


def test_a_bomb_packed_in_a_zip_archive_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bomb.jsonl.gz", gzip.compress(b" " * (64 << 20)))
    (failure,) = read_papers([path])
    assert isinstance(failure, Failure)
    assert "bomb" in failure.source
