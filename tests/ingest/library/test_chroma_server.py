"""A library whose vectors lie on a Chroma server."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.doctor import doctor, remove_papers
from ingest.errors import LibraryError
from ingest.library import Library, PaperFilter
from ingest.pipeline import ingest_records
from ingest.reindexing import reindex
from ingest.repair import examine
from tests.support.chroma_server import ChromaServer
from tests.support.embedding import embedded_texts, served_embedding
from tests.support.openai_server import OpenAIServer
from tests.support.openai_vectors import text_vector
from tests.support.papers import make_papers
from tests.support.tls_proxy import TlsProxy

PAPERS = make_papers(30)


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with ChromaServer(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture
def config(tmp_path: Path, chroma: ChromaServer) -> LibraryConfig:
    return LibraryConfig(path=tmp_path / "library", chroma_url=chroma.url, batch_size=7)


@pytest.fixture
def embedding(config: LibraryConfig, openai_server: OpenAIServer) -> EmbeddingConfig:
    """The settings' embedding; the library is there already."""
    embedding = served_embedding(openai_server)
    assert ingest_records(PAPERS, config, embedding).added == len(PAPERS)
    return embedding


def nearest(library: Library, text: str, only: PaperFilter | None = None) -> str:
    (key, _), *_ = library.search_dense(text_vector(text, 64), 5, only)
    return library.records.by_keys([key])[key].id


def test_papers_are_found(config: LibraryConfig, embedding: EmbeddingConfig) -> None:
    with Library.open(config, "test-embed") as library:
        assert examine(library).agrees
        assert library.dense.count == library.lexical.count == len(PAPERS)
        assert nearest(library, PAPERS[4].text) == "paper-4"
        assert nearest(library, PAPERS[4].text, PaperFilter(year_from=2005, year_to=2005)) in {
            "paper-5",
            "paper-25",
        }
        assert nearest(library, PAPERS[4].text, PaperFilter(author="builder7")) == "paper-7"
        odd = PaperFilter(venue="Bridges", year_to=2001)
        assert nearest(library, PAPERS[4].text, odd) in {"paper-1", "paper-21"}
    assert not list(config.path.rglob("chroma.sqlite3"))


def test_papers_change_and_go(
    config: LibraryConfig, embedding: EmbeddingConfig, openai_server: OpenAIServer
) -> None:
    edited = PAPERS[4].model_copy(update={"abstract": "Now about ferries.", "year": 1999})
    before = len(embedded_texts(openai_server))
    report = ingest_records([edited, *PAPERS[5:]], config, embedding)
    assert (report.updated, report.unchanged) == (1, len(PAPERS) - 5)
    assert embedded_texts(openai_server)[before:] == [edited.text]
    assert remove_papers(config, embedding, ["paper-0", "nobody"]) == 1
    with Library.open(config, "test-embed") as library:
        assert examine(library).agrees
        assert library.dense.count == len(PAPERS) - 1
        assert nearest(library, "ferries", PaperFilter(year_to=1999)) == "paper-4"
        assert nearest(library, PAPERS[0].text) != "paper-0"


def test_the_doctor_mends_it_without_embedding(
    config: LibraryConfig, embedding: EmbeddingConfig, openai_server: OpenAIServer
) -> None:
    with Library.open(config, "test-embed") as library:
        library.dense.delete(["3:0", "9:0"])
    asked = len(openai_server.requests)
    checkup = doctor(config, embedding, check_only=False)
    assert checkup.found.missing == (3, 9)
    assert checkup.left.agrees
    assert len(openai_server.requests) == asked


def test_a_collection_that_the_server_lost_comes_back(
    config: LibraryConfig, embedding: EmbeddingConfig, openai_server: OpenAIServer
) -> None:
    with Library.open(config, "test-embed") as library:
        library.dense.drop()
    asked = len(openai_server.requests)
    assert doctor(config, embedding, check_only=False).left.agrees
    assert len(openai_server.requests) == asked


def test_reindexing_leaves_one_collection(
    config: LibraryConfig, embedding: EmbeddingConfig, openai_server: OpenAIServer
) -> None:
    assert reindex(config, embedding) == len(PAPERS)
    other = served_embedding(openai_server, "other-embed")
    assert reindex(config, other) == len(PAPERS)
    with Library.open(config, "other-embed") as library:
        assert examine(library).agrees
        names = [c.name for c in library.dense.client.list_collections()]
    assert [n for n in names if library.manifest.has_had(n)] == [library.manifest.collection]


def test_two_libraries_on_one_server_do_not_mix(
    tmp_path: Path, config: LibraryConfig, embedding: EmbeddingConfig
) -> None:
    second = config.model_copy(update={"path": tmp_path / "second"})
    others = make_papers(3, start=100)
    ingest_records(others, second, embedding)
    with Library.open(second, "test-embed") as library:
        assert library.dense.count == 3
        assert nearest(library, PAPERS[4].text).startswith("paper-10")
        assert examine(library).agrees
    with Library.open(config, "test-embed") as library:
        assert library.dense.count == len(PAPERS)
        assert nearest(library, others[0].text) not in {paper.id for paper in others}
        assert examine(library).agrees


def test_a_reader_sees_what_was_published_since(
    config: LibraryConfig, embedding: EmbeddingConfig
) -> None:
    (new,) = make_papers(1, start=500)
    with Library.open(config, "test-embed") as library:
        assert nearest(library, new.text) != new.id
        ingest_records([new], config, embedding)
        assert nearest(library, new.text, PaperFilter(year_from=1990)) == new.id


def test_a_server_that_is_away_is_named(
    config: LibraryConfig, embedding: EmbeddingConfig, chroma: ChromaServer
) -> None:
    with Library.open(config, "test-embed") as library:
        chroma.stop()
        try:
            for attempt in (
                lambda: library.search_dense(text_vector("x", 64), 3),
                lambda: ingest_records(make_papers(1, start=900), config, embedding),
                lambda: Library.open(config, "test-embed"),
                lambda: doctor(config, embedding, check_only=False),
            ):
                with pytest.raises(LibraryError, match="PAPERS_LIBRARY__CHROMA_URL"):
                    attempt()
        finally:
            chroma.start()
        assert nearest(library, PAPERS[4].text) == "paper-4"
    assert ingest_records(make_papers(1, start=900), config, embedding).added == 1
    assert doctor(config, embedding, check_only=True).left.agrees


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://127.0.0.1", "http://", "nonsense"])
def test_an_address_that_is_none_is_told(tmp_path: Path, url: str) -> None:
    config = LibraryConfig(path=tmp_path / "library", chroma_url=url)
    with pytest.raises(LibraryError, match="PAPERS_LIBRARY__CHROMA_URL"):
        ingest_records(PAPERS, config, EmbeddingConfig())


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")
def test_a_server_behind_tls_and_a_token(
    tmp_path: Path,
    chroma: ChromaServer,
    openai_server: OpenAIServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    embedding = served_embedding(openai_server)
    with TlsProxy(chroma.url, "a-secret-token", tmp_path) as proxy:
        config = LibraryConfig(
            path=tmp_path / "library",
            chroma_url=proxy.url,
            chroma_token=SecretStr("a-secret-token"),
            lock_timeout_s=0,
        )
        with pytest.raises(LibraryError, match=r"CERTIFICATE_VERIFY_FAILED.*SSL_CERT_FILE"):
            ingest_records(PAPERS, config, embedding)
        monkeypatch.setenv("SSL_CERT_FILE", str(proxy.certificate))
        wrong = config.model_copy(update={"chroma_token": SecretStr("stolen")})
        with pytest.raises(LibraryError, match="PAPERS_LIBRARY__CHROMA_TOKEN") as caught:
            ingest_records(PAPERS, wrong, embedding)
        assert "stolen" not in str(caught.value)
        assert ingest_records(PAPERS, config, embedding).added == len(PAPERS)
        with Library.open(config, "test-embed") as library:
            assert nearest(library, PAPERS[4].text) == "paper-4"
        assert doctor(config, embedding, check_only=True).left.agrees


def test_the_token_is_sent_and_not_told(tmp_path: Path, openai_server: OpenAIServer) -> None:
    """The server above asks for none: Chroma 1 leaves that to what stands before it."""
    config = LibraryConfig(
        path=tmp_path / "library",
        chroma_url=openai_server.url,
        chroma_token=SecretStr("a-secret-token"),
    )
    with pytest.raises(LibraryError) as caught:
        ingest_records(PAPERS, config, served_embedding(openai_server))
    asked = [r for r in openai_server.requests if r.path.startswith("/api/v2")]
    assert asked
    assert {request.authorization for request in asked} == {"Bearer a-secret-token"}
    assert "a-secret-token" not in str(caught.value)
