"""Refer, as EndNote and Google Scholar write it."""

from ingest.readers.refer import ReferReader
from tests.ingest.readers.exports import only, read

READER = ReferReader()


def test_endnote() -> None:
    paper = only(
        READER,
        "%0 Journal Article\n%A Lee, Ann\n%A Ng, Cy\n%D 2020\n%T A title\n%J Journal of Tests\n"
        "%V 3\n%P 1-9\n%K one\ntwo; three\n%X First paragraph\n100 % sure.\n\nSecond paragraph.\n"
        "%U https://doi.org/10.1000/enw.1\n%@ 1234-5678\n",
    )
    assert (paper.title, paper.authors, paper.year) == ("A title", ("Ann Lee", "Cy Ng"), 2020)
    assert (paper.venue, paper.doi) == ("Journal of Tests", "10.1000/enw.1")
    assert paper.abstract == "First paragraph 100 % sure.\nSecond paragraph."
    assert paper.extra == {"keywords": ["one", "two", "three"]}


def test_google_scholar_has_arxiv_in_the_journal() -> None:
    paper = only(
        READER,
        "%0 Journal Article\n%T Preprint\n%A Lee, A\n%J arXiv preprint arXiv:2101.00001\n%D 2021\n",
    )
    assert paper.id == "arxiv:2101.00001"


def test_records_with_and_without_types() -> None:
    typed = read(READER, "%0 Generic\n%T One\n%0 Book\n%A Ng\n\n%0 Book\n%T Three\n")
    plain = read(READER, "%T One\n%A Lee\n\n%A Ng\n%T Two\n")
    assert [paper.title for paper in typed.papers] == ["One", "Three"]
    assert [failure.line for failure in typed.failures] == [3]
    assert [paper.title for paper in plain.papers] == ["One", "Two"]
    assert plain.lines == [1, 4]


def test_comments_of_latex_are_no_tags() -> None:
    assert [f.line for f in read(READER, "% Encoding: UTF-8\n%comment\n").failures] == [None]


def test_the_acl_anthology_has_the_proceedings_as_a_series_and_two_links() -> None:
    paper = only(
        READER,
        "%0 Conference Proceedings\n%T Kites\n%A Lee, Ann\n%S Proceedings of Kites\n%D 2020\n"
        "%X Kites fly.\n%R 10.18653/v1/k.1\n%U https://anthology.example/k.1/\n"
        "https://doi.example/k.1\n",
    )
    assert (paper.venue, paper.url) == ("Proceedings of Kites", "https://anthology.example/k.1/")


def test_ais_elibrary_writes_types_second_or_not_at_all() -> None:
    got = read(
        READER,
        "%T Kites\n%0 Journal Article\n%A Lee, Ann\n%D 2020\n%X Kites fly.\n\n\n"
        "%T Contents\n%D 2020\n\n\n%T Ovens\n%0 Journal Article\n%A Ng, Bo\n%D 2021\n",
    )
    assert [paper.title for paper in got.papers] == ["Kites", "Contents", "Ovens"]
    assert [paper.authors for paper in got.papers] == [("Ann Lee",), (), ("Bo Ng",)]
    assert [paper.abstract for paper in got.papers] == ["Kites fly.", "", ""]
    assert got.lines == [1, 8, 12]


def test_cnki_writes_all_authors_on_a_line() -> None:
    for line in ("%A 李安 %A 王博", "%A 李安%A 王博", "%A 李安;王博;", "%A 李安；王博"):
        assert only(READER, f"%0 Journal Article\n{line}\n%T 风筝\n").authors == ("李安", "王博")


def test_entities_do_not_part_names() -> None:
    assert only(READER, "%0 Generic\n%T Kites\n%A M&uuml;ller, Ann\n").authors == ("Ann Müller",)
