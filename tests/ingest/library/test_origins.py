from pathlib import Path

import pytest

from ingest.library import Library, PaperFilter
from ingest.library.filters import from_source
from ingest.paper import Paper, SourceRef
from tests.support.vectors import chunks, filled, unit


def read_from(paper_id: str, *files: tuple[str, str], year: int = 2020) -> Paper:
    sources = tuple(SourceRef(file=file, line=1, reader=reader) for file, reader in files)
    return Paper(id=paper_id, title=f"Kite {paper_id}", year=year, sources=sources)


BIB, WEB = ("/data/2024/my_refs.bib", "bibtex"), ("arxiv:cat:cs.CL", "arxiv-atom")
PAPERS = [read_from("a", BIB), read_from("b", BIB, WEB, year=2024), read_from("c", WEB)]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    vectors = [(paper, unit(1, n, 0)) for n, paper in enumerate(PAPERS)]
    return filled(tmp_path / "library", vectors)[0]


def ids(library: Library, only: PaperFilter) -> tuple[set[str], set[str]]:
    """What both indexes find of everything."""
    dense = library.search_dense(unit(1, 0, 0), 10, only)
    lexical = library.search_lexical("kite", 10, only)
    found = library.records.by_keys([key for key, _ in (*dense, *lexical)])
    return {found[key].id for key, _ in dense}, {found[key].id for key, _ in lexical}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("my_refs.bib", {"a", "b"}),
        ("refs", {"a", "b"}),
        ("BibTeX", {"a", "b"}),
        ("2024/my_refs.bib", {"a", "b"}),
        ("arxiv:cat:cs.CL", {"b", "c"}),
        ("arxiv", {"b", "c"}),
        ("data", set()),
        ("2023/my_refs.bib", set()),
        ("other.bib", set()),
    ],
)
def test_both_indexes_obey_a_source(library: Library, wanted: str, expected: set[str]) -> None:
    assert ids(library, PaperFilter(source=wanted)) == (expected, expected)
    admitted = {paper.id for paper in PAPERS if PaperFilter(source=wanted).admits(paper)}
    assert admitted == expected


def test_a_source_goes_with_other_filters(library: Library) -> None:
    assert ids(library, PaperFilter(source="bibtex", year_from=2021)) == ({"b"}, {"b"})


def test_the_filter_comes_before_the_best_are_taken(library: Library) -> None:
    (nearest,) = library.search_dense(unit(1, 0, 0), 1, PaperFilter(source="arxiv-atom"))
    assert library.records.by_keys([nearest[0]])[nearest[0]].id == "b"


def test_sources_noted_later_are_seen_although_no_index_changed(library: Library) -> None:
    only = PaperFilter(source="late.ris")
    assert ids(library, only) == (set(), set())
    late = SourceRef(file="late.ris", line=3, reader="ris")
    library.records.note_sources([PAPERS[2].model_copy(update={"sources": (late,)})])
    assert ids(library, only) == ({"c"}, {"c"})
    assert ids(library, PaperFilter(source="arxiv"))[0] == {"b"}


def test_what_another_process_has_noted_is_seen(library: Library, tmp_path: Path) -> None:
    assert library.origins.counts() == {BIB[0]: 2, WEB[0]: 2}
    with Library(library.config, library.manifest) as other:
        other.write([(read_from("d", BIB), chunks(unit(0, 0, 1)))])
    assert library.origins.counts() == {BIB[0]: 3, WEB[0]: 2}


def test_an_index_is_not_asked_for_a_source_it_does_not_know(library: Library) -> None:
    with pytest.raises(ValueError, match="resolved"):
        library.lexical.search("kite", 5, PaperFilter(source="bibtex"))
    with pytest.raises(ValueError, match="resolved"):
        library.dense.search(unit(1, 0, 0), 5, PaperFilter(source="bibtex"))


def test_windows_paths_have_file_names_too() -> None:
    source = SourceRef(file=r"C:\papers\refs.ris", reader="ris")
    assert from_source("refs.ris", source)
    assert not from_source("papers", source)
