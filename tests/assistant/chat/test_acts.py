"""What the page's script may report."""

import pytest

from assistant.chat.acts import read_act


def test_an_act_is_read_with_its_fields() -> None:
    act = read_act({"kind": "delete", "ids": '["a", "b"]'})
    assert act is not None
    assert act.ids == ("a", "b")
    rated = read_act({"kind": "rate", "index": "2", "verdict": "down", "comment": "no"})
    assert rated is not None
    assert (rated.index, rated.verdict, rated.comment) == (2, "down", "no")


@pytest.mark.parametrize(
    "data",
    [None, {}, {"kind": "run"}, {"kind": "only", "ids": "["}, {"kind": "rate", "index": "x"}],
)
def test_anything_else_is_no_act(data: object) -> None:
    assert read_act(data) is None
