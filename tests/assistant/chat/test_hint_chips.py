"""What a question's own words limit, as the page shows it."""

import pytest

from assistant.answer import Answer, FilterHint, Filters
from assistant.chat.acts import Act
from assistant.chat.conversation import Exchange
from assistant.chat.hint_chips import hints_of, other_warnings, with_hint
from assistant.chat.session import ChatSession
from assistant.chat.transcript import to_markdown

QUESTION = "Papers by Zhang at ICLR since 2023"
APPLIED = FilterHint(
    text="by Zhang", start=7, end=15, filters=Filters(author="Zhang"), applied=True
)
OFFERED = FilterHint(
    text="at ICLR", start=16, end=23, filters=Filters(venue="ICLR"), reason="it may belong"
)
SAID = "“by Zhang” was read as a filter: author Zhang"


def answered(**changes: object) -> Exchange:
    answer = Answer(
        question=QUESTION,
        status="answered",
        text="None.",
        hints=(APPLIED, OFFERED),
        warnings=(SAID, "the question is long"),
    )
    asked = Exchange(index=0, question=QUESTION, state="done", answer=answer)
    return asked.model_copy(update=changes)


def test_applied_hints_are_apart_from_offered_ones() -> None:
    hints = hints_of(answered(dismissed=("since 2023",)))
    assert [(chip.text, chip.meaning) for chip in hints.applied] == [("by Zhang", "author Zhang")]
    assert [(chip.text, chip.reason) for chip in hints.offered] == [("at ICLR", "it may belong")]
    assert hints.dismissed == ("since 2023",)


def test_what_a_filter_limits_already_is_not_offered() -> None:
    assert hints_of(answered(filters=Filters(venue="NeurIPS"))).offered == ()


def test_a_chip_takes_the_place_of_its_warning() -> None:
    assert other_warnings(answered()) == ("the question is long",)


def test_a_hint_is_added_to_the_filters_that_hold() -> None:
    added = with_hint(Filters(year_from=2020), OFFERED)
    assert added == Filters(year_from=2020, venue="ICLR")


def test_the_transcript_says_what_was_read_from_the_words() -> None:
    assert "author Zhang" in to_markdown((answered(),))


@pytest.mark.parametrize(
    ("act", "filters", "dismissed"),
    [
        (Act(kind="unhint", index=0, name="by Zhang"), Filters(), ("by Zhang",)),
        (Act(kind="hint", index=0, name="at ICLR"), Filters(venue="ICLR"), ()),
    ],
)
def test_the_last_question_is_asked_again(
    session: ChatSession, act: Act, filters: Filters, dismissed: tuple[str, ...]
) -> None:
    (again,) = session.ask_again(act, (answered(),))["conversation"]
    assert (again.question, again.state, again.answer) == (QUESTION, "answering", None)
    assert (again.filters, again.dismissed) == (filters, dismissed)


@pytest.mark.parametrize(
    "act",
    [
        Act(kind="unhint", index=1, name="by Zhang"),
        Act(kind="unhint", index=0, name="by Nobody"),
    ],
)
def test_nothing_else_is_asked_again(session: ChatSession, act: Act) -> None:
    assert session.ask_again(act, (answered(),)) == {}
    assert session.ask_again(act, ()) == {}
    assert session.ask_again(act, (answered(answer=None, state="answering"),)) == {}


def test_an_edited_question_keeps_what_was_taken_back(session: ChatSession) -> None:
    before = (answered(dismissed=("by Zhang",)),)
    (again,) = session.ask(f"{QUESTION}?", before, Filters(), 0)["conversation"]
    assert again.dismissed == ("by Zhang",)
