"""Searched without the graph, a library finds the same."""

from collections.abc import Iterator

import pytest

from ingest.config import LibraryConfig
from ingest.errors import IndexDamagedError
from ingest.library import Library, PaperFilter
from ingest.paper import Paper
from tests.support.vectors import MODEL, filled, unit

EAST = Paper(id="east", title="East", abstract="a", authors=("Ann Lee",), year=2020, venue="Sea")
NORTH = Paper(id="north", title="North", abstract="b", authors=("Bo Xu",), year=2022)
UP = Paper(id="up", title="Up", abstract="c")


@pytest.fixture(scope="module")
def torn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("torn") / "library"
    vectors = [(EAST, unit(1, 0, 0)), (NORTH, unit(0, 1, 0)), (UP, unit(0, 0, 1))]
    filled(folder, vectors)[0].close()
    (folder / "index-1" / "writing.json").write_text('{"chroma/1/data_level0.bin": [1, 1]}')
    with Library.open(LibraryConfig(path=folder), MODEL) as library:
        yield library


def found(library: Library, limit: int, only: PaperFilter | None = None) -> list[tuple[str, float]]:
    hits = library.search_dense(unit(3, 2, 1), limit, only)
    papers = library.records.by_keys([key for key, _ in hits])
    return [(papers[key].id, cosine) for key, cosine in hits]


def test_papers_come_by_cosine(torn: Library) -> None:
    length = 14**0.5
    expected = [("east", 3 / length), ("north", 2 / length), ("up", 1 / length)]
    for (name, cosine), (wanted, value) in zip(found(torn, 3), expected, strict=True):
        assert name == wanted
        assert cosine == pytest.approx(value, abs=1e-6)
    assert [name for name, _ in found(torn, 2)] == ["east", "north"]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (PaperFilter(year_from=2021), ["north"]),
        (PaperFilter(year_to=2021), ["east"]),
        (PaperFilter(venue="sea"), ["east"]),
        (PaperFilter(author="XU"), ["north"]),
        (PaperFilter(author="nobody"), []),
    ],
)
def test_filters_hold(torn: Library, only: PaperFilter, expected: list[str]) -> None:
    assert [name for name, _ in found(torn, 3, only)] == expected


def test_nothing_can_be_written(torn: Library) -> None:
    with pytest.raises(IndexDamagedError, match="library reindex"):
        torn.remove(["up"])
    assert torn.stats().papers == 3
