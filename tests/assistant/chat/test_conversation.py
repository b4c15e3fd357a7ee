"""How a conversation grows."""

from assistant.answer import Answer, Done, TextDelta
from assistant.chat.conversation import Conversation, ask, history, stop

ANSWER = Answer(question="first", status="answered", text="Yes [1].")


def test_an_answer_grows_and_is_replaced_by_the_checked_one() -> None:
    (exchange,) = ask((), "first")
    exchange = exchange.with_event(TextDelta(text="Ye")).with_event(TextDelta(text="s"))
    assert (exchange.state, exchange.text) == ("answering", "Yes")
    done = exchange.with_event(Done(answer=ANSWER))
    assert (done.state, done.answer) == ("done", ANSWER)


def test_only_finished_turns_are_history() -> None:
    (first,) = ask((), "first")
    conversation: Conversation = (first.with_event(Done(answer=ANSWER)),)
    conversation = stop(ask(conversation, "stopped"))
    conversation = ask(conversation, "failed")
    conversation = (*conversation[:-1], conversation[-1].failed("no"))
    conversation = ask(conversation, "now")
    assert [(turn.question, turn.answer) for turn in history(conversation)] == [
        ("first", "Yes [1].")
    ]
    assert [exchange.index for exchange in conversation] == [0, 1, 2, 3]


def test_stopping_leaves_a_finished_answer_alone() -> None:
    (first,) = ask((), "first")
    done = (first.with_event(Done(answer=ANSWER)),)
    assert stop(done) == done
    assert stop(()) == ()
