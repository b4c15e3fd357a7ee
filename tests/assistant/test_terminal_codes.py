from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.terminal_codes import ESCAPE_SEQUENCE, WithoutEscapes

TEXT = "It \x1b]0;owned\x07paints \x1b[31mred\x1b[0m, \x1bPx\x1b\\and stops."


@given(st.lists(st.integers(0, len(TEXT)), max_size=12))
def test_every_way_of_cutting_gives_the_same(cuts: list[int]) -> None:
    bounds = [0, *sorted(cuts), len(TEXT)]
    stream = WithoutEscapes()
    parts = [stream.feed(TEXT[a:b]) for a, b in pairwise(bounds)]
    assert "".join(parts) == "It paints red, and stops." == ESCAPE_SEQUENCE.sub("", TEXT)


def test_a_sequence_without_end_holds_back_no_more_than_its_bound() -> None:
    stream = WithoutEscapes()
    assert stream.feed("a\x1b]0;") == "a"
    assert stream.feed("x" * 600) == ""
    assert stream.feed(" and on") == " and on"
