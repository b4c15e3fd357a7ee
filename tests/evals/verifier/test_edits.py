import random

import pytest

from evals.verifier.edits import EDITS, Context
from evals.verifier.substitutes import Substitutes
from evals.verifier.thesaurus import FOLDER, Thesaurus

pytestmark = pytest.mark.skipif(
    not (FOLDER / "data.noun").is_file(), reason=f"needs WordNet in {FOLDER} (wordnet-base)"
)

CORPUS = ["to improve the tide model", "to lower the tide table", "the tide gauge is read"] * 30
SOURCE = "EmberNet beats the GNN on Cora by 3.2% in 35 ms. SparseFold is read twice."
FOREIGN = ["MoonDrop removes layers from trained models on the Citeseer benchmark."]


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(SOURCE, FOREIGN, Thesaurus(), Substitutes(CORPUS))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "EmberNet gains 3.2%."),
        ("unit", "It takes 35 ms."),
        ("entity", "The network EmberNet wins."),
        ("exchange", "In tests EmberNet beats SparseFold."),
        ("negation", "EmberNet is fast."),
        ("negation", "EmberNet is not fast."),
        ("reversal", "EmberNet increases accuracy."),
        ("quantity", "All models are read."),
        ("detail", "EmberNet beats the old network by far on the Cora benchmark."),
        ("joined", "EmberNet is fast."),
        ("renamed", "EmberNet is fast."),
    ],
)
@pytest.mark.parametrize("seed", range(5))
def test_an_edit_changes_the_text_and_marks_where(
    context: Context, kind: str, text: str, seed: int
) -> None:
    edit = EDITS[kind](text, context, random.Random(seed))
    assert edit is not None
    assert edit.kind == kind
    assert edit.text != text
    assert edit.spans
    for span in edit.spans:
        assert 0 <= span.start <= span.end <= len(edit.text)


@pytest.mark.parametrize("kind", ["number", "unit", "exchange", "quantity"])
def test_a_text_without_such_words_has_no_such_edit(context: Context, kind: str) -> None:
    assert EDITS[kind]("birds sing at dawn.", context, random.Random(1)) is None


@pytest.mark.parametrize("seed", range(5))
def test_labels_and_references_are_not_renumbered(context: Context, seed: int) -> None:
    text = "It is (1) small, and 2) fast [3]."
    assert EDITS["number"](text, context, random.Random(seed)) is None
    edit = EDITS["number"](f"{text} It has 40 layers.", context, random.Random(seed))
    assert edit is not None
    assert edit.text.startswith(text)


def test_what_is_marked_is_what_is_new(context: Context) -> None:
    edit = EDITS["negation"]("EmberNet cannot fly.", context, random.Random(1))
    assert edit is not None
    assert edit.text == "EmberNet can fly."
    assert [edit.text[s.start : s.end] for s in edit.spans] == ["can"]


def test_names_listed_side_by_side_are_not_exchanged(context: Context) -> None:
    text = "It uses Cora and Citeseer."
    edit = EDITS["exchange"](text, context, random.Random(1))
    assert edit is None


def test_words_are_replaced_by_what_stands_in_the_same_place(context: Context) -> None:
    options = Substitutes(CORPUS).alike("tide", "table", "the", Thesaurus())
    assert options == []


def test_the_thesaurus_answers_in_the_form_asked() -> None:
    thesaurus = Thesaurus()
    assert "decreases" in thesaurus.antonyms("increases")
    assert "slow" in thesaurus.antonyms("fast")
    assert thesaurus.verb_base("improves") == "improve"
    assert thesaurus.verb_base("improve") is None
