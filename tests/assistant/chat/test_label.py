"""The label is asked for when it is old, and not before; only the first caller waits for it."""

import threading

from assistant.chat.label import FRESH_SECONDS, ModelLabel
from ingest.errors import PaperAssistantError


class SlowModel:
    """Its first answer comes at once, each other one when `go` is set."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.broken = False
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        if self.asked > 1:
            self.go.wait()
        if self.broken:
            raise PaperAssistantError("gone")
        return f"model {self.asked}"


def let_it_end() -> None:
    for thread in threading.enumerate():
        if thread.name == "model-label":
            thread.join()


def test_it_is_asked_for_once_in_a_while_and_nobody_waits_for_it() -> None:
    clock = [0.0]
    model = SlowModel()
    label = ModelLabel(model, now=lambda: clock[0])
    assert label() == "model 1"
    clock[0] = FRESH_SECONDS
    assert label() == "model 1"
    assert model.asked == 1
    clock[0] += 1
    assert [label() for _ in range(5)] == ["model 1"] * 5
    model.go.set()
    let_it_end()
    assert label() == "model 2"
    assert model.asked == 2


def test_an_old_label_stays_where_no_new_one_comes() -> None:
    clock = [0.0]
    model = SlowModel()
    label = ModelLabel(model, now=lambda: clock[0])
    label()
    model.broken = True
    model.go.set()
    clock[0] = FRESH_SECONDS + 1
    label()
    let_it_end()
    assert label() == "model 1"
