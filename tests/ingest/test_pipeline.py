import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.errors import LibraryError
from ingest.library import Library, PaperFilter
from ingest.paper import Paper
from ingest.pipeline import dry_run, ingest_records, read_papers
from ingest.readers import Failure
from ingest.report import IngestReport
from tests.support.embedding import embedded_texts, served_embedding
from tests.support.openai_server import OpenAIServer
from tests.support.openai_vectors import text_vector
from tests.support.papers import make_papers


class Bench:
    """A library in the making, embedded by the scriptable server."""

    def __init__(self, path: Path, server: OpenAIServer, batch_size: int = 512) -> None:
        self.library = LibraryConfig(path=path, batch_size=batch_size)
        self.embedding = served_embedding(server)
        self.server = server

    def ingest(self, records: Iterable[Paper | Failure]) -> IngestReport:
        return ingest_records(records, self.library, self.embedding)

    def open(self) -> Library:
        return Library.open(self.library, "test-embed")

    def embedded_by(self, records: Iterable[Paper | Failure]) -> list[str]:
        """The texts that ingesting these records embeds."""
        before = len(embedded_texts(self.server))
        self.ingest(records)
        return embedded_texts(self.server)[before:]


@pytest.fixture
def bench(tmp_path: Path, openai_server: OpenAIServer) -> Bench:
    return Bench(tmp_path / "library", openai_server)


def assert_nearest(library: Library, text: str, key: int) -> None:
    """The vector of `text` is stored for the paper of that key."""
    ((nearest, cosine),) = library.search_dense(text_vector(text, 64), 1)
    assert nearest == key
    assert cosine == pytest.approx(1, abs=1e-5)


def test_the_second_run_adds_and_embeds_nothing(bench: Bench) -> None:
    papers = make_papers(5)
    first = bench.ingest(papers)
    assert (first.read, first.added, first.unchanged) == (5, 5, 0)
    assert first.embedded_tokens > 0
    asked = len(bench.server.requests)
    second = bench.ingest(papers)
    assert (second.read, second.added, second.updated, second.unchanged) == (5, 0, 0, 5)
    assert second.embedded_tokens == 0
    assert len(bench.server.requests) == asked
    with bench.open() as library:
        assert library.stats().papers == library.lexical.count == library.dense.count == 5


def test_only_the_edited_abstract_is_embedded_again(bench: Bench) -> None:
    papers = make_papers(4)
    bench.ingest(papers)
    edited = papers[2].model_copy(update={"abstract": "Rewritten about tunnels."})
    assert bench.embedded_by([*papers[:2], edited, papers[3]]) == [edited.text]
    with bench.open() as library:
        assert library.get(edited.id) == edited
        (hit, *_) = library.search_lexical("tunnels", 5)
        assert library.records.by_keys([hit[0]])[hit[0]] == edited
        assert_nearest(library, edited.text, hit[0])


def test_other_fields_change_without_embedding(bench: Bench) -> None:
    paper = make_papers(1)[0].model_copy(update={"year": 2001, "venue": "Old venue"})
    bench.ingest([paper, *make_papers(3)[1:]])
    moved = paper.model_copy(update={"year": 2030, "venue": None})
    report = bench.ingest([moved])
    assert (report.updated, report.embedded_tokens) == (1, 0)
    with bench.open() as library:
        key = library.known([paper.id])[paper.id].key
        vector = text_vector(paper.text, 64)
        for only, found in (
            (PaperFilter(year_from=2030), [key]),
            (PaperFilter(year_to=2001, venue="old"), []),
        ):
            assert [k for k, _ in library.search_dense(vector, 5, only)] == found
            assert [k for k, _ in library.search_lexical("bridge", 5, only)] == found
        assert_nearest(library, paper.text, key)


def test_the_report_adds_up(bench: Bench) -> None:
    papers = make_papers(4)
    bench.ingest(papers[:2])
    edited = papers[0].model_copy(update={"abstract": "Another."})
    report = bench.ingest(
        [
            edited,
            edited,
            papers[1],
            papers[2],
            Paper(id="bare", title="No abstract"),
            Paper(id="blank", title="Blank abstract", abstract="  "),
            Failure("a.jsonl", 7, "broken"),
        ]
    )
    counts = (report.added, report.updated, report.unchanged, report.merged)
    assert counts == (1, 1, 1, 1)
    assert report.without_abstract == 2
    assert report.read == sum(counts) + 2 == 6
    assert [(f.source, f.line, f.reason) for f in report.failed] == [("a.jsonl", 7, "broken")]
    assert report.lines()[-1] == "a.jsonl:7: broken"
    assert not report.nothing_read


def test_a_dry_run_counts_and_writes_nothing(bench: Bench) -> None:
    papers = make_papers(3)
    report = dry_run(papers, bench.library, bench.embedding)
    assert (report.read, report.added) == (3, 3)
    assert report.embedded_tokens > 0
    assert not bench.library.path.exists()
    real = bench.ingest(papers[:2])
    asked = len(bench.server.requests)
    again = dry_run(papers, bench.library, bench.embedding)
    assert (again.added, again.unchanged) == (1, 2)
    assert report.embedded_tokens - real.embedded_tokens == again.embedded_tokens
    assert len(bench.server.requests) == asked
    with bench.open() as library:
        assert library.stats().papers == 2


def test_batches_are_committed_one_by_one(tmp_path: Path, openai_server: OpenAIServer) -> None:
    bench = Bench(tmp_path / "library", openai_server, batch_size=2)

    def breaking() -> Iterator[Paper]:
        yield from make_papers(5)
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError):
        bench.ingest(breaking())
    with bench.open() as library:
        assert library.stats().papers == 4
    assert bench.ingest(make_papers(6)).added == 2


def test_progress_counts_every_paper_once(bench: Bench) -> None:
    done: list[int] = []
    papers = make_papers(6)
    bench.ingest(papers[:2])
    ingest_records(papers, bench.library, bench.embedding, done.append)
    assert sum(done) == 6


def test_another_model_is_refused(bench: Bench) -> None:
    bench.ingest(make_papers(1))
    with pytest.raises(LibraryError, match="test-embed"):
        ingest_records(make_papers(2), bench.library, EmbeddingConfig())
    with bench.open() as library:
        assert library.stats().papers == 1


def test_files_are_read_by_content_and_bad_ones_reported(tmp_path: Path, bench: Bench) -> None:
    good = tmp_path / "papers.txt"
    good.write_text("\n".join(json.dumps(p.model_dump(mode="json")) for p in make_papers(2)))
    bad = tmp_path / "empty.jsonl"
    bad.write_text("")
    report = bench.ingest(read_papers([good, bad]))
    assert (report.added, len(report.failed)) == (2, 1)
    assert report.failed[0].source.endswith("empty.jsonl")
    assert bench.ingest(read_papers([bad])).nothing_read


def test_another_chunk_window_is_refused_before_anything_is_read(bench: Bench) -> None:
    bench.ingest(make_papers(2))
    wider = bench.embedding.model_copy(update={"max_tokens": bench.embedding.max_tokens + 1})
    with pytest.raises(LibraryError, match="MAX_TOKENS"):
        ingest_records(make_papers(3), bench.library, wider)
    with bench.open() as library:
        assert library.stats().papers == 2
