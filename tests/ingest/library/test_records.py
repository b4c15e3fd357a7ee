from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import LibraryError
from ingest.library.records import Records
from tests.support.papers import make_papers


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    records = Records(tmp_path)
    yield records
    records.close()


def test_what_is_staged_is_not_seen_until_it_is_published(records: Records) -> None:
    one, two = make_papers(2)
    staged = records.stage([(one, 1), (two, 3)])
    assert records.count == records.chunk_count == 0
    assert records.get(one.id) is None
    assert records.known([one.id]) == {}
    assert [p.paper for p in records.pending()] == [one, two]
    records.publish(staged)
    assert (records.count, records.chunk_count) == (2, 4)
    assert records.get(two.id) == two
    assert records.pending() == []


def test_keys_stay_when_a_paper_changes(records: Records) -> None:
    (paper,) = make_papers(1)
    records.publish(records.stage([(paper, 1)]))
    key = records.known([paper.id])[paper.id].key
    edited = paper.model_copy(update={"abstract": "New."})
    records.publish(records.stage([(edited, 2)]))
    known = records.known([paper.id])[paper.id]
    assert (known.key, known.chunks, known.text_hash) == (key, 2, edited.text_hash)


def test_thousands_of_papers_go_in_and_out(records: Records) -> None:
    papers = make_papers(2100)
    records.publish(records.stage([(paper, 1) for paper in papers]))
    assert [paper for _, paper in records.all()] == papers
    known = records.known([paper.id for paper in papers] + ["absent"])
    assert known.keys() == {paper.id for paper in papers}
    keys = [known[paper.id].key for paper in papers]
    assert records.by_keys([*keys, 10**9]) == dict(zip(keys, papers, strict=True))
    assert records.chunk_count == 2100
    assert records.by_year() == {2000 + n: 105 for n in range(20)}


def test_a_failing_batch_changes_nothing(records: Records) -> None:
    one, two = make_papers(2)
    staged = records.stage([(one, 1)])

    def broken() -> Iterator[tuple[object, int]]:
        yield two, 1
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        records.stage(broken())  # type: ignore[arg-type]
    assert records.pending() == staged


def test_a_removal_is_pending_until_published(records: Records) -> None:
    (paper,) = make_papers(1)
    records.publish(records.stage([(paper, 1)]))
    staged = records.stage([], [paper.id])
    assert records.get(paper.id) == paper
    records.publish(staged)
    assert records.get(paper.id) is None
    assert records.count == 0


def test_a_damaged_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "papers.sqlite3").write_bytes(b"no database at all, but long enough" * 40)
    with pytest.raises(LibraryError, match=r"papers\.sqlite3.*backup"):
        Records(tmp_path)
