"""What is told as a table whose header says nothing known."""

import pytest

from ingest.readers import Source
from ingest.readers.csv_table import CsvReader
from ingest.readers.registry import detect
from tests.ingest.readers.exports import read

READER = CsvReader()
FLIGHTS = "Kites fly well in the north. The wind carries them far, and all flights end well."
ROWS = f'1,Kites of the North,"{FLIGHTS * 3}",2020\n2,Kites of the South,"{FLIGHTS * 4}",2021\n'


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("nr,kop,tekst,wanneer\n", "columns found: nr, kop, tekst, wanneer"),
        ("0,Kites,,\n", "columns found: 0, Kites, , "),
    ],
)
def test_a_table_without_known_names_says_which_it_has(header: str, said: str) -> None:
    source = Source("export.csv", data=(header + ROWS).encode())
    assert detect(source).name == "csv"
    got = read(READER, header + ROWS)
    assert not got.papers
    assert [said in failure.reason for failure in got.failures] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Kites, rope, and wind\n\nPaper, glue, and string\n\nNorth, south, and west\n",
        "Kites fly, they say, well.\nThe wind carries them.\nFlights end, all of them, well.\n",
        '{"a": 1, "b": 2, "c": 3}\n{"a": 1, "b": 2, "c": 3}\n{"a": 1, "b": 2, "c": 3}\n',
        "10.1000/a\n10.1000/b\n10.1000/c\n",
        "nr,kop,tekst\n1,Kites,North\n",
    ],
)
def test_no_table(text: str) -> None:
    assert READER.sniff(Source("export.txt", data=text.encode())) == 0.0
