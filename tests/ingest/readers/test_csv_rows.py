"""Rows with broken quotes: they cost themselves, and no row beside them."""

from ingest.readers.csv_table import CsvReader
from tests.ingest.readers.exports import read

READER = CsvReader()


def test_a_quote_that_is_not_closed_costs_its_row_only() -> None:
    got = read(
        READER,
        "Title,Abstract,Year\n"
        "One,Text,2020\n"
        '"Unclosed,Text,2020\n'
        '"Next, title",Text,2021\n'
        '"Unclosed too,Text,2020\n'
        '"Third",Text,2022\n'
        'Fourth,"Two\nlines",2023\n'
        '"Open to the end,Text\n'
        "Last,Text,2024\n",
    )
    titles = ["One", "Next, title", "Third", "Fourth", "Last"]
    assert [paper.title for paper in got.papers] == titles
    assert [paper.year for paper in got.papers] == [2020, 2021, 2022, 2023, 2024]
    assert got.lines == [2, 4, 6, 7, 10]
    assert [failure.line for failure in got.failures] == [3, 5, 9]
    assert all("quote" in failure.reason for failure in got.failures)


def test_quotes_within_a_cell_are_let_pass() -> None:
    got = read(READER, 'Title,Abstract\nOne,"They say "kites" there"\nTwo,Text\n')
    assert [paper.title for paper in got.papers] == ["One", "Two"]
    assert "kites" in got.papers[0].abstract
    assert not got.failures


def test_lines_of_a_broken_row_are_no_rows() -> None:
    """A comma too many breaks a row of three lines; its second and third are not titles."""
    got = read(READER, 'Title,Abstract\nOne, two,"First\nsecond\nthird"\nFour,Text\n')
    assert [paper.title for paper in got.papers] == ["Four"]
    assert [failure.line for failure in got.failures] == [2]
