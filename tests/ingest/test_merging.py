"""The same paper from two sources."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cleaning import clean_paper
from ingest.merging import merge_all, merge_keys, merge_papers, near_duplicates, same_paper
from ingest.paper import Paper, SourceRef
from ingest.readers import Failure, Source, detect
from tests.support.shared_data import shared_data

TITLE = "Bridges of Rope and Steel"


def paper(**fields: Any) -> Paper:
    return Paper(**{"id": "p", "title": TITLE, **fields})


def test_keys() -> None:
    assert merge_keys(paper(doi="10.1000/X", arxiv_id="2409.10594", year=2020)) == (
        "arxiv:2409.10594",
        "doi:10.1000/x",
        "title:bridges of rope and steel|2020",
        "title:bridges of rope and steel|",
    )
    assert merge_keys(paper(title="Editorial")) == ()


def test_arxivs_own_doi_is_the_arxiv_id() -> None:
    by_doi, by_id = paper(doi="10.48550/arXiv.2409.10594"), paper(arxiv_id="2409.10594")
    assert merge_keys(by_doi)[0] == merge_keys(by_id)[0] == "arxiv:2409.10594"
    assert same_paper(by_doi, by_id)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"doi": "10.1000/x", "year": 2019}, {"doi": "10.1000/X", "year": 2020}),
        ({"arxiv_id": "2409.10594", "title": "First Name"}, {"arxiv_id": "2409.10594"}),
        (
            {"doi": "10.1000/x"},
            {"doi": "10.1000/x", "title": "Bridges of rope and steel: a review"},
        ),
        ({"year": 2020}, {"year": 2020, "title": "BRIDGES OF ROPE, AND STEEL."}),
        ({"year": 2020}, {}),
        ({"doi": "10.48550/arxiv.2409.10594"}, {"doi": "10.1000/x"}),
        ({"doi": "10.1101/2020.01.02.123456"}, {"doi": "10.1000/x"}),
        ({"arxiv_id": "2409.10594"}, {"doi": "10.1000/x"}),
        (
            {"arxiv_id": "2409.10594", "authors": ("A. Lee", "B. Ng")},
            {"arxiv_id": "2409.10594", "authors": ("Ng, Bo",), "title": "An Unlike Thing"},
        ),
        ({"title": "一种用于桥梁测量的方法"}, {"title": "一种用于桥梁测量的方法", "year": 2020}),
    ],
)
def test_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert same_paper(paper(**one), paper(**other))
    assert same_paper(paper(**other), paper(**one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"year": 2019}, {"year": 2020}),
        ({"doi": "10.1000/x"}, {"doi": "10.1000/y"}),
        ({"doi": "10.1101/gr.123456.110"}, {"doi": "10.1000/y"}),
        ({"arxiv_id": "2409.10594"}, {"arxiv_id": "2409.10595"}),
        ({"doi": "10.1000/x"}, {"doi": "10.1000/x", "title": "An Unlike Thing"}),
        ({"title": "Editorial"}, {"title": "Editorial"}),
        ({"title": "Letter to the Editor"}, {"title": "Letter to the editor"}),
        ({"title": "Spectral Methods", "year": 2020}, {"title": "Spectral Methods", "year": 2020}),
        ({"title": "桥梁"}, {"title": "桥梁"}),
        (
            {"arxiv_id": "1011.1669", "authors": ("A. Lee", "B. Ng", "C. Yi")},
            {
                "arxiv_id": "1011.1669",
                "authors": ("A. Roe", "B. Ng", "C. Poe"),
                "title": "An Unlike Thing",
            },
        ),
        ({}, {"title": "Bridges of Rope"}),
    ],
)
def test_not_surely_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert not same_paper(paper(**one), paper(**other))
    assert not same_paper(paper(**other), paper(**one))


def test_near_duplicates_share_a_key_and_are_kept_apart() -> None:
    assert near_duplicates(paper(year=2019), paper(year=2020))
    assert not near_duplicates(paper(year=2020), paper(year=2020))
    assert not near_duplicates(paper(), paper(title="Tunnels of Earth and Stone"))


def test_the_richer_fields_stay() -> None:
    older = paper(
        id="arxiv:2409.10594",
        abstract="Short.",
        authors=("A. Lee",),
        venue="arXiv",
        doi="10.48550/arxiv.2409.10594",
        sources=(SourceRef(file="a.bib", line=1),),
        extra={"volume": 1, "note": "mine"},
    )
    newer = paper(
        id="doi:10.1000/x",
        title="Bridges of rope and steel",
        abstract="A longer abstract.",
        authors=("Ann Lee", "Bo Ng"),
        year=2020,
        venue="Bridges",
        url="https://x.example",
        doi="10.1000/x",
        sources=(SourceRef(file="b.ris", line=7), SourceRef(file="a.bib", line=1)),
        extra={"volume": 2, "pages": "1-2"},
    )
    merged = merge_papers(older, newer)
    assert merged == Paper(
        id="arxiv:2409.10594",
        title=TITLE,
        abstract="A longer abstract.",
        authors=("Ann Lee", "Bo Ng"),
        year=2020,
        venue="Bridges",
        url="https://x.example",
        doi="10.1000/x",
        arxiv_id="2409.10594",
        sources=(SourceRef(file="a.bib", line=1), SourceRef(file="b.ris", line=7)),
        extra={"volume": 1, "note": "mine", "pages": "1-2"},
    )


def test_the_original_text_is_that_of_the_field_that_was_taken() -> None:
    older = clean_paper(paper(title="Bridges of <b>Rope</b> and Steel", abstract="a &amp; b"))
    newer = clean_paper(paper(abstract="c &amp; d and more"))
    assert merge_papers(older, newer).extra["original"] == {
        "title": "Bridges of <b>Rope</b> and Steel",
        "abstract": "c &amp; d and more",
    }
    plain = paper(abstract="longer, and clean from the start")
    assert merge_papers(clean_paper(paper(abstract="a &amp; b")), plain).extra == {}


papers = st.builds(
    Paper,
    id=st.sampled_from(["a", "b", "c"]),
    title=st.sampled_from([TITLE, TITLE.upper(), f"{TITLE}: A Review", "Editorial", "Tunnels"]),
    abstract=st.sampled_from(["", "Short.", "Others.", "A longer one."]),
    authors=st.lists(st.sampled_from(["A. Lee", "Ann Lee"]), max_size=2).map(tuple),
    year=st.sampled_from([None, 2019, 2020]),
    venue=st.sampled_from([None, "arXiv", "Bridges"]),
    doi=st.sampled_from([None, "10.1000/x", "10.1000/y", "10.48550/arxiv.2409.10594"]),
    arxiv_id=st.sampled_from([None, "2409.10594", "2409.10595"]),
    sources=st.lists(st.builds(SourceRef, file=st.sampled_from("ab")), max_size=2).map(tuple),
    extra=st.dictionaries(st.sampled_from("xy"), st.integers(0, 1), max_size=2),
)


@settings(max_examples=150)
@given(older=papers, newer=papers)
def test_merging_again_changes_nothing(older: Paper, newer: Paper) -> None:
    merged = merge_papers(older, newer)
    assert merge_papers(merged, newer) == merge_papers(merged, older) == merged


@settings(max_examples=150)
@given(one=papers, other=papers)
def test_the_same_papers_meet_under_a_key(one: Paper, other: Paper) -> None:
    assert same_paper(one, other) == same_paper(other, one)
    if same_paper(one, other):
        assert set(merge_keys(one)) & set(merge_keys(other))


@settings(max_examples=80)
@given(st.lists(papers, max_size=8))
def test_what_is_merged_stays_merged(given_papers: list[Paper]) -> None:
    merged = merge_all(given_papers)
    assert len(merged) <= len(given_papers)
    assert {ref for p in given_papers for ref in p.sources} == {
        r for p in merged for r in p.sources
    }


def test_a_record_joins_two_that_were_apart() -> None:
    merged = merge_all(
        [
            paper(id="1", arxiv_id="2409.10594", year=2019, abstract="One."),
            paper(id="2", doi="10.1000/x", year=2020),
            paper(id="3", title="Tunnels of Earth and Stone"),
            paper(id="4", doi="10.1000/x", arxiv_id="2409.10594"),
        ]
    )
    assert [found.id for found in merged] == ["1", "3"]
    assert (merged[0].doi, merged[0].abstract) == ("10.1000/x", "One.")


def test_real_exports_of_the_same_papers_meet() -> None:
    """The four managers exported one library of 10; two works share a wrong DOI in Mendeley's."""
    names = ["ris_endnote.ris", "ris_mendeley.ris", "ris_refworks.ris", "csv_zotero.csv"]
    found = []
    for name in names:
        source = Source(name, shared_data(f"formats/{name}"))
        found += [p for p in detect(source).read(source) if not isinstance(p, Failure)]
    assert len(found) == 40
    assert len(merge_all(found)) < 40
    books = Source("b", shared_data("formats/bib_mendeley_export.bib"))
    titles = {"Herd behavior in purchasing books online", "The Art of Book Reviewing"}
    pair = [p for p in detect(books).read(books) if isinstance(p, Paper) and p.title in titles]
    shared = [p for p in pair if p.doi == "10.1080/0309877910150304"]
    assert {p.title for p in shared} == titles
    assert len(merge_all(shared)) == 2
