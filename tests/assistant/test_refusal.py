"""The fixed word of refusal in what models really send."""

import pytest

from assistant.refusal import NOT_IN_LIBRARY, could_be_refusal, is_refusal, without_sentinel


@pytest.mark.parametrize(
    "reply",
    ["NOT_IN_LIBRARY", "NOT_IN_LIBRARY.", "**NOT_IN_LIBRARY**", "Sorry: `NOT_IN_LIBRARY`\n"],
)
def test_a_refusal_with_and_without_decoration(reply: str) -> None:
    assert is_refusal(reply)


@pytest.mark.parametrize("reply", ["", "It is fast [1].", "It is fast [1]. NOT_IN_LIBRARY"])
def test_no_refusal(reply: str) -> None:
    assert not is_refusal(reply)


def test_a_stream_is_held_while_it_may_be_a_refusal() -> None:
    for end in range(len(NOT_IN_LIBRARY) + 1):
        assert could_be_refusal(f" **{NOT_IN_LIBRARY[:end]}")
    assert could_be_refusal("NOT_IN_LIBRARY. I am sorry")
    assert not could_be_refusal("NOT_FAST")
    assert not could_be_refusal("No")


def test_the_word_is_taken_out_of_an_answer() -> None:
    assert without_sentinel("It is fast [1].\n\n**NOT_IN_LIBRARY.**") == "It is fast [1]."
    assert without_sentinel("NOT_IN_LIBRARY\nIt is fast [1].") == "It is fast [1]."
    assert (
        without_sentinel("- It is fast [1].\n\n- It is old.") == "- It is fast [1].\n\n- It is old."
    )
