"""Conversations of several turns, with what each question must hold once it stands alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Turn
from assistant.followup import standalone_question

_FILE = Path(__file__).with_name("dialogues.jsonl")


def _questions() -> Iterator[Any]:
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), 1):
        history: list[Turn] = []
        for turn in json.loads(line)["turns"]:
            if history:
                yield pytest.param(turn, tuple(history), id=f"{number}: {turn['q']}")
            history.append(Turn(question=turn["q"], answer=turn.get("a", "")))


@pytest.mark.parametrize(("turn", "history"), list(_questions()))
def test_a_question_takes_up_what_it_leans_on(turn: dict[str, Any], history: list[Turn]) -> None:
    found = standalone_question(turn["q"], history)
    if turn.get("alone"):
        assert found == turn["q"]
    words = found.casefold()
    assert [word for word in turn.get("holds", ()) if word.casefold() not in words] == []
    assert [word for word in turn.get("lacks", ()) if word.casefold() in words] == []


def test_there_are_enough_dialogues_of_several_turns() -> None:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 12
    assert all(len(json.loads(line)["turns"]) >= 3 for line in lines)
