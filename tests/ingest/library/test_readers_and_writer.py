"""A reader searches all the time while another process writes; two writers take turns."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ingest.config import LibraryConfig
from ingest.errors import LibraryLockedError
from ingest.library import Library, PaperFilter
from ingest.library.lock import writer_lock
from ingest.paper import Paper
from ingest.pipeline import ingest_records
from ingest.reindexing import reindex
from tests.support.embedding import served_embedding
from tests.support.nursery import Nursery, Task
from tests.support.openai_server import OpenAIServer
from tests.support.openai_vectors import text_vector
from tests.support.papers import make_papers

BATCH = 8
CLOSED_LATE = 2
"""Files that Chroma closes a moment after its client."""
PATIENCE_S = 30
"""That moment is long on a busy machine; what is never closed stays open all the same."""
COUNT = 160


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


def written(file: Path, papers: list[Paper]) -> Path:
    file.write_text("".join(f"{paper.model_dump_json()}\n" for paper in papers))
    return file


class Watch:
    """Searches in a thread of its own until it is stopped."""

    def __init__(self, library: Library, look: Callable[[Library], None]) -> None:
        self.rounds = 0
        self.errors: list[BaseException] = []
        self._library, self._look = library, look
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()
        if self.errors:
            raise self.errors[0]

    def _run(self) -> None:
        try:
            while not self._stopped.is_set():
                self._look(self._library)
                self.rounds += 1
        except Exception as error:  # noqa: BLE001 (told by the test's own thread)
            self.errors.append(error)


def test_a_reader_sees_whole_batches_only(
    tmp_path: Path, openai_server: OpenAIServer, nursery: Nursery
) -> None:
    papers = make_papers(COUNT)
    config = LibraryConfig(path=tmp_path / "library", batch_size=BATCH)
    ingest_records(papers[:BATCH], config, served_embedding(openai_server))
    by_id = {paper.id: paper for paper in papers}
    counts = [BATCH]

    def look(library: Library) -> None:
        found = library.search_lexical("study bridge", 2 * COUNT)
        assert len(found) % BATCH == 0
        assert len(found) >= counts[-1]
        counts.append(len(found))
        seen = library.records.by_keys([key for key, _ in found])
        assert len(seen) == len(found)
        assert all(
            paper == _without_sources(by_id[paper.id])
            for paper in map(_without_sources, seen.values())
        )
        vector = text_vector(papers[3].text, 64)
        for only in (None, PaperFilter(year_from=2003, year_to=2003), PaperFilter(venue="bridges")):
            key, cosine = library.search_dense(vector, 20, only)[0]
            assert library.records.by_keys([key])[key].id == "paper-3"
            assert cosine == pytest.approx(1, abs=1e-5)
            assert library.dense_scores(vector, [key])[key] == pytest.approx(1, abs=1e-5)
        with library.reading() as version:
            found = library.search_lexical("study bridge", 2 * COUNT)
            time.sleep(0.02)
            assert library.search_lexical("study bridge", 2 * COUNT) == found
            assert library.version == version

    task = Task(
        "ingest",
        config.path,
        openai_server.base_url,
        batch_size=BATCH,
        file=written(tmp_path / "papers.jsonl", papers),
    )
    with Library.open(config, "test-embed") as library:
        with Watch(library, look) as watch:
            nursery.start(task)
            assert nursery.wait() == 0
        assert len(library.search_lexical("study bridge", 2 * COUNT)) == COUNT
    assert watch.rounds > 3
    assert len(set(counts)) > 2


def test_a_reader_goes_on_while_the_indexes_are_rebuilt(
    tmp_path: Path, openai_server: OpenAIServer, nursery: Nursery
) -> None:
    papers = make_papers(40)
    config = LibraryConfig(path=tmp_path / "library")
    ingest_records(papers, config, served_embedding(openai_server))

    def look(library: Library) -> None:
        assert len(library.search_lexical("study bridge", 100)) == len(papers)
        assert len(library.search_dense(text_vector(papers[0].text, 64), 5)) == 5

    with Library.open(config, "test-embed") as library:
        with Watch(library, look) as watch:
            for _ in range(3):
                nursery.start(Task("reindex", config.path, openai_server.base_url))
                assert nursery.wait() == 0
        look(library)
    assert watch.rounds > 3
    assert [place.name for place in config.path.glob("index-*")] == ["index-4"]


def test_a_reader_goes_on_after_a_writer_was_killed(
    tmp_path: Path, openai_server: OpenAIServer, nursery: Nursery
) -> None:
    papers = make_papers(COUNT)
    config = LibraryConfig(path=tmp_path / "library")
    ingest_records(papers[:BATCH], config, served_embedding(openai_server))
    file = written(tmp_path / "papers.jsonl", papers)
    vector = text_vector(papers[3].text, 64)
    with Library.open(config, "test-embed") as library:
        for _ in range(4):
            before = library.version
            child = nursery.start(
                Task("ingest", config.path, openai_server.base_url, batch_size=BATCH, file=file)
            )
            while library.version == before:
                library.search_dense(vector, 3)
            child.kill()
            for only in (None, PaperFilter(year_from=2001), PaperFilter(author="builder3")):
                (key, _), *_ = library.search_dense(vector, 3, only)
                assert library.records.by_keys([key])[key].id == "paper-3"


def test_readers_of_another_model_are_told(tmp_path: Path, openai_server: OpenAIServer) -> None:
    config = LibraryConfig(path=tmp_path / "library")
    ingest_records(make_papers(3), config, served_embedding(openai_server))
    with Library.open(config, "test-embed") as library:
        reindex(config, served_embedding(openai_server, "other-embed"))
        with pytest.raises(Exception, match=r"other-embed.*test-embed"):
            library.search_lexical("bridge", 3)


def test_a_second_writer_waits_for_its_turn(
    tmp_path: Path, openai_server: OpenAIServer, nursery: Nursery
) -> None:
    papers = make_papers(60)
    file = written(tmp_path / "papers.jsonl", papers[:40])
    config = LibraryConfig(path=tmp_path / "library", batch_size=4, lock_timeout_s=60)
    nursery.start(Task("ingest", config.path, openai_server.base_url, batch_size=4, file=file))
    while not (config.path / "write.holder").exists():
        pass
    with (
        pytest.raises(LibraryLockedError, match=r"process \d+ on "),
        writer_lock(config.path, 0),
    ):
        pass
    assert ingest_records(papers[40:], config, served_embedding(openai_server)).added == 20
    assert nursery.wait() == 0
    with Library.open(config, "test-embed") as library:
        assert library.stats().papers == library.lexical.count == library.dense.count == 60


def _without_sources(paper: Paper) -> Paper:
    return paper.model_copy(update={"sources": ()})


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open files by /proc")
def test_a_reader_that_opens_indexes_anew_closes_the_old_ones(
    tmp_path: Path, openai_server: OpenAIServer
) -> None:
    papers = make_papers(12)
    config, embedding = LibraryConfig(path=tmp_path / "library"), served_embedding(openai_server)
    ingest_records(papers[:1], config, embedding)
    opened: list[int] = []
    with Library.open(config, "test-embed") as reader:
        for count, paper in enumerate(papers[1:], 2):
            ingest_records([paper], config, embedding)
            assert len(reader.search_dense(text_vector(paper.text, 64), len(papers))) == count
            least = min(opened, default=open_files(config.path))
            opened.append(settled(config.path, least))
    assert min(opened) > 0
    assert max(opened) - min(opened) <= CLOSED_LATE


def settled(folder: Path, least: int) -> int:
    """Open files once those that are closed late are closed, or when patience ends."""
    end = time.monotonic() + PATIENCE_S
    while (count := open_files(folder)) > least + CLOSED_LATE and time.monotonic() < end:
        time.sleep(0.1)
    return count


def open_files(folder: Path) -> int:
    """How many files below a folder this process has open."""
    links = []
    for file in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since it was listed
            links.append(file.readlink())
    return sum(link.is_relative_to(folder) for link in links)
