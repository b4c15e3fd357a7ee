"""Web of Science's plain text."""

from ingest.readers.wos import WosReader
from tests.ingest.readers.exports import only, read

READER = WosReader()

EXPORT = """\ufeffFN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Smith, J
   Lee, AB
AF Smith, John
   Lee, Ann B.
TI A study of
   wrapped titles
SO JOURNAL OF TESTS
DE wrapping; plain text
ID LINES;
   BREAKS
AB We wrap lines. AU is a word
   of this abstract. (C) 2019 Someone.
C1 [Smith, John] Univ Tests, Dept A, Town, Country.
PD MAR
PY 2019
DI 10.1000/WOS.1
PM 22222222
UT WOS:000123
ER

PT C
AU Ng, C
TI Second
CT 3rd Conference on Tests
EA JAN 2021
UT WOS:000124
ER

EF
"""


def test_fields() -> None:
    got = read(READER, EXPORT)
    assert not got.failures
    assert got.lines == [3, 24]
    first, second = got.papers
    assert first.title == "A study of wrapped titles"
    assert first.abstract == "We wrap lines. AU is a word of this abstract. (C) 2019 Someone."
    assert first.authors == ("John Smith", "Ann B. Lee")
    assert (first.year, first.venue, first.doi) == (2019, "JOURNAL OF TESTS", "10.1000/wos.1")
    assert first.extra == {
        "pmid": "22222222",
        "keywords": ["wrapping", "plain text", "LINES", "BREAKS"],
    }
    assert (second.authors, second.year, second.venue) == (
        ("C Ng",),
        2021,
        "3rd Conference on Tests",
    )


def test_recognised_without_the_file_header() -> None:
    assert only(READER, "PT J\nAU Ng, C\nTI Alone\nER\n").title == "Alone"


def test_a_missing_end_and_a_missing_title() -> None:
    got = read(READER, "PT J\nTI One\nPT J\nAU Ng, C\nPT J\nTI Three\nER\nEF\n")
    assert [paper.title for paper in got.papers] == ["One", "Three"]
    assert [failure.line for failure in got.failures] == [3]


def test_a_file_without_records() -> None:
    assert [failure.line for failure in read(READER, "FN Thomson\nVR 1.0\nEF\n").failures] == [None]


def test_other_databases_write_authors_on_a_line_and_their_addresses() -> None:
    medline = "FN ISI Export Format\nVR 1.0\nPT J\nTI Kites\nAU Lee, Ann; Ng, Bo C\nER\n"
    biosis = "PT J\nTI Kites in\nthe wind\nAU Lee, Ann (ann@kites.example)\nNg, Bo\nER\n"
    assert only(READER, medline).authors == ("Ann Lee", "Bo C Ng")
    paper = only(READER, biosis)
    assert (paper.title, paper.authors) == ("Kites in the wind", ("Ann Lee", "Bo Ng"))


def test_entities_and_lists_of_addresses_do_not_part_names() -> None:
    text = "PT J\nTI Kites\nAU M&uuml;ller, Ann (ann@k.example; a@k.example)\n   Ng, Bo\nER\n"
    assert only(READER, text).authors == ("Ann Müller", "Bo Ng")
