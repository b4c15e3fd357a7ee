from ingest.readers.scopus_text import ScopusTextReader
from tests.ingest.readers.exports import read

READER = ScopusTextReader()
TEXT = """Scopus
EXPORT DATE: 02 Jan 2023

Lee, A., Ng, B.C.
57200000000;57200000001
Kites in text
(2020) Kite Journal, 3 (1), pp. 1-9. Cited 5 times.
https://www.scopus.example/record?doi=10.1000%2fsc.1
DOI: 10.1000/sc.1

AFFILIATIONS: Kite University
ABSTRACT: Kites fly. They do.
AUTHOR KEYWORDS: kites; wind
SOURCE: Scopus

Yi, C.
57200000003
Ovens in text
(2021) Oven Journal, 4, art. no. 5.

ABSTRACT: Ovens bake.
SOURCE: Scopus
"""


def test_heads_are_read_by_position() -> None:
    got = read(READER, TEXT)
    kites, ovens = got.papers
    assert got.lines == [4, 16]
    assert (kites.title, kites.abstract) == ("Kites in text", "Kites fly. They do.")
    assert kites.authors == ("A. Lee", "B.C. Ng")
    assert (kites.year, kites.venue, kites.doi) == (2020, "Kite Journal", "10.1000/sc.1")
    assert kites.extra == {"keywords": ["kites", "wind"]}
    assert (ovens.title, ovens.year, ovens.venue) == ("Ovens in text", 2021, "Oven Journal")


def test_a_record_without_a_citation_fails_with_its_line() -> None:
    got = read(READER, TEXT.replace("(2021) Oven Journal, 4, art. no. 5.\n", ""))
    assert len(got.papers) == 1
    assert [failure.line for failure in got.failures] == [16]


def test_full_names_and_venues_with_commas() -> None:
    full = "AUTHOR FULL NAMES: Lee, Ann (57200000000); Ng, Bo C. (57200000001)\n"
    for citation in (
        "(2024) Kites, Wind and Rain, 3 (1), pp. 1 - 9, Cited 5 times.",
        "(2024) Kites, Wind and Rain, pp. 1 - 9.",
        "(2024) Kites, Wind and Rain, 2024-June, art. no. 5.",
        "(2024) Kites, Wind and Rain, Part F128, Cited 1 times.",
        "(2024) Kites, Wind and Rain",
    ):
        text = f"Scopus\nEXPORT DATE: 2 May 2024\n\nLee A., Ng B.C.\n{full}57200000000\nKites\n"
        (paper,) = read(READER, f"{text}{citation}\nSOURCE: Scopus\n").papers
        assert (paper.title, paper.authors) == ("Kites", ("Ann Lee", "Bo C. Ng"))
        assert (paper.year, paper.venue) == (2024, "Kites, Wind and Rain")


def test_one_author_with_two_surnames_and_an_article_in_press() -> None:
    text = (
        "Scopus\nEXPORT DATE: 2 May 2024\n\nKite López A.M.\n"
        "AUTHOR FULL NAMES: Kite López, Ana María (57200000000)\n57200000000\nKites\n"
        "(2024) Kites, Wind and Rain, . Article in Press.\nSOURCE: Scopus\n"
    )
    (paper,) = read(READER, text).papers
    assert paper.authors == ("Ana María Kite López",)
    assert paper.venue == "Kites, Wind and Rain"
