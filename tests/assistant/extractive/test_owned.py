"""A paper's own names, its sentences on others, and what it only denies."""

import pytest

from assistant.extractive.owned import is_of_others, is_own, only_denied, own_names
from ingest.paper import Paper


def test_the_names_that_a_paper_gives() -> None:
    paper = Paper(
        id="h",
        title="Herons Over Lakes",
        abstract="Herons over lakes (HOL) need WideEye. WideEye beats BERT. HOL is kept in TSV.",
    )
    assert own_names(paper, lambda name: name != "BERT") >= {"HOL", "WideEye"}
    assert not {"BERT", "TSV"} & own_names(paper, lambda name: name != "BERT")
    assert own_names(paper, lambda _: False) == set()


@pytest.mark.parametrize(
    ("sentence", "others", "own"),
    [
        ("Existing methods fail.", True, False),
        ("However, we count them.", False, True),
        ("Most methods fail where Heron counts.", False, True),
        ("The lakes are deep.", False, False),
    ],
)
def test_of_whom_a_sentence_speaks(sentence: str, others: bool, own: bool) -> None:
    assert is_of_others(sentence, ["Heron"]) is others
    assert is_own(sentence, ["Heron"]) is own


def test_what_is_only_denied() -> None:
    denied = only_denied(["We avoid costly image encoders, and count boxes.", "Images are kept."])
    assert denied == {"cost", "encod"}


def test_a_denial_ends_with_its_clause_or_after_some_words() -> None:
    assert only_denied(["without labels by reading boxes"]) == {"label"}
    assert "ninth" not in only_denied(["without one two three four five six seven eighth ninth"])
