"""Verdicts on answers, line by line."""

import json
from pathlib import Path

import pytest

from assistant.answer import Answer, Done
from assistant.chat.conversation import ask
from assistant.chat.feedback import MAX_COMMENT, FeedbackError, FeedbackFile

ANSWER = Answer(question="q", status="answered", text="Yes.", model="m", prompt_hash="h")


def test_a_verdict_is_one_line_whatever_the_comment(tmp_path: Path) -> None:
    (exchange,) = ask((), "q")
    done = exchange.with_event(Done(answer=ANSWER))
    feedback = FeedbackFile(tmp_path)
    feedback.add(done, "up")
    feedback.add(done, "down", "two\nlines " + "x" * MAX_COMMENT)
    lines = [json.loads(line) for line in feedback.path.read_text("utf-8").splitlines()]
    assert [line["verdict"] for line in lines] == ["up", "down"]
    assert lines[1]["comment"].startswith("two\nlines")
    assert len(lines[1]["comment"]) == MAX_COMMENT
    assert (lines[0]["question"], lines[0]["model"], lines[0]["prompt_hash"]) == ("q", "m", "h")


def test_an_unfinished_answer_has_no_verdict(tmp_path: Path) -> None:
    (exchange,) = ask((), "q")
    feedback = FeedbackFile(tmp_path)
    feedback.add(exchange, "up")
    assert not feedback.path.exists()


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    (exchange,) = ask((), "q")
    with pytest.raises(FeedbackError, match="gone"):
        FeedbackFile(tmp_path / "gone").add(exchange.with_event(Done(answer=ANSWER)), "up")
