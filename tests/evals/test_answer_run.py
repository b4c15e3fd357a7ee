from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant.answer import Answer, Done, Event, TextDelta, Turn
from evals.answer_run import Reply, ask_all
from evals.cache import ContentCache
from evals.errors import DatasetError
from evals.suite import Item
from ingest.errors import PaperAssistantError


def item(name: str, **fields: object) -> Item:
    base = {"kind": "fact", "split": "test", "answerable": False, "why_not": "off_topic"}
    return Item.model_validate({"_id": name, "question": f"What of {name}?", **base, **fields})


class Answerer:
    """Answers with the question; fails as its question says, `fails` times in all."""

    def __init__(self, fails: int = 100) -> None:
        self.asked: list[str] = []
        self.fails = fails

    def __call__(self, question: str, history: Sequence[Turn]) -> Iterator[Event]:
        self.asked.append(question)
        failing = self.fails > 0
        if failing and "trouble" in question:
            self.fails -= 1
            raise PaperAssistantError("the disk is full")
        if failing and "bug" in question:
            self.fails -= 1
            raise ZeroDivisionError("oh")
        yield TextDelta(text="So")
        degraded = failing and "degraded" in question
        self.fails -= degraded
        yield Done(
            answer=Answer(
                question=question,
                status="degraded" if degraded else "answered",
                text=f"{question} {len(history)}",
                warnings=("the model did not answer",) if degraded else (),
            )
        )


def ask(items: Sequence[Item], ask_one: Answerer, path: Path, **options: object) -> list[Reply]:
    with ContentCache(path) as cache:
        return ask_all(items, ask_one, cache=cache, program=str(options.get("program", "1")))


def test_answers_come_in_order_with_their_history(tmp_path: Path) -> None:
    follow_up = item("b", history=[{"question": "q", "answer": "a"}])
    replies = ask([item("a"), follow_up], Answerer(), tmp_path / "c")
    assert [r.answer and r.answer.text for r in replies] == ["What of a? 0", "What of b? 1"]
    assert all(r.first_token_ms is not None and not r.error for r in replies)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("trouble", "the disk is full"),
        ("bug", "unexpected ZeroDivisionError: oh"),
        ("degraded", "the model did not answer"),
    ],
)
def test_an_item_that_errs_is_kept_as_an_error_and_asked_again(
    tmp_path: Path, name: str, message: str
) -> None:
    answerer = Answerer(fails=1)
    items = [item(name), item("fine")]
    first = ask(items, answerer, tmp_path / "c")
    assert [reply.error for reply in first] == [message, ""]
    second = ask(items, answerer, tmp_path / "c")
    assert [reply.error for reply in second] == ["", ""]
    assert answerer.asked == [*(f"What of {name}?", "What of fine?", f"What of {name}?")]


def test_what_was_answered_is_not_asked_again_by_the_same_program(tmp_path: Path) -> None:
    answerer = Answerer()
    ask([item("a")], answerer, tmp_path / "c")
    renamed = item("other", question="What of a?")
    assert ask([renamed], answerer, tmp_path / "c")[0].answer is not None
    assert len(answerer.asked) == 1
    ask([item("a")], answerer, tmp_path / "c", program="2")
    assert len(answerer.asked) == 2


def test_a_run_that_is_cut_off_is_taken_up_again(tmp_path: Path) -> None:
    class Interrupted(Answerer):
        def __call__(self, question: str, history: Sequence[Turn]) -> Iterator[Event]:
            if len(self.asked) == 2:
                raise KeyboardInterrupt
            return super().__call__(question, history)

    items = [item(name) for name in "abcd"]
    with pytest.raises(KeyboardInterrupt):
        ask(items, Interrupted(), tmp_path / "c")
    answerer = Answerer()
    replies = ask(items, answerer, tmp_path / "c")
    assert len(answerer.asked) == 2
    assert [r.answer and r.answer.question for r in replies] == [i.question for i in items]


def test_many_at_a_time_give_the_same(tmp_path: Path) -> None:
    items = [item(f"i{n}") for n in range(30)]
    with ContentCache(tmp_path / "c") as cache:
        replies = ask_all(items, Answerer(), cache=cache, program="1", concurrency=8)
    assert [r.answer and r.answer.question for r in replies] == [i.question for i in items]


def test_a_file_that_is_no_cache_is_named(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    path.write_text("this is no database, and long enough to be seen as none" * 20)
    with pytest.raises(DatasetError, match=r"c\.sqlite cannot be used as a cache.*delete it"):
        ContentCache(path)
