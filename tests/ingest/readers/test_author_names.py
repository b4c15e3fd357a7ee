"""The names in one cell, however they are parted."""

import pytest

from ingest.readers.author_names import by_semicolons, split_authors, unglue


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Lee, Ann; Ng, Cy", ["Lee, Ann", "Ng, Cy"]),
        ("Ann Lee|Cy Ng", ["Ann Lee", "Cy Ng"]),
        ("Lee A, Ng C.", ["Lee A", "Ng C"]),
        ("Ann Lee, Cy Ng and Bo Li", ["Ann Lee", "Cy Ng", "Bo Li"]),
        ("Ann Lee, Cy Ng, and Bo Li", ["Ann Lee", "Cy Ng", "Bo Li"]),
        ("Lee, Ann and Ng, Cy", ["Lee, Ann", "Ng, Cy"]),
        ("Lee, Ann", ["Lee, Ann"]),
        ("Ann Lee", ["Ann Lee"]),
        ("", []),
        (" , ", []),
        ("Lee, A., Ng, B.C., Yi, Yu.", ["Lee, A.", "Ng, B.C.", "Yi, Yu."]),
        ("Lee, A., Ng, B.C., Kite Group", ["Lee, A.", "Ng, B.C.", "Kite Group"]),
        ("Lee, Ann, Ng, Bo", ["Lee, Ann", "Ng, Bo"]),
        ("['Lee, Ann', \"O'Hara, Bo\"]", ["Lee, Ann", "O'Hara, Bo"]),
        ('["Ann Lee", "Bo Ng"]', ["Ann Lee", "Bo Ng"]),
        ("[{'authorId': '1', 'name': 'Ann Lee'}, {'authorId': None, 'name': 'Bo Ng'}]",
         ["Ann Lee", "Bo Ng"]),
        ("[not a list", ["[not a list"]),
        ("[No author name available]", []),
        ("Lee, Ann (57200000000); Ng, Cy (5)", ["Lee, Ann", "Ng, Cy"]),
        ("Lee A, Ng B, et al.", ["Lee A", "Ng B"]),
        ("Lee, et al.", ["Lee"]),
        ("Lee A, Ng B, Kite Study Group.", ["Lee A", "Ng B", "Kite Study Group"]),
        ("Ng BC.", ["Ng BC"]),
        ("Ng C.", ["Ng C."]),
        ("Ng, C.; Lee, A.", ["Ng, C.", "Lee, A."]),
        ("Lee, Ann and Ng, Cy and Kite Group", ["Lee, Ann", "Ng, Cy", "Kite Group"]),
        ("Lee, A.\n and Ng, C.\n and Yi, B.\n", ["Lee, A.", "Ng, C.", "Yi, B."]),
        ("Lee, Ann and Ng, Cy and\nYi,\nBo", ["Lee, Ann", "Ng, Cy", "Yi,\nBo"]),
        ("Kite and Wind Group\nAnn Lee\nCy Ng", ["Kite and Wind Group", "Ann Lee", "Cy Ng"]),
        ("Ann Lee; .", ["Ann Lee"]),
        ("Lee, Ann and others", ["Lee, Ann"]),
        ("Centers for Kite Control and Prevention", ["Centers for Kite Control and Prevention"]),
        ("Ann Lee, Cy Ng, and others", ["Ann Lee", "Cy Ng"]),
        ("Lee, A., Ng, C., & Yi, B.", ["Lee, A.", "Ng, C.", "Yi, B."]),
        ("Ann Lee and Cy G&#243;mez and Bo Yi", ["Ann Lee", "Cy Gómez", "Bo Yi"]),
        ("A Lee, C Ng…", ["A Lee", "C Ng"]),
        ("A Lee, C Ng, ...", ["A Lee", "C Ng"]),
        ("van den Berg,null;Lee,Ann", ["van den Berg", "Lee,Ann"]),
        ("null v. Berg; Ann Lee; Ann Null", ["v. Berg", "Ann Lee", "Ann Null"]),
        ("Ann Lee PhD et al.", ["Ann Lee PhD"]),
        ("A.B., Lee, Ann B.; Y.-C., Ng, Yi-Cy", ["Lee, Ann B.", "Ng, Yi-Cy"]),
        ("A., Lee; Ng, C.", ["A., Lee", "Ng, C."]),
        ("Kiteman, Martin-Smith, Ågren", ["Kiteman", "Martin-Smith", "Ågren"]),
        ("Kiteman, Ann, Jr", ["Kiteman, Ann, Jr"]),
        ("Kiteman, Ann, PhD", ["Kiteman, Ann, PhD"]),
        ("Ann Lee\nBo Li\nInstitute of Kites and Wind",
         ["Ann Lee", "Bo Li", "Institute of Kites and Wind"]),
        ("Ann Lee, Bo Li and Cy Ng and Dan Ox", ["Ann Lee", "Bo Li", "Cy Ng", "Dan Ox"]),
        ("Ann Lee; Bo Li; .", ["Ann Lee", "Bo Li"]),
        ("Anon, Bo", ["Anon, Bo"]),
        ("Na, Null; None, Bo", ["Na, Null", "None, Bo"]),
    ],
)  # fmt: skip
def test_names(cell: str, names: list[str]) -> None:
    assert split_authors(cell) == names


def test_a_cell_of_many_spaces_takes_no_longer_than_its_length() -> None:
    assert split_authors(f"Ann{' ' * 200_000}Lee and Cy Ng") == ["Ann Lee", "Cy Ng"]


@pytest.mark.parametrize(
    ("glued", "names"),
    [
        ("Ann LeeBo C. NgJürgen Müller", ["Ann Lee", "Bo C. Ng", "Jürgen Müller"]),
        ("Ann McNamaraBo MacLeodCy DeVries", ["Ann McNamara", "Bo MacLeod", "Cy DeVries"]),
        ("Ann LeeF. Bo Ng IIICy Yi", ["Ann Lee", "F. Bo Ng III", "Cy Yi"]),
        ("Ann Lee", ["Ann Lee"]),
    ],
)
def test_springer_runs_names_together(glued: str, names: list[str]) -> None:
    assert split_authors(unglue(glued)) == names


def test_where_only_semicolons_part_names_entities_do_not() -> None:
    names = ["Müller, Ann", "Kites and Wind, Ltd.", "García López, María José"]
    assert (
        by_semicolons("M&uuml;ller, Ann; Kites and Wind, Ltd.；García López, María José;") == names
    )
