"""The label is asked for when it is old, and not before."""

from assistant.chat.label import FRESH_SECONDS, ModelLabel


def test_it_is_asked_for_once_in_a_while() -> None:
    clock = [0.0]
    asked: list[float] = []

    def ask() -> str:
        asked.append(clock[0])
        return f"model at {clock[0]}"

    label = ModelLabel(ask, now=lambda: clock[0])
    assert label() == "model at 0.0"
    clock[0] = FRESH_SECONDS
    assert label() == "model at 0.0"
    clock[0] = FRESH_SECONDS + 1
    assert label() == f"model at {FRESH_SECONDS + 1}"
    assert asked == [0.0, FRESH_SECONDS + 1]
