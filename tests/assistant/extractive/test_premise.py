"""What a question takes for granted, held against a paper made up for it."""

import pytest

from assistant.extractive.premise import Otherwise, otherwise
from assistant.extractive.question import analyse
from ingest.paper import Paper

HERON = Paper(
    id="heron",
    title="HeronNet: Counting Birds From the Air",
    abstract=(
        "Counting waterfowl is difficult, and existing methods need manual labels for every image."
        " We present HeronNet, which counts birds by attention and without manual labels."
        " HeronNet improves the count by 12% over FlockCNN and reduces training time by half."
        " It is robust to fog, and its weights are freely available."
        " On small ponds, HeronNet overlooks ducklings."
    ),
)
RARE = {"HeronNet", "FlockCNN"}
COUNT = HERON.abstract.split(". ")[2] + "."


def against(question: str) -> Otherwise | None:
    return otherwise(analyse(question), HERON, RARE.__contains__)


@pytest.mark.parametrize(
    "question",
    [
        # true of the paper
        "Why does HeronNet do without manual labels?",
        "How does HeronNet count birds?",
        "Why is counting waterfowl difficult?",
        "Why do existing methods need labels for every image?",
        "By how much does HeronNet beat FlockCNN?",
        "Why does HeronNet miss ducklings on small ponds?",
        "How many times faster is training?",
        "How did HeronNet count in 2024?",
        "What was faster than counting birds on ponds?",
        "How much better than FlockCNN is HeronNet?",
        # nothing is taken for granted
        "Does HeronNet need manual labels?",
        "Is HeronNet worse than FlockCNN?",
        "Which is better, HeronNet or SwanNet?",
        "Which papers on birds use LSTMs?",
        "Compare HeronNet and SwanNet",
        "WHY DOES HERONNET DO WITHOUT MANUAL LABELS?",
        "How does HeronNet compare with methods like YOLO?",
        # a genus's first letter is no name, and what is asked for may be named and not counted
        "Why does HeronNet overlook ducklings of A. platyrhynchos?",
        "Which four difficulties does HeronNet meet on small ponds?",
    ],
)
def test_nothing_stands_against(question: str) -> None:
    assert against(question) is None


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("Why does HeronNet use an LSTM?", "LSTM"),
        ("How does HeronNet count birds in Norway?", "Norway"),
        ("Which of the 14 lakes is counted best by HeronNet?", "14"),
        ("Why does HeronNet count four birds in a picture?", "4"),
    ],
)
def test_a_name_or_number_that_the_paper_lacks_is_told(question: str, unsaid: str) -> None:
    assert against(question) == Otherwise(unsaid=unsaid)


@pytest.mark.parametrize(
    "question",
    [
        "Why does HeronNet need manual labels?",
        "How does HeronNet use manual labels to count?",
        "Why does HeronNet increase training time?",
        "Why is HeronNet worse than FlockCNN?",
        "Why does FlockCNN outperform HeronNet?",
        "By how much does HeronNet trail FlockCNN?",
        "Why does HeronNet always count birds twice?",
        "Why does HeronNet fail in fog?",
        "How does the recurrent part of HeronNet count birds?",
        "Why are the weights of HeronNet not available?",
    ],
)
def test_what_the_paper_says_otherwise_is_told(question: str) -> None:
    found = against(question)
    assert found is not None
    assert not found.unsaid
    assert found.sentence in HERON.abstract


def test_the_sentence_told_is_the_near_one() -> None:
    found = against("Why does HeronNet increase training time?")
    assert found == Otherwise(sentence=COUNT)


def test_a_paper_without_an_abstract_stands_against_nothing() -> None:
    bare = Paper(id="bare", title="Herons", abstract="")
    assert otherwise(analyse("Why do herons fly?"), bare, RARE.__contains__) is None


@pytest.mark.parametrize(
    ("question", "firm"),
    [
        ("Why does HeronNet use 47 layers?", True),
        ("Why does HeronNet use an LSTM?", False),
        ("Why is HeronNet only for ponds?", False),
    ],
)
def test_a_number_is_firm_and_a_name_or_a_sweeping_word_is_not(question: str, firm: bool) -> None:
    found = against(question)
    assert found is not None
    assert found.firm == firm
