"""A full disk and a folder that cannot be written: a clear message, and nothing is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.config import LibraryConfig
from ingest.doctor import doctor
from ingest.errors import LibraryError
from ingest.library import Library
from ingest.pipeline import ingest_records
from tests.support.embedding import embedded_texts, served_embedding
from tests.support.mounts import fill, read_only, small_disk
from tests.support.nursery import Nursery, Task
from tests.support.openai_server import OpenAIServer
from tests.support.papers import make_papers

HELD, ALL = make_papers(20), make_papers(140)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


@pytest.mark.parametrize("kibibytes", [0, 40, 120, 300, 600, 900])
def test_a_full_disk_loses_nothing(
    tmp_path: Path, openai_server: OpenAIServer, nursery: Nursery, kibibytes: int
) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text("".join(f"{paper.model_dump_json()}\n" for paper in ALL))
    embedding = served_embedding(openai_server)
    with small_disk(tmp_path / "disk", 32) as disk:
        config = LibraryConfig(path=disk / "library")
        ingest_records(HELD, config, embedding)
        filler = fill(disk, kibibytes << 10)
        nursery.start(Task("ingest", config.path, openai_server.base_url, batch_size=16, file=file))
        status, error = nursery.outcome()
        assert status == 1, error
        assert error.startswith(("LibraryError", "IndexDamagedError"))
        assert "room" in error
        filler.unlink()
        with Library.open(config, "test-embed") as library:
            published = {paper.id for paper in library.papers()}
        assert published >= {paper.id for paper in HELD}
        before = len(embedded_texts(openai_server))
        nursery.start(Task("ingest", config.path, openai_server.base_url, batch_size=16, file=file))
        assert nursery.outcome() == (0, "")
        texts = embedded_texts(openai_server)[before:]
        assert not {p.text for p in ALL if p.id in published} & set(texts)
        checkup = doctor(config, embedding, check_only=True)
        assert checkup.left.agrees, checkup.left
        assert checkup.left.papers == len(ALL)


def test_a_library_that_cannot_be_written_says_so(
    tmp_path: Path, openai_server: OpenAIServer
) -> None:
    config, embedding = LibraryConfig(path=tmp_path / "library"), served_embedding(openai_server)
    ingest_records(HELD, config, embedding)
    with read_only(config.path):
        with pytest.raises(LibraryError, match=r"library cannot be written .*PAPERS_LIBRARY__PATH"):
            ingest_records(ALL, config, embedding)
        with pytest.raises(LibraryError, match="write"):
            Library.open(config, "test-embed")
    assert ingest_records(ALL, config, embedding).added == len(ALL) - len(HELD)
    assert doctor(config, embedding, check_only=True).left.agrees


def test_a_place_that_cannot_be_written_gets_no_library(
    tmp_path: Path, openai_server: OpenAIServer
) -> None:
    config = LibraryConfig(path=tmp_path / "folder" / "library")
    config.path.parent.mkdir()
    with (
        read_only(config.path.parent),
        pytest.raises(LibraryError, match="PAPERS_LIBRARY__PATH"),
    ):
        ingest_records(HELD, config, served_embedding(openai_server))
