import pytest

from assistant.verification.quotes import best_passage, overlap, whole_sentences
from ingest.text import split_sentences

ABSTRACT = (
    "Rural bus lines have few passengers.  We search timetables by annealing."
    " Waiting time falls by 27%. The region has 64 lines."
)
SENTENCES = split_sentences(ABSTRACT)


def test_overlap_is_the_share_of_content_words_held() -> None:
    assert overlap("annealing timetables", "We search timetables by annealing.") == 1
    assert overlap("annealing of steel", "We search timetables by annealing.") == 0.5
    assert overlap("of the", ABSTRACT) == 0


def test_the_sentence_that_shares_most_is_quoted() -> None:
    passage = best_passage("Waiting time fell by 27%.", ABSTRACT, SENTENCES, [0, 2])
    assert ABSTRACT[passage.start : passage.end] == "Waiting time falls by 27%."


def test_two_neighbours_are_quoted_where_the_second_adds() -> None:
    claim = "Waiting time falls by 27% in a region of 64 lines."
    passage = best_passage(claim, ABSTRACT, SENTENCES, [0, 2, 3])
    assert ABSTRACT[passage.start : passage.end] == (
        "Waiting time falls by 27%. The region has 64 lines."
    )


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("We search timetables by annealing.", "We search timetables by annealing."),
        ("we search timetables by annealing", "We search timetables by annealing."),
        (
            "Rural bus lines have few passengers. We search timetables by annealing.",
            "Rural bus lines have few passengers.  We search timetables by annealing.",
        ),
    ],
)
def test_whole_sentences_are_found_word_for_word(claim: str, quote: str) -> None:
    found = whole_sentences(claim, ABSTRACT, SENTENCES)
    assert found is not None
    assert ABSTRACT[found.start : found.end] == quote


@pytest.mark.parametrize("claim", ["bus lines have few passengers", "We search.", ""])
def test_a_part_of_a_sentence_is_not_word_for_word(claim: str) -> None:
    assert whole_sentences(claim, ABSTRACT, SENTENCES) is None
