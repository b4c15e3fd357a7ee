import pytest

from assistant.extractive.passages import SentenceVectors
from evals.verifier.rules import RuleVerifier
from ingest.embedding.encoder import OnnxEncoder
from ingest.paper import Paper
from ingest.text import split_sentences
from tests.support.papers import own_papers

PAPERS = {paper.id: paper for paper in own_papers()}


@pytest.fixture(scope="module")
def verifier(encoder: OnnxEncoder) -> RuleVerifier:
    return RuleVerifier(SentenceVectors(encoder.encode))


@pytest.mark.parametrize("paper", own_papers(), ids=lambda paper: paper.id)
def test_a_papers_own_sentences_are_supported_by_themselves(
    verifier: RuleVerifier, paper: Paper
) -> None:
    for span in split_sentences(paper.abstract):
        sentence = paper.abstract[span.start : span.end]
        verdict = verifier.check(sentence, [paper])
        assert verdict.supported, (sentence, verdict.reason)
        assert verdict.support > 0.9
        (quote,) = verdict.quotes
        assert sentence in quote.text
        assert paper.abstract[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    ("claim", "paper_id"),
    [
        ("PetalMixer reaches a top-1 accuracy of 81.4% on ImageNet-1K.", "petalmixer"),
        ("GraphTok infers 35 times faster than a GNN.", "graphtok"),
        ("MoonDrop removes 40% of a trained model's experts.", "moondrop"),
        ("On small graphs, edge dropping does not improve accuracy.", "augmentation"),
    ],
)
def test_faithful_rewordings_are_supported(
    verifier: RuleVerifier, claim: str, paper_id: str
) -> None:
    verdict = verifier.check(claim, [PAPERS[paper_id]])
    assert verdict.supported, verdict
    assert verdict.reason == ""


@pytest.mark.parametrize(
    ("claim", "paper_id", "reason"),
    [
        ("PetalMixer reaches 84.1% top-1 accuracy on ImageNet-1K.", "petalmixer", "84.1"),
        ("PetalMixer reaches 81.4% top-1 accuracy on COCO.", "petalmixer", "COCO"),
        ("SwinKnit reaches 81.4% top-1 accuracy on ImageNet-1K.", "petalmixer", "SwinKnit"),
        ("On 31 small datasets edge dropping does improve accuracy.", "augmentation", "negation"),
        ("GraphTok infers 35 times slower than the GNN.", "graphtok", "opposite"),
        ("MoonDrop removes 60% of the experts of a trained model.", "moondrop", "60"),
        ("Bananas are rich in potassium.", "graphtok", "does not say"),
    ],
)
def test_what_the_source_does_not_say_is_not_supported(
    verifier: RuleVerifier, claim: str, paper_id: str, reason: str
) -> None:
    verdict = verifier.check(claim, [PAPERS[paper_id]])
    assert not verdict.supported
    assert reason in verdict.reason


def test_a_claim_over_two_sentences_is_held_against_both(verifier: RuleVerifier) -> None:
    claim = "EmberNet detects spoken keywords and consumes 0.8 mW."
    verdict = verifier.check(claim, [PAPERS["embernet"]])
    assert verdict.supported
    assert "spoken keywords. It consumes 0.8 mW" in verdict.quotes[0].text


def test_the_best_of_several_papers_decides(verifier: RuleVerifier) -> None:
    claim = "EmberNet consumes 0.8 mW."
    papers = [PAPERS["slow"], PAPERS["embernet"]]
    verdict = verifier.check(claim, papers)
    assert verdict.supported
    assert [quote.paper.id for quote in verdict.quotes] == ["slow", "embernet"]


@pytest.mark.parametrize("papers", [[], [Paper(id="x", title="No abstract")]])
def test_without_a_source_nothing_is_supported(verifier: RuleVerifier, papers: list[Paper]) -> None:
    verdict = verifier.check("EmberNet consumes 0.8 mW.", papers)
    assert not verdict.supported
    assert verdict.support == 0
    assert verdict.reason


def test_an_empty_claim_is_not_supported(verifier: RuleVerifier) -> None:
    assert not verifier.check("  ", [PAPERS["embernet"]]).supported
