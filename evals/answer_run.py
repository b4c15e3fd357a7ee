"""Asks every question of a suite: cached by content, several at a time, errors kept as results."""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread
from typing import Protocol, TypeVar

from assistant.answer import Answer, Done, Event, Frozen, TextDelta, Turn
from evals.cache import ContentCache, content_key
from evals.suite import Item
from ingest.errors import PaperAssistantError

One = TypeVar("One")
Other = TypeVar("Other")


_GRACE_S = 5.0


class Ask(Protocol):
    """Answers a question piece by piece, as `Assistant.stream` and `AnswerEngine.stream` do."""

    def __call__(self, question: str, history: Sequence[Turn]) -> Iterator[Event]:
        """Events, the last of them `Done`."""


class Reply(Frozen):
    """What came back: an answer, or what went wrong. `first_token_ms` is None without any text."""

    answer: Answer | None = None
    error: str = ""
    first_token_ms: float | None = None


def ask_all(
    items: Sequence[Item],
    ask: Ask,
    *,
    cache: ContentCache,
    program: str,
    concurrency: int = 1,
    on_progress: Callable[[int], None] = lambda _: None,
) -> list[Reply]:
    """A reply for each item, in their order. `program` names everything answers depend on.

    Only whole answers are kept: what failed, or was quoted in place of a model's answer, is asked
    again by the next run.
    """

    def one(item: Item) -> Reply:
        key = _key(item, program)
        kept = cache.get(key)
        reply = Reply.model_validate_json(kept) if kept is not None else _asked(item, ask)
        if kept is None and not reply.error:
            cache.put(key, reply.model_dump_json())
        return reply

    return each(one, items, concurrency, on_progress)


def each(
    function: Callable[[One], Other],
    values: Sequence[One],
    concurrency: int,
    on_progress: Callable[[int], None],
) -> list[Other]:
    """Apply a function by so many threads.

    After an error or an interrupt nothing new is begun, and what is under way has a few seconds to
    end: a model that hangs does not hold up who pressed Ctrl-C.
    """
    futures: list[Future[Other]] = [Future() for _ in values]
    waiting = deque(zip(futures, values, strict=True))

    def work() -> None:
        with suppress(IndexError):
            while True:
                future, value = waiting.popleft()
                try:
                    result = function(value)
                    on_progress(1)
                    future.set_result(result)
                except BaseException as error:  # noqa: BLE001 (raised where it is awaited)
                    waiting.clear()
                    future.set_exception(error)

    threads = [Thread(target=work, name=f"eval-{at}", daemon=True) for at in range(concurrency)]
    for thread in threads:
        thread.start()
    try:
        return [future.result() for future in futures]
    finally:
        waiting.clear()
        ends = time.monotonic() + _GRACE_S
        for thread in threads:
            thread.join(max(0.0, ends - time.monotonic()))


def _asked(item: Item, ask: Ask) -> Reply:
    try:
        return _timed(ask(item.question, history=item.history))
    except PaperAssistantError as error:
        return Reply(error=str(error))
    except Exception as error:  # the edge of one question: it counts as wrong, the others go on
        logging.getLogger(__name__).exception("unexpected error at %s", item.place or item.id)
        return Reply(error=f"unexpected {type(error).__name__}: {error}")


def _timed(events: Iterator[Event]) -> Reply:
    started = time.perf_counter()
    first: float | None = None
    answer: Answer | None = None
    for event in events:
        if isinstance(event, TextDelta) and first is None:
            first = round((time.perf_counter() - started) * 1000, 3)
        if isinstance(event, Done):
            answer = event.answer
    if answer is None:
        return Reply(error="the answer never ended")
    if answer.status == "degraded":
        why = "; ".join(answer.warnings) or "passages were quoted in place of the model's answer"
        return Reply(answer=answer, error=why, first_token_ms=first)
    return Reply(answer=answer, first_token_ms=first)


def _key(item: Item, program: str) -> str:
    history = [turn.model_dump() for turn in item.history]
    return content_key({"question": item.question, "history": history, "program": program})
