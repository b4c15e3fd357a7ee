"""What a reasoning model thinks aloud is no part of its answer."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.llms.thoughts import Thoughts, without_thoughts
from tests.assistant.llms.calls import QUESTION, Hear, both, client_of
from tests.support.openai_replies import Reply
from tests.support.openai_server import OpenAIServer

REPLIES = [
    ("<think>\nHm [3].\n</think>\n\nA KAN is a net.", "A KAN is a net."),
    ("\n<thinking>a < b</thinking>A KAN.", "A KAN."),
    ("<reasoning>x</reasoning> A KAN.", "A KAN."),
    ("[THINK]x[/THINK]A KAN.", "A KAN."),
    ("<think></think>A KAN.", "A KAN."),
    ("<think>one</think>\n<think>two</think>\nA KAN.", "A KAN."),
    ("<think>never ended", ""),
    ("<think>", ""),
    ("<b>A KAN</b> is a net.", "<b>A KAN</b> is a net."),
    ("<thinly veiled", "<thinly veiled"),
    ("[1] says so.", "[1] says so."),
    ("A KAN can <think>.", "A KAN can <think>."),
    ("<", "<"),
    ("", ""),
]


def read(chunks: list[str]) -> str:
    thoughts = Thoughts()
    return "".join([*map(thoughts.feed, chunks), thoughts.finish()])


@pytest.mark.parametrize(("reply", "answer"), REPLIES)
def test_thoughts_are_cut_out_however_the_stream_is_cut(reply: str, answer: str) -> None:
    assert read([reply]) == answer
    assert read(list(reply)) == answer
    for cut in range(len(reply)):
        assert read([reply[:cut], reply[cut:]]) == answer


@given(st.text("<>/thinkg \n[]THINK", max_size=60), st.data())
@settings(max_examples=300, deadline=None)
def test_cutting_the_stream_changes_nothing(reply: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(reply)), max_size=6)))
    chunks = [reply[a:b] for a, b in pairwise([0, *cuts, len(reply)])]
    assert read(chunks) == read([reply])


def test_a_thought_begun_by_the_prompts_template_has_only_an_end() -> None:
    assert without_thoughts("Hm [3].\n</think>\n\nA KAN.") == "A KAN."
    assert without_thoughts("A KAN.") == "A KAN."


@both
def test_nobody_hears_them(openai_server: OpenAIServer, listen: Hear) -> None:
    openai_server.queue(Reply(chunks=["<thi", "nk>Hm.", "</think>\n", "\nA KAN", " is a net."]))
    assert "".join(listen(client_of(openai_server)).pieces) == "A KAN is a net."


def test_a_reply_of_thoughts_alone_is_known_for_one(openai_server: OpenAIServer) -> None:
    openai_server.queue(Reply("<think>Hm, a KAN", finish_reason="length"))
    stream = client_of(openai_server).stream(QUESTION)
    assert stream.read() == ""
    assert stream.only_thoughts
