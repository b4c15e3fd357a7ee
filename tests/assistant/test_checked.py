import re

import pytest

from assistant.checked import Checked, check_answer
from assistant.verification import ModelVerifier
from ingest.embedding.encoder import OnnxEncoder
from tests.support.papers import own_papers

PAPERS = {paper.id: paper for paper in own_papers()}
PETAL, GRAPH, EMBER, SLOW = (PAPERS[n] for n in ("petalmixer", "graphtok", "embernet", "slow"))
PETAL_SAYS = "PetalMixer reaches 81.4% top-1 accuracy on ImageNet-1K with 19M parameters"
GRAPH_SAYS = "GraphTok infers 35 times faster than the GNN"
EMBER_SAYS = "EmberNet consumes 0.8 mW and runs for 11 months on a coin cell"
WRONG = "PetalMixer reaches 99.9% top-1 accuracy on ImageNet-1K"


@pytest.fixture(scope="module")
def verifier(encoder: OnnxEncoder) -> ModelVerifier:
    return ModelVerifier()


def check(verifier: ModelVerifier, text: str, *, drop: bool = False) -> Checked:
    """Check a text whose [1] is PetalMixer, [2] GraphTok and [3] EmberNet."""
    checked = check_answer(text, [PETAL, GRAPH, EMBER], [PETAL, GRAPH, EMBER, SLOW], verifier, drop)
    for citation in checked.citations:
        assert citation.paper.abstract[citation.start : citation.end] == citation.quote
    numbers = {citation.number for citation in checked.citations}
    assert {int(n) for n in re.findall(r"\[(\d+)\]", checked.text)} == numbers
    assert {n for s in checked.sentences for n in s.citations} == numbers
    return checked


def test_a_supported_answer_keeps_its_citations(verifier: ModelVerifier) -> None:
    checked = check(verifier, f"{PETAL_SAYS} [1]. {GRAPH_SAYS} [2].")
    assert checked.text == f"{PETAL_SAYS}. [1] {GRAPH_SAYS}. [2]"
    assert [s.citations for s in checked.sentences] == [(1,), (2,)]
    assert [c.paper for c in checked.citations] == [PETAL, GRAPH]
    assert all(s.supported and s.support > 0.6 for s in checked.sentences)
    assert checked.reasons == ()


def test_numbers_follow_first_appearance(verifier: ModelVerifier) -> None:
    checked = check(verifier, f"{EMBER_SAYS} [3]. {PETAL_SAYS} [1].")
    assert [(c.number, c.paper.id) for c in checked.citations] == [
        (1, "embernet"),
        (2, "petalmixer"),
    ]


def test_an_unsupported_sentence_is_marked_and_cites_nothing(verifier: ModelVerifier) -> None:
    checked = check(verifier, f"{GRAPH_SAYS} [2]. {WRONG} [1].")
    assert checked.text == f"{GRAPH_SAYS}. [1] {WRONG}. [unsupported]"
    wrong = checked.sentences[1]
    assert (wrong.text, wrong.citations, wrong.supported) == (f"{WRONG}.", (), False)
    (reason,) = checked.reasons
    assert "99.9" in reason


def test_or_dropped(verifier: ModelVerifier) -> None:
    checked = check(verifier, f"{WRONG} [1]. {GRAPH_SAYS} [2].", drop=True)
    assert checked.text == f"{GRAPH_SAYS}. [1]"
    assert [s.text for s in checked.sentences] == [f"{GRAPH_SAYS}."]
    assert len(checked.reasons) == 1


def test_of_two_citations_only_the_earned_one_stays(verifier: ModelVerifier) -> None:
    checked = check(verifier, f"{PETAL_SAYS} [1][2].")
    assert checked.text == f"{PETAL_SAYS}. [1]"
    assert [c.paper for c in checked.citations] == [PETAL]


def test_a_sentence_without_citation_is_given_the_source_that_says_so(
    verifier: ModelVerifier,
) -> None:
    checked = check(verifier, f"{EMBER_SAYS}.")
    assert checked.text == f"{EMBER_SAYS}. [1]"
    assert [c.paper for c in checked.citations] == [EMBER]


def test_a_sentence_that_cites_the_wrong_paper_is_given_the_right_one(
    verifier: ModelVerifier,
) -> None:
    checked = check(verifier, f"{EMBER_SAYS} [1].")
    assert checked.text == f"{EMBER_SAYS}. [1]"
    assert [c.paper for c in checked.citations] == [EMBER]


def test_nothing_supported_leaves_no_citation(verifier: ModelVerifier) -> None:
    checked = check(verifier, "Bananas are rich in potassium [1].")
    assert checked.citations == ()
    assert not checked.sentences[0].supported


def test_lists_and_lines_keep_their_form(verifier: ModelVerifier) -> None:
    checked = check(verifier, f"Papers found:\n- {PETAL_SAYS} [1].\n- {GRAPH_SAYS} [2].")
    assert checked.text == f"Papers found:\n- {PETAL_SAYS}. [1]\n- {GRAPH_SAYS}. [2]"


@pytest.mark.parametrize(
    "text",
    [
        f"Papers found [2]:\n{PETAL_SAYS} [1].",
        f"{PETAL_SAYS} [1].\nMISSING: the price of GraphTok [2].",
        f"[2]\n{PETAL_SAYS} [1].",
        "| Model | Accuracy |\n|---|---|\n| PetalMixer [1] | reaches 81.4% top-1 accuracy |\n[3]",
    ],
)
def test_a_marker_outside_the_claims_leaves_the_text(verifier: ModelVerifier, text: str) -> None:
    checked = check(verifier, text)
    assert all(c.paper == PETAL for c in checked.citations)


def test_a_dropped_list_item_leaves_no_bullet(verifier: ModelVerifier) -> None:
    checked = check(verifier, f"- {WRONG} [1].\n- {GRAPH_SAYS} [2].", drop=True)
    assert checked.text == f"- {GRAPH_SAYS}. [1]"


def test_a_claim_that_two_papers_support_together_is_supported(verifier: ModelVerifier) -> None:
    checked = check(verifier, f"{PETAL_SAYS}, while {GRAPH_SAYS} [1][2].")
    assert checked.text == f"{PETAL_SAYS}, while {GRAPH_SAYS}. [1] [2]"
    assert {c.paper.id for c in checked.citations} == {"petalmixer", "graphtok"}
    assert checked.reasons == ()


@pytest.mark.parametrize(
    "text",
    [
        f"{PETAL_SAYS}, while GraphTok infers 99 times faster than the GNN [1][2].",
        "GraphTok learns a codebook of local structures, and reaches 81.4% top-1 accuracy [1][2].",
        "PetalMixer infers 35 times faster than the GNN, while GraphTok reaches 81.4% [1][2].",
    ],
)
def test_together_means_each_clause_by_its_own_paper(verifier: ModelVerifier, text: str) -> None:
    checked = check(verifier, text)
    assert checked.citations == ()
    assert not checked.sentences[0].supported


ROW = "| PetalMixer | reaches 81.4% top-1 accuracy on ImageNet-1K"
HEAD = "| Model | Finding |\n|---|---|\n"


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (f"{ROW} [1] |", f"{ROW} [1] |"),
        (f"{ROW} | [1] |", f"{ROW} | [1] |"),
        ("| PetalMixer [1] | reaches 81.4% top-1 accuracy on ImageNet-1K |", f"{ROW} [1] |"),
        (f"{ROW} | [1]", f"{ROW} [1] |"),
    ],
)
def test_a_table_row_is_checked_and_stays_a_row(
    verifier: ModelVerifier, row: str, shown: str
) -> None:
    checked = check(verifier, f"{HEAD}{row}")
    assert checked.text == f"{HEAD}{shown}"
    assert [c.paper for c in checked.citations] == [PETAL]


def test_an_unsupported_row_is_marked_in_its_last_cell(verifier: ModelVerifier) -> None:
    wrong = "| PetalMixer | reaches 99.9% top-1 accuracy"
    checked = check(verifier, f"{HEAD}{wrong} [1] |\n{ROW} [1] |")
    assert checked.text == f"{HEAD}{wrong} [unsupported] |\n{ROW} [1] |"


def test_a_dropped_row_leaves_the_table_whole(verifier: ModelVerifier) -> None:
    wrong = "| PetalMixer | reaches 99.9% top-1 accuracy [1] |"
    checked = check(verifier, f"{HEAD}{wrong}\n{ROW} [1] |", drop=True)
    assert checked.text == f"{HEAD}{ROW} [1] |"
