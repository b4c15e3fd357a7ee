"""Whether a paper is about what is asked, in small libraries and large ones."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.extractive import ExtractiveAnswerer
from assistant.extractive.evidence import Evidence
from assistant.extractive.question import analyse
from assistant.extractive.topic import is_off_topic, unmentioned
from assistant.retrieval import HybridSearch
from assistant.settings import RetrievalConfig
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.embedding import model_label
from ingest.embedding.encoder import OnnxEncoder
from ingest.library import Library
from ingest.paper import Paper
from ingest.pipeline import ingest_records

PAPERS = [
    Paper(
        id="bread",
        title="A Lexical Network of Bread",
        abstract="We build a lexical network of the word bread from parallel texts in two Slavic"
        " languages. Speakers judged its edges.",
    ),
    Paper(
        id="boards",
        title="What Leaderboards Hide",
        abstract="Leaderboards rank models by one number. We find that the best model of a"
        " leaderboard often changes when its questions are reordered.",
    ),
    Paper(
        id="hops",
        title="Questions of Several Steps",
        abstract="HotpotQA asks for facts from two articles. We generate such questions for a third"
        " language.",
    ),
]
SMALL, LARGE = 72, 41_270


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("topics") / "library"
    ingest_records(PAPERS, LibraryConfig(path=path), EmbeddingConfig())
    return path


@pytest.fixture
def opened(library: Path) -> Library:
    return Library.open(LibraryConfig(path=library), model_label(EmbeddingConfig()))


@pytest.fixture
def best(opened: Library, encoder: OnnxEncoder) -> Callable[[str], Evidence]:
    search = HybridSearch(opened, encoder.encode_one, RetrievalConfig())
    answerer = ExtractiveAnswerer(opened, encoder)

    def best(text: str) -> Evidence:
        return answerer.reading(analyse(text), search.search(text, 10).hits).best(
            answerer.relevance
        )

    return best


def test_the_same_evidence_counts_for_less_among_more_papers(
    best: Callable[[str], Evidence],
) -> None:
    """Two fifths of the words and cosines of .3: chance brings that among 41,270, not among 72."""
    text = "How do I keep bread fresh for a week?"
    evidence = replace(best(text), cosine=0.3, passage=0.3, coverage=0.4)
    assert not is_off_topic(analyse(text), evidence, SMALL)
    assert is_off_topic(analyse(text), evidence, LARGE)


@pytest.mark.parametrize("papers", [SMALL, LARGE])
@pytest.mark.parametrize(
    "text",
    [
        "How was the lexical network of bread built?",
        "Does reordering questions change which model leads a leaderboard?",
        "What does HotpotQA ask for?",
        "Which papers are about bread?",
    ],
)
def test_what_a_paper_is_about_is_on_topic_in_any_library(
    text: str, papers: int, best: Callable[[str], Evidence]
) -> None:
    assert not is_off_topic(analyse(text), best(text), papers)


@pytest.mark.parametrize("papers", [SMALL, LARGE])
@pytest.mark.parametrize(
    "text", ["Who won the football world cup in 2022?", "What is the boiling point of ethanol?"]
)
def test_what_no_paper_is_about_is_off_topic_in_any_library(
    text: str, papers: int, best: Callable[[str], Evidence]
) -> None:
    assert is_off_topic(analyse(text), best(text), papers)


def test_a_paper_that_is_asked_about_by_its_own_name_is_on_topic(
    best: Callable[[str], Evidence],
) -> None:
    text = "Is HotpotQA in use anywhere?"
    evidence = replace(best(text), cosine=0.0, passage=0.0, coverage=0.1)
    assert not is_off_topic(analyse(text), evidence, LARGE)
    assert is_off_topic(analyse("Is anything in use anywhere?"), evidence, LARGE)


def test_a_paper_that_the_question_names_goes_before_nearer_ones(
    opened: Library, encoder: OnnxEncoder
) -> None:
    text = "Which model of a leaderboard changes most when HotpotQA's questions are reordered?"
    search = HybridSearch(opened, encoder.encode_one, RetrievalConfig())
    answerer = ExtractiveAnswerer(opened, encoder)
    hits, question = search.search(text, 10).hits, analyse(text)
    reading = answerer.reading(question, hits)
    assert answerer.best_paper(question, hits, reading).hit.paper.id == "hops"
    others = [hit for hit in hits if hit.paper.id != "hops"]
    nearest = answerer.best_paper(question, others, answerer.reading(question, others))
    assert (nearest.hit.paper.id, unmentioned(question, nearest)) == ("boards", "HotpotQA")
    assert "not mention HotpotQA" in answerer.answer(text, others).heading


@pytest.mark.parametrize("name", ["Paris", "HDL-C", "mRNA", "Arabic-English", "BERT"])
def test_what_papers_write_in_other_ways_is_not_missed(
    name: str, best: Callable[[str], Evidence]
) -> None:
    question = analyse(f"How did Slavic speakers judge the network of bread by {name}?")
    assert unmentioned(question, best(question.text)) == ""


@pytest.mark.parametrize("name", ["GraphSAGE", "ET-BERT", "DreamerV3", "LaMo"])
def test_a_name_of_its_own_is_missed(name: str, best: Callable[[str], Evidence]) -> None:
    question = analyse(f"How did speakers judge the network of bread by {name}?")
    assert unmentioned(question, best(question.text)) == name
