"""The names in BibTeX's author fields, as the tools write them."""

import pytest

from ingest.readers.bibtex_names import people


@pytest.mark.parametrize(
    ("field", "names"),
    [
        (r"Lee, Ann and M{\"u}ller, J. and others", ["Lee, Ann", "Müller, J."]),
        ("{Kite Society, Geneva} and Ng, Bo", ["Kite Society Geneva", "Ng, Bo"]),
        ("{van der Berg}, Jan and Lee, Jr., Ann", ["van der Berg, Jan", "Lee, Jr., Ann"]),
        (r"\{van der Berg\}, \{Jan\} and Lee, \{A. B.\}", ["van der Berg, Jan", "Lee, A. B."]),
        ("{the {Kite} Group}", ["the Kite Group"]),
        ("\n  Lee, Ann  and\n  Ng,  Bo\n and Roe, F.\n", ["Lee, Ann", "Ng, Bo", "Roe, F."]),
    ],
)
def test_and_parts_names(field: str, names: list[str]) -> None:
    assert people(field) == names


def test_better_bibtex_names_the_parts_of_a_name() -> None:
    field = (
        "family=Berg, given=Jan, given-i=J, prefix=van der, useprefix=false"
        " and {given={Ann}, family={Lee}, suffix={Jr.}} and Ng, Bo"
    )
    assert people(field) == ["Jan van der Berg", "Ann Lee Jr.", "Ng, Bo"]


def test_scopus_once_put_letters_of_affiliations_after_initials() -> None:
    field = "Lee, A.B.a  and De Ng, C.-D.b c  and O'Hara, E.a  and Roe, F."
    assert people(field) == ["Lee, A.B.", "De Ng, C.-D.", "O'Hara, E.", "Roe, F."]


def test_sciencedirect_marked_surnames_of_several_words() -> None:
    assert people("Jan [van der Berg] and Ann Lee") == ["Jan van der Berg", "Ann Lee"]


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("{[}Anonymous]", []),
        ("Lee, Ann, et al.", ["Lee, Ann"]),
        ("A Lee and B Ng and ...", ["A Lee", "B Ng"]),
        ("Lee, Ann and et al", ["Lee, Ann"]),
        ("Ann Lee, Bo Ng, Cy Roe, et al.", ["Ann Lee", "Bo Ng", "Cy Roe"]),
    ],
)
def test_nobody_is_no_author(field: str, names: list[str]) -> None:
    assert people(field) == names


def test_a_given_name_in_small_letters_is_no_affiliation() -> None:
    assert people("Lee, e.e and Ng, Bo d") == ["Lee, e.e", "Ng, Bo d"]


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Lee, AB, Ng, C, and Roe, D", ["Lee, AB", "Ng, C", "Roe, D"]),
        ("Ann Lee, Bo Ng, Cy De Roe and Di Ek", ["Ann Lee", "Bo Ng", "Cy De Roe", "Di Ek"]),
        ("Ann Lee, Bo Ng, Cy Roe, Di Ek", ["Ann Lee", "Bo Ng", "Cy Roe", "Di Ek"]),
    ],
)
def test_commas_part_names_where_no_name_has_so_many(field: str, names: list[str]) -> None:
    assert people(field) == names
