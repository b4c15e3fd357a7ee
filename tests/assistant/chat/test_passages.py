"""Texts are cut where they should be, and joined again they are what they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Sentence
from assistant.chat.passages import (
    NO_SOURCE,
    NOT_CONFIRMED,
    Piece,
    Span,
    cut_answer,
    cut_citations,
    cut_quotes,
)
from ingest.paper import Paper

PAPER = Paper(id="p", title="P", abstract="One. Two. Three.")


def answer(text: str, *sentences: Sentence) -> Answer:
    cited = Citation(number=1, paper=PAPER, quote="Two.", start=5, end=9, support=1.0)
    return Answer(
        question="q", status="answered", text=text, sentences=sentences, citations=(cited,)
    )


def shown(made: Answer) -> str:
    return "".join(piece.text for passage in cut_answer(made) for piece in passage.pieces)


def test_known_numbers_become_citations() -> None:
    assert cut_citations("It is so [1][2].", {1, 2}) == (
        Piece("It is so "),
        Piece("[1]", 1),
        Piece("[2]", 2),
        Piece("."),
    )


@pytest.mark.parametrize("text", ["see [9]", "a[i] and [x](y)", "[12345]", "[ 1 ]", "[]"])
def test_anything_else_in_brackets_stays_text(text: str) -> None:
    assert cut_citations(text, {1}) == (Piece(text),)


@given(st.text(alphabet="[]0123 ab\n<&", max_size=60))
def test_cutting_citations_loses_nothing(text: str) -> None:
    assert "".join(piece.text for piece in cut_citations(text, {1, 2, 30})) == text


def test_a_supported_answer_keeps_its_text_and_has_no_doubt() -> None:
    made = answer("Found:\n\nP: “Two.” [1]", Sentence(text="Two.", citations=(1,), supported=True))
    assert shown(made) == made.text
    assert [passage.doubt for passage in cut_answer(made)] == [None, None]


def test_a_doubt_follows_the_sentence_with_its_citation() -> None:
    made = answer(
        "Two [1]. Nine [1]. Ten.",
        Sentence(text="Two [1].", citations=(1,), supported=True),
        Sentence(text="Nine [1].", citations=(1,), supported=False),
        Sentence(text="Ten.", supported=False),
    )
    doubts = {
        "".join(piece.text for piece in passage.pieces): passage.doubt
        for passage in cut_answer(made)
    }
    assert doubts == {
        "Two [1].": None,
        " ": None,
        "Nine [1].": NOT_CONFIRMED,
        "Ten.": NO_SOURCE,
    }


def test_the_reason_takes_the_place_of_the_mark() -> None:
    made = answer(
        "Two. [1] Nine. [unsupported] Ten.",
        Sentence(text="Two.", citations=(1,), supported=True),
        Sentence(text="Nine.", reason="figure not in the source: 9"),
        Sentence(text="Ten."),
    )
    assert shown(made) == "Two. [1] Nine. Ten."
    doubts = [passage.doubt for passage in cut_answer(made) if passage.doubt]
    assert doubts == ["figure not in the source: 9", NO_SOURCE]


def test_citations_after_a_closing_quote_belong_to_the_sentence() -> None:
    made = answer("“Nine.” [1] More.", Sentence(text="Nine.", citations=(1,), supported=False))
    doubtful = [passage for passage in cut_answer(made) if passage.doubt]
    assert doubtful[0].pieces == (Piece("Nine.” "), Piece("[1]", 1))


def test_sentences_that_are_not_in_the_text_are_shown_instead_of_it() -> None:
    made = answer("Other words.", Sentence(text="Nine.", citations=(1,), supported=False))
    (passage,) = cut_answer(made)
    assert passage.doubt == NOT_CONFIRMED
    assert passage.pieces[:2] == (Piece("Nine. "), Piece("[1]", 1))


def test_a_quote_is_marked_to_the_character() -> None:
    assert cut_quotes(PAPER.abstract, [(5, 9)]) == (
        Span("One. ", False),
        Span("Two.", True),
        Span(" Three.", False),
    )


def test_overlapping_quotes_are_marked_once() -> None:
    assert cut_quotes("abcdefgh", [(4, 6), (1, 5), (2, 3)]) == (
        Span("a", False),
        Span("bcdef", True),
        Span("gh", False),
    )


@given(st.data())
def test_exactly_the_quoted_characters_are_marked(data: st.DataObject) -> None:
    abstract = data.draw(st.text(max_size=40))
    place = st.integers(0, len(abstract))
    quotes = data.draw(
        st.lists(st.tuples(place, place).map(lambda ends: (min(ends), max(ends))), max_size=5)
    )
    spans = cut_quotes(abstract, quotes)
    assert "".join(span.text for span in spans) == abstract
    marked = [span.quoted for span in spans for _ in span.text]
    wanted = [any(start <= i < end for start, end in quotes) for i in range(len(abstract))]
    assert marked == wanted
