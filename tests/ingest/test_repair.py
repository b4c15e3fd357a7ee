"""The doctor: damage of every kind is named, mended, and costs no embedding that is not needed."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.config import LibraryConfig
from ingest.doctor import doctor
from ingest.embedding import make_embedding
from ingest.embedding.chunks import ChunkEmbedder
from ingest.errors import LibraryError, LibraryLockedError, ManifestLostError
from ingest.library import Library
from ingest.library.lock import writer_lock
from ingest.library.vectors import ChunkVector
from ingest.pipeline import ingest_records
from ingest.reindexing import reindex
from ingest.repair import examine, mend
from tests.support.embedding import embedded_texts, served_embedding
from tests.support.openai_server import OpenAIServer
from tests.support.openai_vectors import text_vector
from tests.support.papers import make_papers

PAPERS = make_papers(5)
FIRST, SECOND, THIRD = 1, 2, 3


@pytest.fixture
def library(tmp_path: Path, openai_server: OpenAIServer) -> Iterator[Library]:
    """Five papers with keys 1 to 5, a chunk each."""
    config = LibraryConfig(path=tmp_path / "library", batch_size=2)
    ingest_records(PAPERS, config, served_embedding(openai_server))
    with Library.open(config, "test-embed") as library:
        yield library


@pytest.fixture
def embedder(openai_server: OpenAIServer) -> ChunkEmbedder:
    embedding = served_embedding(openai_server)
    return ChunkEmbedder(make_embedding(embedding), embedding)


def vector_of(text: str, key: int, part: int = 0) -> ChunkVector:
    return ChunkVector(key, part, 0, 5, text_vector(text, 64))


def delete_chunk(library: Library) -> None:
    library.dense.delete([f"{FIRST}:0", f"{THIRD}:0"])


def add_chunk_without_paper(library: Library) -> None:
    library.dense.upsert([vector_of("ghost", 99)], {99: PAPERS[0]})


def add_chunk_too_many(library: Library) -> None:
    library.dense.upsert([vector_of("more", FIRST, 1)], {FIRST: PAPERS[0]})


def leave_older_text(library: Library) -> None:
    older = PAPERS[1].model_copy(update={"abstract": "An older abstract."})
    library.dense.upsert([vector_of(older.text, SECOND)], {SECOND: older})


def swap_vector(library: Library) -> None:
    (chunk,) = library.vectors.chunks([SECOND])[SECOND]
    library.dense.upsert([chunk._replace(vector=text_vector("else", 64))], {SECOND: PAPERS[1]})


def leave_older_year(library: Library) -> None:
    library.dense.update_metadata({SECOND: (PAPERS[1].model_copy(update={"year": 1900}), 1)})


def forget_words(library: Library) -> None:
    library.lexical.replace({}, [FIRST])


def leave_older_words(library: Library) -> None:
    library.lexical.replace({FIRST: PAPERS[0].model_copy(update={"abstract": "Older."})})


def leave_older_venue(library: Library) -> None:
    library.lexical.replace({FIRST: PAPERS[0].model_copy(update={"venue": "Elsewhere"})})


def add_unknown_words(library: Library) -> None:
    library.lexical.replace({99: PAPERS[0]})


DAMAGE: dict[str, tuple[Callable[[Library], None], str, tuple[int | str, ...]]] = {
    "deleted chunks": (delete_chunk, "missing", (FIRST, THIRD)),
    "a chunk without a paper": (add_chunk_without_paper, "orphans", ("99:0",)),
    "a chunk too many": (add_chunk_too_many, "orphans", ("1:1",)),
    "a chunk of an older text": (leave_older_text, "stale", (SECOND,)),
    "another vector": (swap_vector, "stale", (SECOND,)),
    "an older year": (leave_older_year, "stale", (SECOND,)),
    "words forgotten": (forget_words, "unindexed", (FIRST,)),
    "words of an older text": (leave_older_words, "unindexed", (FIRST,)),
    "an older venue": (leave_older_venue, "unindexed", (FIRST,)),
    "words of no paper": (add_unknown_words, "unknown", (99,)),
}


@pytest.mark.parametrize(("harm", "kind", "what"), DAMAGE.values(), ids=list(DAMAGE))
def test_damage_is_named_and_mended_without_embedding(
    library: Library,
    embedder: ChunkEmbedder,
    openai_server: OpenAIServer,
    harm: Callable[[Library], None],
    kind: str,
    what: tuple[int | str, ...],
) -> None:
    assert examine(library).agrees
    harm(library)
    found = examine(library)
    wrong = {name: value for name, value in found if name not in ("papers", "chunks") and value}
    assert wrong == {kind: what}
    assert len(found.lines()) == 1
    asked = len(openai_server.requests)
    assert mend(library, embedder) == found
    assert_sound(library)
    assert len(openai_server.requests) == asked


def test_all_damage_at_once_is_mended(library: Library, embedder: ChunkEmbedder) -> None:
    for harm, _, _ in DAMAGE.values():
        harm(library)
    mend(library, embedder)
    assert_sound(library)


def assert_sound(library: Library) -> None:
    assert examine(library).agrees
    assert list(library.papers()) == PAPERS
    for key, paper in enumerate(PAPERS, 1):
        ((nearest, cosine),) = library.search_dense(text_vector(paper.text, 64), 1)
        assert nearest == key
        assert cosine == pytest.approx(1, abs=1e-5)
        assert library.search_lexical(paper.title, 1)[0][0] == key


def test_only_lost_vectors_are_made_again(
    library: Library, embedder: ChunkEmbedder, openai_server: OpenAIServer
) -> None:
    library.vectors.remove([SECOND, THIRD])
    assert examine(library).unembedded == (SECOND, THIRD)
    before = len(embedded_texts(openai_server))
    mend(library, embedder)
    assert embedded_texts(openai_server)[before:] == [PAPERS[1].text, PAPERS[2].text]
    assert_sound(library)


def test_a_cut_batch_is_named_and_finished(
    library: Library, embedder: ChunkEmbedder, openai_server: OpenAIServer
) -> None:
    (new,) = make_papers(1, start=7)
    edited = PAPERS[0].model_copy(update={"abstract": "Edited before the cut."})
    library.records.stage([(new, 1), (edited, 1)], [PAPERS[1].id])
    assert examine(library).pending == 3
    before = len(embedded_texts(openai_server))
    mend(library, embedder)
    assert sorted(embedded_texts(openai_server)[before:]) == sorted([new.text, edited.text])
    assert examine(library).agrees
    assert {p.id: p for p in library.papers()} == {p.id: p for p in (edited, *PAPERS[2:], new)}


def test_vectors_kept_before_the_cut_are_not_made_again(
    library: Library, embedder: ChunkEmbedder, openai_server: OpenAIServer
) -> None:
    (new,) = make_papers(1, start=7)
    edited = PAPERS[0].model_copy(update={"abstract": "Edited before the cut."})
    for staged, paper in zip(
        library.records.stage([(new, 1), (edited, 1)]), (new, edited), strict=True
    ):
        chunk = vector_of(paper.text, staged.key)
        library.vectors.put({staged.key: (paper.text_hash, [chunk])})
    asked = len(openai_server.requests)
    mend(library, embedder)
    assert library.get(new.id) == new
    assert library.get(edited.id) == edited
    assert examine(library).agrees
    assert len(openai_server.requests) == asked


def _spoil_graph(index: Path) -> None:
    chroma = sqlite3.connect(index / "chroma" / "chroma.sqlite3")
    chroma.execute("DELETE FROM embeddings_queue")
    chroma.commit()
    chroma.close()


def _spoil_database(index: Path) -> None:
    with (index / "chroma" / "chroma.sqlite3").open("r+b") as file:
        file.write(b"no database any more" * 10)


def _spoil_words(index: Path) -> None:
    (index / "tantivy" / "meta.json").write_text("{broken")


@pytest.mark.parametrize("spoil", [_spoil_graph, _spoil_database, _spoil_words])
def test_an_index_that_cannot_be_read_is_rebuilt_without_embedding(
    library: Library, openai_server: OpenAIServer, spoil: Callable[[Path], None]
) -> None:
    config, embedding = library.config, served_embedding(openai_server)
    library.close()
    spoil(config.path / library.manifest.index)
    checked = doctor(config, embedding, check_only=True)
    assert not checked.left.agrees
    assert "paper-assistant library reindex" in (checked.found.damaged or "")
    asked = len(openai_server.requests)
    mended = doctor(config, embedding, check_only=False)
    assert mended.left.agrees
    assert len(openai_server.requests) == asked
    with Library.open(config, "test-embed") as again:
        assert_sound(again)
    assert [p.name for p in config.path.glob("index-*")] == ["index-2"]


def test_a_kept_vector_file_that_is_damaged_costs_an_embedding_and_no_paper(
    library: Library, openai_server: OpenAIServer
) -> None:
    config, embedding = library.config, served_embedding(openai_server)
    library.close()
    (config.path / "index-1" / "vectors.sqlite3").write_bytes(b"not a database, but long" * 99)
    assert doctor(config, embedding, check_only=False).left.agrees
    with Library.open(config, "test-embed") as again:
        assert_sound(again)


@pytest.mark.parametrize("text", [None, "", "{broken"], ids=["missing", "empty", "broken"])
def test_a_lost_manifest_costs_an_embedding_and_no_paper(
    library: Library, openai_server: OpenAIServer, text: str | None
) -> None:
    config, embedding = library.config, served_embedding(openai_server)
    library.close()
    manifest = config.path / "manifest.json"
    manifest.unlink() if text is None else manifest.write_text(text)
    asked = len(openai_server.requests)
    for work in (
        lambda: doctor(config, embedding, check_only=False),
        lambda: ingest_records(PAPERS, config, embedding),
    ):
        with pytest.raises(ManifestLostError, match="library reindex"):
            work()
    assert len(openai_server.requests) == asked
    other = served_embedding(openai_server, "another")
    assert reindex(config, other) == len(PAPERS)
    with Library.open(config, "another") as again:
        assert_sound(again)


def test_damaged_records_are_beyond_the_doctor(
    library: Library, openai_server: OpenAIServer
) -> None:
    config, embedding = library.config, served_embedding(openai_server)
    library.close()
    (config.path / "papers.sqlite3").write_bytes(b"not a database, but long" * 99)
    with pytest.raises(LibraryError, match=r"papers\.sqlite3 is damaged.*backup"):
        doctor(config, embedding, check_only=True)


def test_the_doctor_waits_its_turn_and_needs_a_library(
    library: Library, openai_server: OpenAIServer, tmp_path: Path
) -> None:
    embedding = served_embedding(openai_server)
    config = library.config.model_copy(update={"lock_timeout_s": 0})
    with writer_lock(config.path, 0), pytest.raises(LibraryLockedError):
        doctor(config, embedding, check_only=False)
    with pytest.raises(LibraryError, match="paper-assistant ingest"):
        doctor(LibraryConfig(path=tmp_path / "nowhere"), embedding, check_only=True)
