"""Conversations on their way to the browser and back."""

import pytest

from assistant.answer import Answer, Citation, Done
from assistant.chat.conversation import Conversation, ask
from assistant.chat.saved import MAX_EXCHANGES, from_saved, to_saved
from ingest.paper import Paper

PAPER = Paper(id="p", title="P", abstract="It is so.")
CITATION = Citation(number=1, paper=PAPER, quote="It is so.", start=0, end=9, support=1.0)
ANSWER = Answer(question="q", status="answered", text="It is so. [1]", citations=(CITATION,))


def test_a_conversation_comes_back_whole() -> None:
    (exchange,) = ask((), "q")
    conversation: Conversation = (exchange.with_event(Done(answer=ANSWER)),)
    assert from_saved(to_saved(conversation)) == conversation


def test_an_answer_that_was_being_written_is_a_stopped_one() -> None:
    assert [exchange.state for exchange in from_saved(to_saved(ask((), "q")))] == ["stopped"]


def test_only_the_newest_are_kept_and_numbered_anew() -> None:
    conversation: Conversation = ()
    for number in range(MAX_EXCHANGES + 2):
        conversation = ask(conversation, f"question {number}")
    back = from_saved(to_saved(conversation))
    assert back[0].question == "question 2"
    assert [exchange.index for exchange in back] == list(range(MAX_EXCHANGES))


@pytest.mark.parametrize("saved", [None, "", "[{}]", "not json", '{"a": 1}', 7])
def test_what_is_no_conversation_is_an_empty_one(saved: object) -> None:
    assert from_saved(saved) == ()
