"""MEDLINE from PubMed and from tools that imitate it."""

from ingest.readers.base import Source
from ingest.readers.medline import MedlineReader
from tests.ingest.readers.exports import only, read

READER = MedlineReader()

RECORD = """
PMID- 11111111
OWN - NLM
DP  - 2019 Mar-Apr
TI  - Impact of balloon catheters on
      outcomes.
LID - S1769-7212(19)30059-X [pii]
LID - 10.1000/abc.1 [doi]
AB  - BACKGROUND: Wrapped
      at a fixed width. METHODS: ER  - and TI  - are words here.
FAU - Zaidat, Osama O
AU  - Zaidat OO
FAU - Hellinger, Frank R Jr
AU  - Hellinger FR Jr
CN  - Some Investigators
TA  - Stroke
JT  - Stroke; a journal
OT  - *stroke
MH  - Stroke/*therapy
MH  - Humans
"""


def test_fields() -> None:
    paper = only(READER, RECORD)
    assert paper.title == "Impact of balloon catheters on outcomes."
    assert paper.abstract.endswith(
        "Wrapped at a fixed width. METHODS: ER  - and TI  - are words here.".replace("  ", " ")
    )
    assert paper.authors == ("Osama O Zaidat", "Frank R Hellinger Jr", "Some Investigators")
    assert (paper.year, paper.venue, paper.doi) == (2019, "Stroke; a journal", "10.1000/abc.1")
    assert paper.id == "doi:10.1000/abc.1"
    assert paper.url == "https://pubmed.ncbi.nlm.nih.gov/11111111/"
    assert paper.extra == {"pmid": "11111111", "keywords": ["stroke", "Stroke/therapy", "Humans"]}
    assert paper.sources[0].line == 2


def test_without_a_doi_the_pubmed_id_is_the_id() -> None:
    assert only(READER, "PMID- 123\nTI  - A\nDEP - 20190301\n").id == "pmid:123"
    assert only(READER, "PMID- 123\nTI  - A\nDEP - 20190301\n").year == 2019


def test_records_follow_without_a_blank_line() -> None:
    got = read(READER, "PMID- 1\nTI  - One\nPMID- 2\nTI  - Two\n\n\nPMID- 3\nTI  - Three")
    assert [paper.title for paper in got.papers] == ["One", "Two", "Three"]
    assert got.lines == [1, 3, 7]


def test_books_have_their_title_elsewhere_and_a_record_without_one_fails() -> None:
    papers, failures = read(READER, "PMID- 1\nBTI - A book\n\nPMID- 2\nAB  - Text.\n")
    assert [paper.title for paper in papers] == ["A book"]
    assert [failure.line for failure in failures] == [4]


def test_records_without_pubmed_ids_are_parted_by_blank_lines() -> None:
    got = read(READER, "TI  - One\nAB  - Text\n\n      goes on.\nJT  - J\n\nTI  - Two\n")
    assert [paper.title for paper in got.papers] == ["One", "Two"]
    assert got.papers[0].abstract == "Text\ngoes on."


def test_ris_is_not_medline() -> None:
    _, failures = read(READER, "Nothing of the kind.\n")
    assert [failure.line for failure in failures] == [None]


def test_another_abstract_is_better_than_none() -> None:
    base = "PMID- 1\nTI  - A title\n"
    assert only(READER, base + "OAB - Ein Text.\n").abstract == "Ein Text."
    assert only(READER, base + "AB  - A text.\nOAB - Ein Text.\n").abstract == "A text."
    none = "OAB - Publisher: Abstract available from the publisher.\n"
    assert only(READER, base + none).abstract == ""


ERIC = """
OWN - ERIC
TI  - Kites in Class
AU  - Lee, Ann
OT  - Kites
JT  - Kite School
SO  - v1 n2 p3-4 2019
AID - http://dx.doi.org/10.1000/eric.1
OID - EJ1000001
DP  - 2019
LID - http://eric.ed.gov/?id=EJ1000001
AB  - Pupils fly kites.
ISSN - EISSN-1234-5678
PT  - Journal Articles



OWN - ERIC
TI  - Ovens in Class
AU  - Ng, Bo
LID - http://eric.ed.gov/?id=ED500001
AB  - Pupils bake.
ISBN - 978-0-0000-0000-0
"""


def test_eric_has_no_pubmed_ids_and_links_instead() -> None:
    assert READER.sniff(Source("eric", data=ERIC.encode())) == 1
    got = read(READER, ERIC)
    kites, ovens = got.papers
    assert (kites.title, kites.abstract) == ("Kites in Class", "Pupils fly kites.")
    assert (kites.authors, kites.year, kites.venue) == (("Ann Lee",), 2019, "Kite School")
    assert (kites.doi, kites.url) == ("10.1000/eric.1", "http://eric.ed.gov/?id=EJ1000001")
    assert (ovens.abstract, ovens.doi) == ("Pupils bake.", None)
    assert got.lines == [2, 18]
