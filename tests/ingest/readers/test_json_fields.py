"""Fields of records of any shape."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.json_fields import (
    arxiv_id_of,
    authors_of,
    dig,
    doi_of,
    line_of,
    string,
    tidy,
    year_of,
)
from ingest.text import clean_text


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ann Lee; Bo Ng", ("Ann Lee", "Bo Ng")),
        ("Ann Lee and Bo Ng", ("Ann Lee", "Bo Ng")),
        ("C. Balázs, E. L. Berger, C.-P. Yuan", ("C. Balázs", "E. L. Berger", "C.-P. Yuan")),
        ("Lee, Ann", ("Ann Lee",)),
        ("Anderson", ("Anderson",)),
        (["Ann Lee", None, " "], ("Ann Lee",)),
        ([{"name": "Ann Lee"}, {"given": "Bo", "family": "Ng"}], ("Ann Lee", "Bo Ng")),
        ([{"firstName": "Bo", "lastName": "Ng"}, {"literal": "WHO"}], ("Bo Ng", "WHO")),
        ([["Lee", "Ann", ""], ["Ng", "Bo", "Jr"]], ("Ann Lee", "Bo Ng Jr")),
        ([{"lastname": "Ng", "firstname": "Bo"}, {"authname": "Lee A."}], ("Bo Ng", "Lee A.")),
        ([{"first": "Bo", "middle": ["C.", "D."], "last": "Ng"}], ("Bo C. D. Ng",)),
        ([{"creatorType": "author", "firstName": "Plato"}], ("Plato",)),
        ([{"given": "Bo, Cy", "family": "Ng"}, {"$": "Lee, Ann"}], ("Bo Cy Ng", "Ann Lee")),
        (["Ann Lee", "...", "et al."], ("Ann Lee",)),
        (None, ()),
        (17, ()),
    ],
)
def test_authors(value: Any, names: tuple[str, ...]) -> None:
    assert authors_of(value) == names


@pytest.mark.parametrize(
    ("value", "year"),
    [
        (2020, 2020),
        ("2019-11-25", 2019),
        ("Mon, 2 Apr 2007 19:18:42 GMT", 2007),
        ("20240131", None),
        ("in press", None),
        (None, None),
        ({"a": 1}, None),
    ],
)
def test_years(value: Any, year: int | None) -> None:
    assert year_of(value) == year


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("http://arxiv.org/abs/2409.10594v2", "2409.10594"),
        ("10.48550/arXiv.2409.10594", "2409.10594"),
        ("arXiv:1910.07512 [cs, math]", "1910.07512"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("2409.10594", "2409.10594"),
        ("10.1000/2409.10594", None),
        ("see 2409.10594", None),
        (None, None),
    ],
)
def test_an_arxiv_id_is_taken_only_where_arxiv_is_meant(place: Any, found: str | None) -> None:
    assert arxiv_id_of(None, place) == found


def test_a_doi_is_found_in_its_url() -> None:
    assert doi_of(None, 3, "https://doi.org/10.1000/ABC") == "10.1000/abc"
    assert doi_of("10/fqd6hj") is None


def test_dig_gives_none_where_the_path_leads_nowhere() -> None:
    tree = {"a": [{"b": 1}]}
    assert dig(tree, "a", 0, "b") == 1
    assert dig(tree, "a", 1, "b") is None
    assert dig(tree, "a", "b") is None
    assert dig(None, "a") is None


def test_text_of_values() -> None:
    assert string(["a", 1, None, {"name": "b"}]) == "a 1 b"
    assert string(True) == ""
    assert line_of(0) == "0"
    assert line_of("a\nb\x00") == "a b"


@settings(max_examples=200)
@given(st.text(st.sampled_from("aé \t\n\u0301\u00a0\u200b\ufeff  e")) | st.text())
def test_tidy_is_the_same_as_clean_text(text: str) -> None:
    assert tidy(text) == clean_text(text)
