"""Plain text with labels, in six tools' ways."""

import pytest

from ingest.readers.base import Source
from ingest.readers.labelled_text import LabelledTextReader
from tests.ingest.readers.exports import read

READER = LabelledTextReader()
OVID_TAGGED = """VN  - Ovid Technologies
DB  - Ovid MEDLINE(R)
UI  - 31234567
TI  - Kites in hospital.
SO  - Lancet of Kites. 393(10):1-9, 2019 Mar 09.
AU  - Lee A
FA  - Lee, Ann
FA  - Ng, Bo
YR  - 2019
AB  - BACKGROUND: Kites are flown. METHODS: We
      flew them.
ID  - 10.1016/kite.1 [doi]

VN  - Ovid Technologies
TI  - Ovens.
AB  - Ovens bake.
"""
OVID_CITATION = """<1>
Unique Identifier
  31234567
Title
  Kites in hospital.
Source
  Lancet of Kites. 393(10):1-9, 2019 Mar 09.
Authors
  Lee A; Ng B
Authors Full Name
  Lee, Ann; Ng, Bo.
Institution
  Lee, Ann. University.
Abstract
  BACKGROUND: Kites are flown. METHODS: We flew them.
Year of Publication
  2019
DOI
  https://dx.doi.org/10.1016/kite.1

<2>
Title
  Ovens.
Abstract
  Ovens bake.
"""
COCHRANE = """Record #1 of 2
ID: CN-01234567
AU: Lee, Ann
AU: Ng, Bo
TI: Kites in hospital.
SO: Lancet of Kites
YR: 2019
PM: PUBMED 31234567
DOI: 10.1016/kite.1
AB: BACKGROUND: Kites are flown. METHODS: We flew them.


Record #2 of 2
ID: CN-01234568
TI: Ovens.
AB: Ovens bake.
"""
PROQUEST = """____________________________________________________________

Document 1 of 2

Kites in hospital.

Author: Lee, Ann; Ng, Bo

Publication info: Lancet of Kites 393.10 (2019): 1-9.

Abstract: BACKGROUND: Kites are flown. METHODS: We flew them.

Subject: Kites

Title: Kites in hospital.

Publication title: Lancet of Kites

Publication year: 2019

DOI: https://doi.org/10.1016/kite.1

____________________________________________________________

Document 2 of 2

Abstract: Ovens bake.

Title: Ovens.
"""
REFWORKS = """RT Journal Article
A1 Lee, Ann
A1 Ng, Bo
T1 Kites in hospital.
JF Lancet of Kites
YR 2019
AB BACKGROUND: Kites are flown. METHODS: We flew them.
DO 10.1016/kite.1

RT Journal Article
T1 Ovens.
AB Ovens bake.
"""
EBSCO = """TI- Kites in hospital.
AU- Lee, Ann
AU- Ng, Bo
JN- Lancet of Kites
PD- Mar2019
AB- BACKGROUND: Kites are flown. METHODS: We flew them.
DI- 10.1016/kite.1

TI- Ovens.
AB- Ovens bake.
"""
ALL = {
    "ovid-tagged": (OVID_TAGGED, [1, 14]),
    "ovid-citation": (OVID_CITATION, [1, 21]),
    "cochrane": (COCHRANE, [1, 13]),
    "proquest": (PROQUEST, [3, 25]),
    "refworks": (REFWORKS, [1, 10]),
    "ebsco": (EBSCO, [1, 9]),
}


@pytest.mark.parametrize("name", ALL)
def test_two_records(name: str) -> None:
    text, lines = ALL[name]
    got = read(READER, text)
    assert (got.failures, got.lines) == ([], lines)
    kites, ovens = got.papers
    assert kites.title == "Kites in hospital."
    assert kites.abstract == "BACKGROUND: Kites are flown. METHODS: We flew them."
    assert kites.authors == ("Ann Lee", "Bo Ng")
    assert (kites.year, kites.venue, kites.doi) == (2019, "Lancet of Kites", "10.1016/kite.1")
    assert (ovens.title, ovens.abstract) == ("Ovens.", "Ovens bake.")


def test_pubmed_ids_are_those_of_pubmed_databases() -> None:
    assert read(READER, OVID_TAGGED).papers[0].extra["pmid"] == "31234567"
    assert read(READER, COCHRANE).papers[0].extra["pmid"] == "31234567"
    assert "pmid" not in read(READER, OVID_CITATION).papers[0].extra


def test_a_text_without_labels_is_one_failure() -> None:
    assert len(read(READER, "Dear reader,\n\nno records here.\n").failures) == 1


def test_ovid_numbers_from_the_search_and_labels_of_any_database() -> None:
    text = (
        "<8>\nScore\n  *****\nAccession Number\n  0001-2.\nAuthor\n"
        "  Lee, Ann MD *;  Ng, Bo MD, PhD +;  van Dijk, Jan 1\nInstitution\n  (*)Hospital\n"
        "  (+)Clinic\nTitle\n  Kites in hospital.[Article]\nSource\n  Lancet of Kites. \n"
        "Status\n  Publish Ahead of Print, 18 August 2014\nAbstract\n  Kites are flown.\n"
        "Author Keywords\n  kites;  wind\nReferences\n  Li. 1998. Wind.\n\n  Ma. 1999. Rain.\n"
        "DOI Number\n  10.1016/kite.1\nLink to the Ovid Full Text or citation\n https://o.example/1\n"
    )
    (paper,) = read(READER, text).papers
    assert READER.sniff(Source("ovid", data=text.encode())) == 0.9
    assert (paper.title, paper.abstract) == ("Kites in hospital.", "Kites are flown.")
    assert paper.authors == ("Ann Lee", "Bo Ng", "Jan van Dijk")
    assert (paper.year, paper.venue) == (2014, "Lancet of Kites")
    assert (paper.doi, paper.url) == ("10.1016/kite.1", "https://o.example/1")
    assert paper.extra == {"keywords": ["kites", "wind"]}


def test_a_sentence_at_a_lines_begin_is_no_label_of_ovids() -> None:
    sentence = "Ways of flying were three, and these were compared in one long and windy summer."
    text = OVID_CITATION.replace("METHODS: We flew them.", f"\n{sentence}")
    assert read(READER, text).papers[0].abstract == f"BACKGROUND: Kites are flown. {sentence}"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Lee, Ann B. [Author, Reprint Author; E-mail: ann@kites.example]", "Ann B. Lee"),
        ("Lee, Ann [E-mail: ann@kites.example]", "Ann Lee"),
        ("Lee, Ann 1,2,+", "Ann Lee"),
        ("Lee, Ann B. Ph.D., FACSM", "Ann B. Lee"),
        ("Lee, MD", "MD Lee"),
        ("Lee MD", "Lee MD"),
        ("van Dijk, Jan Willem", "Jan Willem van Dijk"),
        ("Kite López, Ana María", "Ana María Kite López"),
        ("M&uuml;ller, Bo", "Bo Müller"),
        ("Institute of Kites and Wind", "Institute of Kites and Wind"),
    ],
)
def test_ovid_says_more_of_authors_than_their_names(written: str, name: str) -> None:
    (paper,) = read(READER, f"VN  - Ovid Technologies\nTI  - Kites\nAU  - {written}\n").papers
    assert paper.authors == (name,)


@pytest.mark.parametrize(
    ("source", "venue"),
    [
        ("Kite & Wind Journal. 201(2-3):327-334, November 15, 2004.", "Kite & Wind Journal"),
        ("Kite Journal January/February 2010;14(1):56", "Kite Journal"),
        ("Kite Journal, 2013(1): 3-28.", "Kite Journal"),
        ("Kite Journal 12(1): 3-28.", "Kite Journal"),
        ("Acts of the 2019 Kite Congress. 3(1):1-9, 2019.", "Acts of the 2019 Kite Congress"),
        ("Lee, A [Editor], Ng, B [Editor, Reprint Author]. On kites.:3-9, 2004.", "On kites"),
    ],
)
def test_ovid_has_the_venue_in_the_citation(source: str, venue: str) -> None:
    (paper,) = read(READER, f"VN  - Ovid Technologies\nTI  - Kites\nSO  - {source}\n").papers
    assert paper.venue == venue


def test_a_number_in_ovids_tagged_text_is_no_part_of_the_abstract() -> None:
    record = "VN  - Ovid Technologies\nTI  - Kites\nAB  - Kites fly.\n\n"
    got = read(READER, f"<1. >\n{record}<241. >\n{record}")
    assert [paper.abstract for paper in got.papers] == ["Kites fly."] * 2
    assert got.lines == [2, 7]


def test_refworks_names_the_book_of_a_chapter() -> None:
    (paper,) = read(READER, "RT Book, Section\nT1 Kites\nA1 Lee,Ann\nT2 On wind\n").papers
    assert (paper.authors, paper.venue) == (("Ann Lee",), "On wind")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Do kites fly? [Journal: Article]", "Do kites fly?"),
        ("Fliegen Drachen? [Do kites fly?]", "Fliegen Drachen? [Do kites fly?]"),
    ],
)
def test_ovid_says_the_kind_of_paper_after_its_title(written: str, title: str) -> None:
    (paper,) = read(READER, f"VN  - Ovid Technologies\nTI  - {written}\n").papers
    assert paper.title == title
