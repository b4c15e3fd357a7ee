"""Markers that stand for a noun are given their paper's name."""

import pytest

from assistant.naming import GIVEN, named_numbers, with_names
from ingest.paper import Paper

CITED = [
    Paper(id="a", title="KAT: Kolmogorov-Arnold Transformer"),
    Paper(id="b", title="Pooling in place of attention for vision and more besides"),
]
POOLING = "“Pooling in place of attention for vision…”"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[1] reports 5, [2] reports 6.", f"KAT [1] reports 5, {POOLING} [2] reports 6."),
        ("According to [1], it is fast.", "According to KAT [1], it is fast."),
        ("As shown in [1] and [2], x.", f"As shown in KAT [1] and {POOLING} [2], x."),
        ("[1][2] both report x.", f"KAT [1], {POOLING} [2] both report x."),
        ("It is fast, while [1] finds it slow.", "It is fast, while KAT [1] finds it slow."),
        ("- [1] shows x", "- KAT [1] shows x"),
    ],
)
def test_a_noun_gets_its_name(text: str, named: str) -> None:
    assert with_names(text, CITED).replace(GIVEN, "") == named


@pytest.mark.parametrize(
    "text",
    [
        "It is fast [1].",
        "It is fast [1], [2] and [1].",
        "It is fast. [1] It is light. [2]",
        "KAT [1] beats ViT [2] by 3 %.",
        "[1] KAT reports x.",
        "In [7], x.",
    ],
)
def test_other_markers_stay_alone(text: str) -> None:
    assert with_names(text, CITED) == text


def test_the_numbers_that_were_named_are_known() -> None:
    assert named_numbers(with_names("According to [1], KAT [2] is fast.", CITED)) == [1]
