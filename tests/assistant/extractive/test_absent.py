"""What is plainly absent, over the small library's real index."""

import pytest

from assistant.answer import Hit
from assistant.extractive import ExtractiveAnswerer
from assistant.extractive.absent import plainly_absent
from assistant.extractive.evidence import Evidence
from assistant.extractive.question import analyse
from assistant.retrieval import HybridSearch
from assistant.settings import RetrievalConfig
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library
from ingest.paper import Paper

EVIDENCE = (
    *("cosine", "passage", "coverage", "sentence_coverage", "names", "figure", "focus", "plain"),
    *("reversed", "lexical", "counted"),
)


@pytest.fixture(scope="module")
def answerer(small_library: Library, encoder: OnnxEncoder) -> ExtractiveAnswerer:
    return ExtractiveAnswerer(small_library, encoder)


@pytest.fixture(scope="module")
def search(small_library: Library, encoder: OnnxEncoder) -> HybridSearch:
    return HybridSearch(small_library, encoder.encode_one, RetrievalConfig())


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How does PetalMixerPro mix its tokens?", "do not mention PetalMixerPro"),
        ("What is EmberNet's accuracy on SpeechBench-9?", "do not mention SpeechBench-9"),
        ("Is EmberNet or VoltNet more frugal?", "do not mention VoltNet"),
        ("How many photographs does Harvest-26 hold?", ""),
        ("How many annotators worked on Harvest-26?", "give no number of annotators"),
        ("How many hours does EmberNet run on a coin cell?", "give no number of hours"),
        ("What is the latency of EmberNet in milliseconds?", "give nothing in milliseconds"),
        ("What does EmberNet consume, and how many annotators were there?", ""),
        ("What do EmberNet and VoltNet consume?", ""),
        ("Which models, like Foobarnet, does EmberNet beat?", ""),
        ("what does embernett consume", ""),
        ("What Does EmberNet Consume On Wearable Hardware?", ""),
        ("WHAT DOES EMBERNET CONSUME ON WEARABLE HARDWARE?", ""),
        ("What Does EmberNet Consume On Board-X9?", "do not mention Board-X9"),
        ("which papers replace MLPs with KANs?", ""),
        ("What accuracy does PetalMixer reach on ImageNet-1K?", ""),
        ("List the three papers on weather", ""),
    ],
)
def test_what_the_papers_plainly_lack(
    answerer: ExtractiveAnswerer, search: HybridSearch, question: str, missing: str
) -> None:
    asked = analyse(question)
    reading = answerer.reading(asked, search.search(question, 10).hits)
    best = reading.best(answerer.relevance)
    assert plainly_absent(asked, reading.unknown, best) == missing


def test_the_refusal_says_what_is_missing(
    answerer: ExtractiveAnswerer, search: HybridSearch
) -> None:
    question = "How many annotators worked on Harvest-26?"
    draft = answerer.answer(question, search.search(question, 10).hits)
    assert not draft.answered
    assert "The papers found give no number of annotators." in draft.heading


@pytest.mark.parametrize(
    ("abstract", "missing"),
    [
        ("Egrets stood for some 30 min in the reeds.", ""),
        ("Egrets stood for 30 minutes in the reeds.", ""),
        ("Egrets stood for a while in 30 reeds.", "give no number of minutes"),
    ],
)
def test_minutes_may_be_written_short(abstract: str, missing: str) -> None:
    paper = Paper(id="egret", title="Egrets", abstract=abstract)
    figures = dict.fromkeys(EVIDENCE, 1.0)
    best = Evidence(Hit(rank=1, paper=paper, score=1.0), passages=(), unknown=0, **figures)
    assert plainly_absent(analyse("How many minutes did egrets stand?"), (), best) == missing
