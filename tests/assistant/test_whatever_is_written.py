"""What of a model's text reaches the reader, whatever the model writes.

The texts are garbage of the kinds that small models write, and traps. Each expectation was judged
by hand against the small library's abstracts.
"""

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.checked import Checked, check_answer
from assistant.marking import UNSUPPORTED_MARK
from assistant.verification import ModelVerifier
from ingest.embedding.encoder import OnnxEncoder
from tests.support.papers import own_papers

QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"
PAPERS = {paper.id: paper for paper in own_papers()}
CITED = [PAPERS[name] for name in ("petalmixer", "graphtok", "splineblock")]
TRUE = "PetalMixer reaches 81.4% top-1 accuracy on ImageNet-1K with 19M parameters"
SPLINE = "SplineBlock reaches 82.3% top-1 accuracy on ImageNet-1K"
MARK = UNSUPPORTED_MARK

SHOWN = [
    (f"{TRUE} [1]. It infers 35 times faster than the GNN [2].", f"{TRUE}. [1] It infers 35 times"),
    (f"{TRUE}.PetalMixer beats all humans.[1]", f"{TRUE}. [1] PetalMixer beats all humans.{MARK}"),
    (f"{TRUE} [1]. {TRUE} [1]. {TRUE} [1].", f"{TRUE}. [1]"),
    (f"{TRUE} [1]. PetalMixer is great [1].", f"{TRUE}. [1] PetalMixer is great.{MARK}"),
    (f"{TRUE} [1]. Is it the best? [1]", f"{TRUE}. [1] Is it the best?{MARK}"),
    (f"{TRUE} (Source: [1]).", f"{TRUE}. [1]"),
    (f"{TRUE} [1]. On ImageNet-1K [3].", f"{TRUE}. [1] On ImageNet-1K.{MARK}"),
    (f"## PetalMixer crushes ViT\n{TRUE} [1].", f"## PetalMixer crushes ViT{MARK}\n{TRUE}. [1]"),
    (f"PetalMixer dominates:\n{TRUE} [1].", f"PetalMixer dominates:{MARK}\n{TRUE}. [1]"),
    (
        f"{TRUE} [1].\nMISSING: PetalMixer fails on every other dataset.",
        f"{TRUE}. [1]\nMISSING: PetalMixer fails on every other dataset.{MARK}",
    ),
    (
        "PetalMixer:\n- has 19M parameters [1]\n- cures cancer [1]",
        f"PetalMixer:\n- has 19M parameters [1]\n- cures cancer{MARK}",
    ),
    (
        f"{TRUE} [1].\nGraphTok:\n- has 19M parameters [1]",
        f"{TRUE}. [1]\nGraphTok:\n- has 19M parameters{MARK}",
    ),
    (f"{TRUE} [1] and {SPLINE} [3].", f"{TRUE} [1] and {SPLINE}. [2]"),
    (
        "[1] reports 81.4% top-1 accuracy on ImageNet-1K,"
        " [3] reports 82.3% top-1 accuracy on ImageNet-1K.",
        "PetalMixer [1] reports 81.4% top-1 accuracy on ImageNet-1K,"
        " SplineBlock [2] reports 82.3% top-1 accuracy on ImageNet-1K.",
    ),
    (
        f"{TRUE} [1]. [2] reports 81.4% top-1 accuracy on ImageNet-1K.",
        f"{TRUE}. [1] GraphTok reports 81.4% top-1 accuracy on ImageNet-1K.{MARK}",
    ),
    (
        "| Measure | PetalMixer | SplineBlock |\n|---|---|---|\n"
        "| top-1 accuracy on ImageNet-1K | 81.4% [1] | 82.3% [3] |\n"
        "| parameters | 19M [1] | 99M [3] |",
        "| Measure | PetalMixer | SplineBlock |\n|---|---|---|\n"
        "| top-1 accuracy on ImageNet-1K | 81.4% [1] | 82.3% [2] |\n"
        f"| parameters | 19M | 99M{MARK} |",
    ),
]


@pytest.fixture(scope="module")
def verifier(encoder: OnnxEncoder) -> ModelVerifier:
    return ModelVerifier()


def check(verifier: ModelVerifier, text: str, *, drop: bool = False) -> Checked:
    return check_answer(text, CITED, list(PAPERS.values()), verifier, drop, QUESTION)


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_what_is_shown(verifier: ModelVerifier, text: str, shown: str) -> None:
    assert check(verifier, text).text.startswith(shown)


def test_a_pronoun_is_pinned_on_no_other_paper(verifier: ModelVerifier) -> None:
    checked = check(verifier, f"{TRUE} [1]. It infers 35 times faster than the GNN [2].")
    assert [sentence.supported for sentence in checked.sentences] == [True, False]


SAYINGS = [TRUE, SPLINE, "PetalMixer", "It infers 35 times faster", "99.9%", "快", "does not"]
BETWEEN = [" ", ". ", ".", "\n", "\n- ", "\n# ", ": ", "**", "|", " | ", "?", "; ", ", ", " and "]
TRAPS = [" [1]", " [2]", "[3]", "MISSING: ", "The sources do not say so", "\n|---|---|\n", "```"]
PIECES = st.sampled_from([*SAYINGS, *BETWEEN, *TRAPS])


@given(text=st.lists(PIECES, min_size=1, max_size=14).map("".join), drop=st.booleans())
@example(text="\n# 快", drop=False)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_nothing_unmarked_is_unsupported(verifier: ModelVerifier, text: str, *, drop: bool) -> None:
    """Each sentence stands in the text shown, unmarked only if supported; no number is unknown."""
    checked = check(verifier, text, drop=drop)
    numbers = {citation.number for citation in checked.citations}
    assert {int(n) for n in re.findall(r"\[(\d+)\]", checked.text)} == numbers
    assert checked.text.count(MARK) == sum(not s.supported for s in checked.sentences)
    assert all(s.supported for s in checked.sentences) or not drop
    at = 0
    for sentence in checked.sentences:
        at = checked.text.index(sentence.text, at) + len(sentence.text)
        assert sentence.supported == (not checked.text[at:].startswith((MARK, f"{MARK} |")))
    assert all(citation.quote in citation.paper.abstract for citation in checked.citations)
