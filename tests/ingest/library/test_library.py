from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.config import LibraryConfig
from ingest.library import Library, PaperFilter
from ingest.paper import Paper
from tests.support.vectors import chunks, filled, manifest, unit

EAST, NORTH, UP = unit(1, 0, 0), unit(0, 1, 0), unit(0, 0, 1)
SAIL = Paper(
    id="sail",
    title="Sails",
    abstract="Sails catch wind.",
    authors=("José Núñez", "Ann Lee"),
    year=2020,
    venue="Workshop on Boats",
)
OVEN = Paper(id="oven", title="Ovens", abstract="Ovens bake bread.", authors=("Bo Xu",), year=2022)
PLAIN = Paper(id="plain", title="Winds", abstract="Wind and bread.")


def three_papers(folder: Path) -> Library:
    return filled(folder, [(SAIL, EAST), (OVEN, NORTH), (PLAIN, UP)])[0]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with three_papers(tmp_path / "library") as library:
        yield library


@pytest.fixture(scope="module")
def unwritten(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The same library for tests that write nothing."""
    with three_papers(tmp_path_factory.mktemp("unwritten") / "library") as library:
        yield library


def dense(library: Library, only: PaperFilter | None = None) -> set[str]:
    return ids(library, [key for key, _ in library.search_dense(unit(1, 1, 1), 10, only)])


def lexical(library: Library, only: PaperFilter | None = None) -> set[str]:
    found = [key for key, _ in library.search_lexical("sails ovens wind", 10, only)]
    assert len(found) == len(set(found))
    return ids(library, found)


def ids(library: Library, keys: list[int]) -> set[str]:
    return {paper.id for paper in library.records.by_keys(keys).values()}


def test_both_indexes_find_what_was_written(unwritten: Library) -> None:
    (best, cosine), *_ = unwritten.search_dense(EAST, 10)
    assert ids(unwritten, [best]) == {"sail"}
    assert cosine == pytest.approx(1, abs=1e-5)
    (word, score), *_ = unwritten.search_lexical("baking ovens", 10)
    assert ids(unwritten, [word]) == {"oven"}
    assert score > 0
    assert unwritten.get("sail") == SAIL
    assert list(unwritten.papers()) == [SAIL, OVEN, PLAIN]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (PaperFilter(), {"sail", "oven", "plain"}),
        (PaperFilter(year_from=2021), {"oven"}),
        (PaperFilter(year_to=2021), {"sail"}),
        (PaperFilter(year_from=2020, year_to=2022), {"sail", "oven"}),
        (PaperFilter(year_from=2023), set()),
        (PaperFilter(venue="boats WORKSHOP"), {"sail"}),
        (PaperFilter(venue="boat"), set()),
        (PaperFilter(author="nunez"), {"sail"}),
        (PaperFilter(author="NÚÑEZ, José"), {"sail"}),
        (PaperFilter(author="xu", year_from=2021), {"oven"}),
        (PaperFilter(author="xu", year_to=2021), set()),
        (PaperFilter(author="Lee", venue="boats", year_from=2019, year_to=2021), {"sail"}),
    ],
)
def test_filters_hold_in_both_indexes(
    unwritten: Library, only: PaperFilter, expected: set[str]
) -> None:
    assert dense(unwritten, only) == expected
    assert lexical(unwritten, only) == expected


def test_filters_come_before_the_limit(unwritten: Library) -> None:
    (found,) = unwritten.search_dense(EAST, 1, PaperFilter(year_from=2021))
    assert ids(unwritten, [found[0]]) == {"oven"}


def test_a_paper_is_as_near_as_its_nearest_chunk(library: Library) -> None:
    library.write([(SAIL, chunks(unit(-1, 0, 0), unit(1, 1, 0)))])
    key = library.known(["sail"])["sail"].key
    found = dict(library.search_dense(EAST, 10))
    assert found[key] == pytest.approx(2**-0.5, abs=1e-5)
    assert library.dense_scores(EAST, [key]) == {key: pytest.approx(2**-0.5, abs=1e-5)}
    assert library.stats().chunks == library.dense.count == 4


def test_an_edited_paper_takes_the_place_of_the_old_one(library: Library) -> None:
    library.write([(SAIL, chunks(EAST, NORTH, UP))])
    edited = SAIL.model_copy(update={"abstract": "Now about kites."})
    library.write([(edited, chunks(unit(0, -1, 0)))])
    assert library.search_lexical("catch", 10) == []
    assert ids(library, [k for k, _ in library.search_lexical("kites", 10)]) == {"sail"}
    assert library.dense.count == library.stats().chunks == 3
    key = library.known(["sail"])["sail"].key
    assert library.dense_scores(EAST, [key])[key] == pytest.approx(0, abs=1e-5)
    assert library.lexical.count == 3


@pytest.mark.parametrize("reembedded", [True, False])
def test_filters_follow_changed_and_removed_fields(library: Library, reembedded: bool) -> None:
    later = SAIL.model_copy(update={"year": None, "venue": None, "authors": ("Cy Dahl",)})
    library.write([(later, chunks(EAST))] if reembedded else [], [] if reembedded else [later])
    for search in (dense, lexical):
        assert search(library, PaperFilter(year_to=2021)) == set()
        assert search(library, PaperFilter(venue="boats")) == set()
        assert search(library, PaperFilter(author="nunez")) == set()
        assert search(library, PaperFilter(author="dahl")) == {"sail"}
        assert search(library) == {"sail", "oven", "plain"}
    assert library.stats().by_year == {2022: 1}


def test_kept_vectors_stay(library: Library) -> None:
    library.write([], [SAIL.model_copy(update={"year": 1999})])
    (best, cosine), *_ = library.search_dense(EAST, 1)
    assert ids(library, [best]) == {"sail"}
    assert cosine == pytest.approx(1, abs=1e-5)


def test_removal_leaves_no_trace(library: Library) -> None:
    assert library.remove(["sail", "not there"]) == 1
    assert library.get("sail") is None
    assert dense(library) == lexical(library) == {"oven", "plain"}
    assert library.lexical.count == library.dense.count == library.stats().papers == 2
    assert library.remove(["sail"]) == 0


def test_a_removed_paper_can_come_back(library: Library) -> None:
    library.remove(["sail"])
    library.write([(SAIL, chunks(EAST))])
    assert dense(library) == {"sail", "oven", "plain"}
    assert library.get("sail") == SAIL


def test_every_batch_raises_the_version(library: Library) -> None:
    before = library.version
    library.write([(OVEN, chunks(UP))])
    assert library.version == before + 1
    library.remove(["oven"])
    assert library.version == before + 2


def test_it_is_the_same_after_reopening(tmp_path: Path) -> None:
    folder = tmp_path / "again"
    library, _ = filled(folder, [(SAIL, EAST), (OVEN, NORTH)])
    library.close()
    with Library.open(LibraryConfig(path=folder), manifest().embedding_model) as again:
        assert dense(again) == lexical(again) == {"sail", "oven"}
        assert again.get("oven") == OVEN
        assert again.stats().papers == 2


def test_a_search_in_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    with Library.create(LibraryConfig(path=tmp_path / "empty"), manifest()) as library:
        assert library.search_dense(EAST, 5) == []
        assert library.search_lexical("sails", 5) == []
        assert library.dense_scores(EAST, []) == {}
        assert library.sample_vectors(5).shape[0] == 0
        assert library.stats().papers == 0


def test_a_query_without_words_finds_nothing(unwritten: Library) -> None:
    assert unwritten.search_lexical("?! ...", 5) == []
    assert unwritten.lexical.scores("?!", [1]) == {}
