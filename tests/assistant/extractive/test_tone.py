"""Praise and blame, with what negation makes of them."""

import pytest

from assistant.extractive.tone import only_blames, says_it_goes_badly, tones


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Heron fails in fog.", {"fails": -1}),
        ("Heron improves the count.", {"improves": 1}),
        ("Heron avoids failures.", {"avoids": 1, "failures": 1}),
        ("Heron is less accurate and slower.", {"less accurate": -1, "slower": 1}),
        ("Heron counts lakes.", {}),
        ("It gains speed. Failures are rare.", {"gains": 1, "failures": -1}),
    ],
)
def test_the_sign_of_each_word(text: str, signs: dict[str, int]) -> None:
    assert {tone.word: tone.sign for tone in tones(text)} == signs


def test_a_negation_reaches_over_its_clause_only() -> None:
    (first, second) = tones("Without fog, Heron fails.")
    assert (first.word, second.word, second.sign) == ("without", "fails", -1)
    assert [t.turned for t in tones("without failures")] == [False, True]


def test_blame_alone() -> None:
    assert only_blames("Heron is worse in fog")
    assert not only_blames("Heron is worse in fog and better in snow")
    assert not only_blames("Heron counts lakes")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Accuracy drops in fog.", True),
        ("Accuracy does not suffer.", False),
        ("It needs no labels.", False),
        ("It wins.", False),
    ],
)
def test_whether_a_result_is_bad(text: str, expected: bool) -> None:
    assert says_it_goes_badly([t for t in tones(text) if t.word != "not"]) is expected
