import pytest

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
