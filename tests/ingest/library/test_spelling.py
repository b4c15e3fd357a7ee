import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.library.spelling import fold_spelling


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain words stay", "plain words stay"),
        ("M^{2}UGen", "M2UGen"),
        ("M²UGen", "M2UGen"),
        ("x_{i} and y_2", "xi and y2"),
        ("$\\gamma$-MoD", "gamma-MoD"),
        ("γ-MoD", "gamma-MoD"),
        ("ά", "alpha"),
        ("\\textbf{bold} move", "bold move"),
        ("40\\% better", "40% better"),
        ("MLPs and GNNs", "MLP and GNN"),
        ("KANs stay, as they have a vowel", "KANs stay, as they have a vowel"),
        ("this is its bus", "this is its bus"),
        ("\\alphabet", "\\alphabet"),
    ],
)
def test_fold_spelling(text: str, folded: str) -> None:
    assert fold_spelling(text) == folded


@given(st.text("bdMLSs19aEy_- "))
def test_the_plural_of_any_word_without_a_vowel_goes(text: str) -> None:
    assert fold_spelling(text) == re.sub(r"(?i)\b([^aeiouwy\W_]{2,})s\b", r"\1", text)
