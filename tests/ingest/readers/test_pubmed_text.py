from ingest.readers import Source
from ingest.readers.pubmed_text import PubmedTextReader
from tests.ingest.readers.exports import only, read

READER = PubmedTextReader()
FIRST = """1. Lancet Kites. 2019 Mar 9;393(10):1-9. doi: 10.1016/S0140-6736(19)30001-1. Epub
2019 Feb 1.

Kites that fly: a very long title that goes over the eighty columns and is
wrapped.

Lee A(1), Ng BC(2), van Dyke D(1)(2).

Author information:
(1)Kite University, Town. Electronic address: a@kite.example.

Comment in
    Lancet Kites. 2019 Apr;393(11):2.

BACKGROUND: Kites are flown by children and by adults all over the world, and
nobody knows why.
METHODS: We flew.

Copyright © 2019 Kite Press. All rights reserved.

DOI: 10.1016/S0140-6736(19)30001-1
PMID: 31234567 [Indexed for MEDLINE]

Conflict of interest statement: None.
"""
SECOND = """2. Oven J. 2020 Jan;3(1):5-6.

Ovens that bake.

[No authors listed]

PMID: 31234568
"""


def test_an_abstract_with_labelled_sections() -> None:
    paper = only(READER, FIRST)
    assert paper.title.endswith("goes over the eighty columns and is wrapped.")
    assert paper.authors == ("Lee A", "Ng BC", "van Dyke D")
    assert paper.abstract == (
        "BACKGROUND: Kites are flown by children and by adults all over the world, and nobody"
        " knows why.\nMETHODS: We flew."
    )
    assert (paper.year, paper.venue) == (2019, "Lancet Kites")
    assert (paper.doi, paper.extra["pmid"]) == ("10.1016/s0140-6736(19)30001-1", "31234567")


def test_groups_follow_the_people() -> None:
    text = FIRST.replace("van Dyke D(1)(2).", "van Dyke D(1)(2); Kite Fliers of Europe and\nAsia.")
    authors = ("Lee A", "Ng BC", "van Dyke D", "Kite Fliers of Europe and Asia")
    assert only(READER, text).authors == authors


def test_a_group_alone_stands_before_its_members() -> None:
    names = "Lee A(1), Ng BC(2), van Dyke D(1)(2)."
    paper = only(READER, FIRST.replace(names, "KITE 2019 Collaborators.\n\nCollaborators: Lee A."))
    assert paper.authors == ("KITE 2019 Collaborators",)
    assert paper.abstract.startswith("BACKGROUND: Kites")


def test_a_groups_name_may_have_commas() -> None:
    names = "Lee A(1), Ng BC(2), van Dyke D(1)(2)."
    text = FIRST.replace(names, "Kites, Wind and Rain Group.\n\nCollaborators: Lee A.")
    assert only(READER, text).authors == ("Kites, Wind and Rain Group",)


def test_a_doi_on_the_citations_second_line() -> None:
    cited = "doi: 10.1016/S0140-6736(19)30001-1. Epub\n2019"
    text = FIRST.replace(cited, "doi:\n10.1016/S0140-6736(19)30001-1.  Epub 2019")
    own_line = "\nDOI: 10.1016/S0140-6736(19)30001-1"
    assert only(READER, text.replace(own_line, "")).doi == "10.1016/s0140-6736(19)30001-1"


def test_the_doi_of_a_paper_commented_on_is_not_the_comments() -> None:
    comment = "Comment on\n    Lancet Kites. 2018;2(1):5-9. doi: 10.1000/kite.1.\n\n"
    paper = only(READER, f"1{SECOND[1:]}".replace("PMID:", f"{comment}PMID:"))
    assert (paper.title, paper.doi, paper.id) == ("Ovens that bake.", None, "pmid:31234568")


def test_records_stand_two_blank_lines_apart() -> None:
    got = read(READER, f"{FIRST}\n\n{SECOND}")
    assert [paper.sources[0].line for paper in got.papers] == [1, 27]
    assert (got.papers[1].title, got.papers[1].abstract) == ("Ovens that bake.", "")
    assert got.papers[1].id == "pmid:31234568"


def test_numbers_within_an_abstract_begin_no_record() -> None:
    text = FIRST.replace("METHODS: We flew.", "METHODS: We flew\n\n2. often,\n\n3. high.")
    assert len(read(READER, text).papers) == 1


def test_a_list_of_points_is_no_export() -> None:
    assert READER.sniff(Source("export", data=b"1. First point.\n\nText.\n")) == 0
