"""Identifiers, years and names as exports write them."""

import pytest

from ingest.readers.fields import (
    display_name,
    find_arxiv_id,
    find_doi,
    find_pmid,
    find_year,
    unwrap,
)


@pytest.mark.parametrize(
    ("link", "doi"),
    [
        ("https://doi.org/10.1000/A.1", "10.1000/a.1"),
        ("http://dx.doi.org/10.1002/(SICI)1097-4571(1999)50:1<1::AID>3.0.CO;2-#",
         "10.1002/(sici)1097-4571(1999)50:1<1::aid>3.0.co;2-#"),
        ("https://x.example/doi/abs/10.1000/A.1?casa_token=1", "10.1000/a.1"),
        ("https://x.example/doi/10.1000/A.1/full", "10.1000/a.1"),
        ("https://x.example/record.uri?eid=2&doi=10.1000%2fA.1&partner=4", "10.1000/a.1"),
        ("doi: 10.1000/A.1", "10.1000/a.1"),
        ("doi: DOI: 10.1000/A.1", "10.1000/a.1"),
        ("10.1000/A.1", "10.1000/a.1"),
        ("https://x.example/article/10.1000/a/fulltext.html", None),
        ("This comments on an article, 10.1000/other", None),
    ],
)  # fmt: skip
def test_hidden_dois(link: str, doi: str | None) -> None:
    assert find_doi((), (link,)) == doi


def test_the_doi_field_comes_first() -> None:
    assert find_doi(("", "https://doi.org/10.1000%2FA"), ("doi:10.1000/b",)) == "10.1000/a"


@pytest.mark.parametrize("cut", ["10.1000/2009-0160.1.short", "10.1000/2009-0160.1/full"])
def test_a_doi_that_was_cut_out_of_a_link_loses_its_page(cut: str) -> None:
    assert find_doi((cut,)) == "10.1000/2009-0160.1"


def test_a_doi_is_more_than_its_prefix() -> None:
    assert find_doi(("10.1000/full",)) == "10.1000/full"


@pytest.mark.parametrize(
    ("text", "arxiv_id"),
    [
        ("https://arxiv.org/pdf/2101.00001v2.pdf", "2101.00001"),
        ("arXiv:hep-th/9901001v1", "hep-th/9901001"),
        ("arXiv preprint arXiv:2101.00001", "2101.00001"),
        ("10.48550/arXiv.2101.00001", "2101.00001"),
        ("see also arXiv:2101.00001", None),
        ("Companion to arXiv:2101.00001", None),
        ("text overlap with arXiv:2101.00001; arXiv:2202.00002", "2202.00002"),
        ("Submitted to arXiv:2101.00001", "2101.00001"),
        ("10.1016/2101.00001", None),
        ("arXiv, 2101.000012345", None),
    ],
)
def test_arxiv_ids(text: str, arxiv_id: str | None) -> None:
    assert find_arxiv_id(text) == arxiv_id


def test_pubmed_ids() -> None:
    assert find_pmid("123.0") == "123"
    assert find_pmid("https://pubmed.ncbi.nlm.nih.gov/29456894") == "29456894"
    assert find_pmid("", ["https://x.example", "http://www.ncbi.nlm.nih.gov/pubmed/12"]) == "12"
    assert find_pmid("MEDLINE:12") == "12"
    assert find_pmid("PMC5815332") is None
    assert find_pmid("0") is None
    assert find_pmid("14:30") is find_pmid("3.25E+07") is find_pmid("10.1000/x") is None
    assert find_pmid("31234567; PMC5815332") == "31234567"


@pytest.mark.parametrize("number", ["-1", "2009-12345-001", "PMC 5815332"])
def test_other_numbers_are_no_pubmed_ids(number: str) -> None:
    assert find_pmid(number) is None


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("2024/01/02/", 2024),
        ("2010/05//", 2010),
        ("20190301", 2019),
        ("1998 Dec-1999 Jan", 1998),
        ("12 May 2003", 2003),
        ("{2019}/2020", 2019),
        ("PMID 12019345", None),
        ("in press", None),
    ],
)
def test_years(date: str, year: int | None) -> None:
    assert find_year(date) == year


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Lee, Ann", "Ann Lee"),
        ("van der Berg, Jan P.", "Jan P. van der Berg"),
        ("King, Jr., Martin Luther", "Martin Luther King Jr."),
        ("King, Martin Luther, Jr.", "Martin Luther King Jr."),
        ("Hellinger, Frank R Jr", "Frank R Hellinger Jr"),
        ("Hellinger, Frank I", "Frank I Hellinger"),
        ("Lee, Ann B. (ann.lee@kites.example)", "Ann B. Lee"),
        ("Kite Group. Electronic address: kites@kites.example", "Kite Group"),
        ("Manners, I.", "I. Manners"),
        ("Hall, Janet I", "Janet I Hall"),
        ("Hall, Janet II", "Janet Hall II"),
        ("World Health Organization,", "World Health Organization"),
        ("Universities of A, B, C, and D", "Universities of A, B, C, and D"),
        ("Ann Lee", "Ann Lee"),
        (" , ", ""),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert display_name(name) == shown


def test_wrapped_lines_are_joined_and_paragraphs_kept() -> None:
    assert unwrap("one\ntwo\n \nthree") == "one two\nthree"
