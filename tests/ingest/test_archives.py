"""Zip archives: members as sources, traps refused."""

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import SourceError
from ingest.paper import Paper
from ingest.readers import Failure, Source, detect
from ingest.sources import expand

LINE = b'{"title": "Bridges", "abstract": "They span."}\n'


def archive(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def expanded(path: Path) -> tuple[list[Source], list[Failure]]:
    found = list(expand([path]))
    return (
        [item for item in found if isinstance(item, Source)],
        [item for item in found if isinstance(item, Failure)],
    )


def test_members_are_sources_and_can_be_read_again(tmp_path: Path) -> None:
    members = {"b/x.jsonl": LINE, "a.jsonl.gz": gzip.compress(LINE), ".DS_Store": b"x", "d/": b""}
    path = archive(tmp_path / "papers.zip", {**members, "__MACOSX/._x": b"x"})
    sources, failures = expanded(path)
    assert [source.name for source in sources] == [f"{path}!a.jsonl.gz", f"{path}!b/x.jsonl"]
    assert not failures
    for source in sources:
        for _ in range(2):
            (paper,) = detect(source).read(source)
            assert not isinstance(paper, Failure)
            assert paper.sources[0].file == source.name


def test_names_that_climb_out_write_nothing(tmp_path: Path) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    path = archive(inner / "a.zip", {"../../evil.jsonl": LINE, "/abs.jsonl": LINE, "a\nb": LINE})
    sources, _ = expanded(path)
    assert all(list(detect(source).read(source)) for source in sources)
    assert len(sources) == 3
    assert "\n" not in "".join(source.name for source in sources)
    assert [found.name for found in tmp_path.rglob("*.jsonl")] == []


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"blanks.jsonl": b" " * (40 << 20)})
    assert path.stat().st_size < 1 << 20
    sources, (failure,) = expanded(path)
    assert not sources
    assert "zip bomb" in failure.reason


def test_a_bomb_beside_honest_members_is_refused_alone(tmp_path: Path) -> None:
    honest = os.urandom(1 << 20)
    path = archive(tmp_path / "a.zip", {"blanks": b" " * (40 << 20), "ok.jsonl": honest})
    sources, failures = expanded(path)
    assert [source.name for source in sources] == [f"{path}!ok.jsonl"]
    assert ["200 times" in failure.reason for failure in failures] == [True]


def test_a_declared_size_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    """The central directory of each member says 4 GiB - 2; nothing is unpacked to find out."""
    path = archive(tmp_path / "a.zip", {f"{n}.jsonl": LINE for n in range(3)}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 24 : at + 28] = (0xFFFFFFFE).to_bytes(4, "little")
    path.write_bytes(data)
    _, (failure,) = expanded(path)
    assert "would unpack to 12,884,901,882 bytes" in failure.reason


def test_encrypted_members_and_archives_within_are_named(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"secret.jsonl": LINE, "inner.zip": b"PK", "ok.jsonl": LINE})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(mark) + offset] |= 1
    path.write_bytes(data)
    sources, failures = expanded(path)
    assert [source.name for source in sources] == [f"{path}!ok.jsonl"]
    assert [(f.source.partition("!")[2], f.reason.partition(";")[0]) for f in failures] == [
        ("inner.zip", "an archive within an archive"),
        ("secret.jsonl", "encrypted"),
    ]


def test_a_workbook_and_an_empty_archive_are_told(tmp_path: Path) -> None:
    path = archive(tmp_path / "book.xlsx", {"[Content_Types].xml": b"<x/>", "xl/a.xml": b"<x/>"})
    assert "Office document" in expanded(path)[1][0].reason
    assert "no files" in expanded(archive(tmp_path / "empty.zip", {}))[1][0].reason


def test_damage_in_a_member_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"x.jsonl": LINE * 9}, zipfile.ZIP_STORED)
    data = path.read_bytes().replace(b"span", b"spun", 1)
    path.write_bytes(data)
    (source,), _ = expanded(path)
    with pytest.raises(SourceError, match=r"a\.zip!x\.jsonl"):
        list(detect(source).read(source))


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 400), junk=st.binary(min_size=1, max_size=4), cut=st.integers(0, 400))
def test_damaged_archives_give_failures_or_source_errors(at: int, junk: bytes, cut: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("x.jsonl", LINE * 3)
        file.writestr("y.jsonl", LINE)
    whole = buffer.getvalue()
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"damaged-{os.getpid()}.zip"
    for data in (whole[:at] + junk + whole[at + len(junk) :], whole[:cut]):
        path.write_bytes(data)
        try:
            for found in expand([path]):
                if isinstance(found, Source):
                    records = list(detect(found).read(found))
                    assert {r.title for r in records if isinstance(r, Paper)} <= {"Bridges"}
        except SourceError:
            pass
        finally:
            path.unlink()
