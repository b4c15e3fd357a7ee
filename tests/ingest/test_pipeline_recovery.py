"""A batch that was cut off between being written down and being published is done again."""

from pathlib import Path

import pytest

from ingest.config import LibraryConfig
from ingest.embedding import make_embedding
from ingest.embedding.chunks import ChunkEmbedder
from ingest.library import Library
from ingest.paper import Paper
from ingest.pipeline import ingest_records
from tests.support.embedding import embedded_texts, served_embedding
from tests.support.openai_errors import unauthorized
from tests.support.openai_server import OpenAIServer
from tests.support.openai_vectors import text_vector
from tests.support.papers import make_papers


@pytest.fixture
def config(tmp_path: Path, openai_server: OpenAIServer) -> LibraryConfig:
    config = LibraryConfig(path=tmp_path / "library")
    ingest_records(make_papers(2), config, served_embedding(openai_server))
    return config


def open_library(config: LibraryConfig) -> Library:
    return Library.open(config, "test-embed")


def assert_whole(library: Library, papers: list[Paper]) -> None:
    assert sorted(library.papers(), key=lambda p: p.id) == sorted(papers, key=lambda p: p.id)
    assert library.records.pending() == []
    assert library.dense.count == library.lexical.count == library.stats().chunks == len(papers)
    for paper in papers:
        key = library.known([paper.id])[paper.id].key
        ((nearest, cosine),) = library.search_dense(text_vector(paper.text, 64), 1)
        assert nearest == key
        assert cosine == pytest.approx(1, abs=1e-5)


def test_a_staged_batch_is_finished_by_the_next_ingest(
    config: LibraryConfig, openai_server: OpenAIServer
) -> None:
    old, other, new = make_papers(3)
    edited = old.model_copy(update={"abstract": "Rewritten before the cut."})
    with open_library(config) as library:
        library.records.stage([(new, 1), (edited, 1)])
        assert library.stats().papers == 2
        assert library.get(old.id) == old
    report = ingest_records([], config, served_embedding(openai_server))
    assert report.read == 0
    with open_library(config) as library:
        assert_whole(library, [edited, other, new])


def test_a_batch_cut_between_the_indexes_is_finished(
    config: LibraryConfig, openai_server: OpenAIServer
) -> None:
    embedding = served_embedding(openai_server)
    old, other, new = make_papers(3)
    with open_library(config) as library:
        (done,) = ChunkEmbedder(make_embedding(embedding), embedding).embed([new])
        (staged,) = library.records.stage([(new, 1)])
        library.dense.upsert([c._replace(key=staged.key) for c in done.chunks], {staged.key: new})
    ingest_records([], config, embedding)
    with open_library(config) as library:
        assert_whole(library, [old, other, new])


def test_a_cut_removal_is_finished(config: LibraryConfig, openai_server: OpenAIServer) -> None:
    old, other = make_papers(2)
    with open_library(config) as library:
        library.records.stage([], [old.id])
        assert library.get(old.id) == old
    ingest_records([], config, served_embedding(openai_server))
    with open_library(config) as library:
        assert_whole(library, [other])


def test_an_ingest_that_cannot_embed_loses_nothing_and_is_taken_up(
    config: LibraryConfig, openai_server: OpenAIServer
) -> None:
    embedding = served_embedding(openai_server)
    openai_server.queue(unauthorized(), endpoint="/embeddings")
    with pytest.raises(Exception, match="PAPERS_EMBEDDING__API_KEY"):
        ingest_records(make_papers(4), config, embedding)
    with open_library(config) as library:
        assert_whole(library, make_papers(2))
    before = len(embedded_texts(openai_server))
    assert ingest_records(make_papers(4), config, embedding).added == 2
    assert embedded_texts(openai_server)[before:] == [p.text for p in make_papers(4)[2:]]
    with open_library(config) as library:
        assert_whole(library, make_papers(4))
