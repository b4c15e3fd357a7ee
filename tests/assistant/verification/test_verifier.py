from pathlib import Path

import pytest

from assistant.verification import ModelVerifier, Verdict
from assistant.verification.comparer import MAX_PIECES, Comparer
from ingest.errors import EmbeddingError
from ingest.paper import Paper
from ingest.text import split_sentences
from tests.support.papers import own_papers

PAPERS = {paper.id: paper for paper in own_papers()}


@pytest.fixture(scope="module")
def comparer() -> Comparer:
    return Comparer()


@pytest.fixture(scope="module")
def verifier(comparer: Comparer) -> ModelVerifier:
    return ModelVerifier(comparer)


@pytest.mark.parametrize("paper", own_papers(), ids=lambda paper: paper.id)
def test_a_papers_own_sentences_are_supported_by_themselves(
    verifier: ModelVerifier, paper: Paper
) -> None:
    for span in split_sentences(paper.abstract):
        sentence = paper.abstract[span.start : span.end]
        verdict = verifier.check(sentence, [paper])
        assert verdict.supported, (sentence, verdict.reason)
        assert verdict.support == 1
        assert [quote.text for quote in verdict.quotes] == [sentence]


@pytest.mark.parametrize(
    ("claim", "paper_id"),
    [
        ("PetalMixer reaches a top-1 accuracy of 81.4% on ImageNet-1K.", "petalmixer"),
        ("GraphTok infers 35 times faster than a GNN.", "graphtok"),
        ("MoonDrop removes 40% of a trained model's experts.", "moondrop"),
        ("Waiting time falls by 27%.", "annealed"),
    ],
)
def test_faithful_rewordings_are_supported(
    verifier: ModelVerifier, claim: str, paper_id: str
) -> None:
    verdict = verifier.check(claim, [PAPERS[paper_id]])
    assert verdict.supported, verdict
    assert verdict.label == "supported"
    assert verdict.reason == ""


@pytest.mark.parametrize(
    ("claim", "paper_id", "reason"),
    [
        ("PetalMixer reaches 84.1% top-1 accuracy on ImageNet-1K.", "petalmixer", "84.1"),
        ("Slow Tides forecasts water levels 48 days ahead.", "slow", "48 day"),
        ("PetalMixer reaches 81.4% top-1 accuracy on COCO.", "petalmixer", "COCO"),
        ("SwinKnit reaches 81.4% top-1 accuracy on ImageNet-1K.", "petalmixer", "SwinKnit"),
        ("GraphTok infers 35 times slower than the GNN.", "graphtok", "opposite"),
        ("MoonDrop removes 60% of the experts of a trained model.", "moondrop", "60"),
        ("Bananas are rich in potassium.", "graphtok", "source"),
    ],
)
def test_what_the_source_does_not_say_is_not_supported(
    verifier: ModelVerifier, claim: str, paper_id: str, reason: str
) -> None:
    verdict = verifier.check(claim, [PAPERS[paper_id]])
    assert not verdict.supported
    assert verdict.label != "supported"
    assert reason in verdict.reason


def test_quotes_are_verbatim(verifier: ModelVerifier) -> None:
    paper = PAPERS["embernet"]
    claim = "EmberNet detects spoken keywords and consumes 0.8 mW."
    (quote,) = verifier.check(claim, [paper]).quotes
    assert paper.abstract[quote.start : quote.end] == quote.text
    assert "0.8 mW" in quote.text


def test_the_best_of_several_papers_decides(verifier: ModelVerifier) -> None:
    verdict = verifier.check("EmberNet consumes 0.8 mW.", [PAPERS["slow"], PAPERS["embernet"]])
    assert verdict.supported
    assert [quote.paper.id for quote in verdict.quotes] == ["slow", "embernet"]


@pytest.mark.parametrize("papers", [[], [Paper(id="x", title="No abstract")]])
def test_without_a_source_nothing_is_supported(
    verifier: ModelVerifier, papers: list[Paper]
) -> None:
    verdict = verifier.check("EmberNet consumes 0.8 mW.", papers)
    assert not verdict.supported
    assert verdict.support == 0
    assert verdict.reason


@pytest.mark.parametrize(
    "claim", ["  ", "?!", "…", "的", "x" * 5000, "The answer is:", "3.", "Networks"]
)
def test_odd_claims_are_not_supported(verifier: ModelVerifier, claim: str) -> None:
    assert not verifier.check(claim, [PAPERS["embernet"]]).supported


def test_a_very_long_abstract_is_read_where_it_matters(verifier: ModelVerifier) -> None:
    needle = "The zeppelin carries forty passengers over the lake."
    filler = "Nothing is said here about the matter at hand. " * 2000
    paper = Paper(id="long", title="Long", abstract=f"{filler}{needle} {filler}")
    verdict = verifier.check(needle, [paper])
    assert verdict.supported
    assert verdict.quotes[0].text == needle


def test_pieces_of_the_claim_are_judged_one_by_one(comparer: Comparer) -> None:
    claim = "Heron cuts energy use."
    reading = comparer.read(claim, ["Heron cuts energy use by a third.", "It runs on Delta."])
    words = [claim[start:end] for start, end, _ in reading.wrong]
    assert words == ["Heron", "cuts", "energy", "use", "."]


def test_long_texts_are_cut(comparer: Comparer) -> None:
    reading = comparer.read("word " * 500, ["word " * 500] * 5)
    assert len(reading.wrong) == MAX_PIECES - 2


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    comparer = Comparer(tmp_path / "absent.onnx")
    with pytest.raises(EmbeddingError, match=r"absent\.onnx cannot be loaded"):
        comparer.read("a", ["b"])


def test_labels_say_what_the_flags_say() -> None:
    assert Verdict(supported=True, support=1).label == "supported"
    assert Verdict(supported=False, support=0.4, partly=True).label == "partly"
    assert Verdict(supported=False, support=0.1).label == "not supported"
