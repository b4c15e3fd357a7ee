"""What parts the authors of a table is told by all of its rows."""

import pytest

from ingest.readers.csv_table import CsvReader
from tests.ingest.readers.exports import read

READER = CsvReader()


def authors_of(text: str) -> list[list[str]]:
    papers, failures = read(READER, text)
    assert not failures
    return [list(paper.authors) for paper in papers]


def test_where_semicolons_part_names_a_cell_without_one_is_one_name() -> None:
    text = (
        "Title,Authors\n"
        'Kites,"García López, María José"\n'
        "Rope,Kite and Rope Group\n"
        'Wind,"Lee, Ann; Ng, Cy"\n'
    )
    assert authors_of(text) == [
        ["María José García López"],
        ["Kite and Rope Group"],
        ["Ann Lee", "Cy Ng"],
    ]


def test_in_other_tables_commas_part_names() -> None:
    text = 'Title,Authors\nKites,"Ann Lee, Cy Ng"\nRope,"Bo Yi, Di Oh"\n'
    assert authors_of(text) == [["Ann Lee", "Cy Ng"], ["Bo Yi", "Di Oh"]]


def test_a_group_after_a_semicolon_does_not_change_what_parts_the_others() -> None:
    text = 'Title,Authors\nKites,"Lee A, Ng C; Kite Group."\nRope,"Lee A, Ng C, Yi B, Oh D."\n'
    assert authors_of(text)[1] == ["Lee A", "Ng C", "Yi B", "Oh D"]


def test_an_entity_is_no_semicolon_between_names() -> None:
    text = 'Title,Authors\nKites,"Ann M&uuml;ller, Cy Ng"\n'
    assert authors_of(text) == [["Ann Müller", "Cy Ng"]]


@pytest.mark.parametrize("name", ["García López, María José", "van der Berg, Jan Willem"])
def test_zotero_parts_names_by_semicolons_alone(name: str) -> None:
    last, first = name.split(", ")
    text = f'"Key","Item Type","Author","Title"\n"A","journalArticle","{name}","Kites"\n'
    assert authors_of(text) == [[f"{first} {last}"]]
