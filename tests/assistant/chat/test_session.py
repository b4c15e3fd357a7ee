"""What each event changes, over a real assistant."""

from assistant.api import Assistant
from assistant.chat.conversation import Conversation
from assistant.chat.session import ChatSession
from tests.assistant.chat.library import QUOTE


async def test_asking_and_writing(assistant: Assistant) -> None:
    session = ChatSession(assistant)
    asked = session.ask("  What accuracy does Quillfeather reach on Larkspur? ", ())
    assert asked["question"] == ""
    conversation: Conversation = asked["conversation"]
    assert conversation[0].question == "What accuracy does Quillfeather reach on Larkspur?"
    *_, last = [changes async for changes in session.write(conversation)]
    (exchange,) = last["conversation"]
    assert exchange.state == "done"
    assert [citation.quote for citation in exchange.answer.citations] == [QUOTE]
    assert "<mark>" in last["sources"]


async def test_nothing_is_written_twice(assistant: Assistant) -> None:
    session = ChatSession(assistant)
    conversation: Conversation = session.ask("How fast is Thistle?", ())["conversation"]
    *_, last = [changes async for changes in session.write(conversation)]
    assert [changes async for changes in session.write(last["conversation"])] == []
    assert [changes async for changes in session.write(())] == []


def test_an_empty_question_changes_nothing(assistant: Assistant) -> None:
    assert ChatSession(assistant).ask(" \n ", ()) == {}


def test_a_question_in_mid_answer_waits(assistant: Assistant) -> None:
    session = ChatSession(assistant)
    conversation = session.ask("How fast is Thistle?", ())["conversation"]
    assert session.ask("And Quillfeather?", conversation) == {}


def test_clearing_empties_every_part(assistant: Assistant) -> None:
    cleared = ChatSession(assistant).clear()
    assert cleared["conversation"] == ()
    assert "exchange" not in cleared["earlier"] + cleared["latest"]


def test_opening_counts_the_library(assistant: Assistant) -> None:
    assert "3 papers" in ChatSession(assistant).open()["foot"]
