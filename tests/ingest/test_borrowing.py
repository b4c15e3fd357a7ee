"""An ingest that writes through the library from which the same process reads."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.config import LibraryConfig
from ingest.doctor import remove_papers
from ingest.errors import LibraryError
from ingest.library import Library
from ingest.paper import Paper
from ingest.pipeline import ingest_records
from tests.support.embedding import served_embedding
from tests.support.openai_server import OpenAIServer
from tests.support.openai_vectors import text_vector
from tests.support.papers import make_papers

BATCH = 8
COUNT = 80
PAPERS = make_papers(COUNT)


@pytest.fixture
def config(tmp_path: Path, openai_server: OpenAIServer) -> LibraryConfig:
    """A library of the first batch."""
    config = LibraryConfig(path=tmp_path / "library", batch_size=BATCH)
    ingest_records(PAPERS[:BATCH], config, served_embedding(openai_server))
    return config


@pytest.fixture
def library(config: LibraryConfig) -> Iterator[Library]:
    """The same, open for reading."""
    with Library.open(config, "test-embed") as library:
        yield library


def found(library: Library) -> int:
    return len(library.search_lexical("study bridge", 2 * COUNT))


def nearest(library: Library, paper: Paper) -> str:
    (key, _), *_ = library.search_dense(text_vector(paper.text, 64), 1)
    return library.records.by_keys([key])[key].id


def test_readers_see_whole_batches_without_opening_anything_anew(
    config: LibraryConfig, library: Library, openai_server: OpenAIServer
) -> None:
    indexes = library.dense, library.lexical, library.vectors
    counts: list[int] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            with library.reading() as version:
                counts.append(found(library))
                assert nearest(library, PAPERS[3]) == "paper-3"
                assert library.version == version

    reader = threading.Thread(target=read)
    reader.start()
    embedding = served_embedding(openai_server)
    report = ingest_records(PAPERS, config, embedding, held=library)
    ended.set()
    reader.join()
    assert report.added == COUNT - BATCH
    assert counts == sorted(counts)
    assert {count % BATCH for count in counts} == {0}
    assert len(set(counts)) > 1
    assert found(library) == COUNT
    assert nearest(library, PAPERS[-1]) == f"paper-{COUNT - 1}"
    assert (library.dense, library.lexical, library.vectors) == indexes


def test_what_others_have_written_meanwhile_stays(
    config: LibraryConfig, library: Library, openai_server: OpenAIServer
) -> None:
    embedding = served_embedding(openai_server)
    ingest_records(PAPERS[: 2 * BATCH], config, embedding)
    ingest_records(PAPERS[: 3 * BATCH], config, embedding, held=library)
    assert found(library) == 3 * BATCH
    with Library.open(config, "test-embed") as other:
        assert found(other) == 3 * BATCH
        assert nearest(other, PAPERS[3 * BATCH - 1]) == f"paper-{3 * BATCH - 1}"


def test_papers_are_removed_through_it(
    config: LibraryConfig, library: Library, openai_server: OpenAIServer
) -> None:
    dense = library.dense
    embedding = served_embedding(openai_server)
    assert remove_papers(config, embedding, ["paper-3", "nobody"], library) == 1
    assert found(library) == BATCH - 1
    assert nearest(library, PAPERS[3]) != "paper-3"
    assert library.dense is dense


def test_a_torn_library_is_mended_and_not_written_through(
    config: LibraryConfig, library: Library, openai_server: OpenAIServer
) -> None:
    mark = config.path / library.manifest.index / "writing.json"
    mark.write_text('{"chroma/x/index_metadata.pickle": [1, 1]}')
    assert library.torn
    ingest_records(PAPERS, config, served_embedding(openai_server), held=library)
    assert found(library) == COUNT
    assert nearest(library, PAPERS[-1]) == f"paper-{COUNT - 1}"
    assert not library.torn


def test_a_library_that_is_closed_meanwhile_is_written_to_the_end(
    config: LibraryConfig, library: Library, openai_server: OpenAIServer
) -> None:
    report = ingest_records(
        PAPERS,
        config,
        served_embedding(openai_server),
        lambda _: library.close(),
        held=library,
    )
    assert report.added == COUNT - BATCH
    with pytest.raises(LibraryError):
        library.stats()
    with Library.open(config, "test-embed") as other:
        assert found(other) == COUNT


def test_a_closed_library_is_not_written_through(
    config: LibraryConfig, library: Library, openai_server: OpenAIServer
) -> None:
    library.close()
    report = ingest_records(PAPERS, config, served_embedding(openai_server), held=library)
    assert report.added == COUNT - BATCH
