"""A progress bar on stderr with rate and time left, for people only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text


class RateColumn(ProgressColumn):
    """Items a second."""

    def render(self, task: Task) -> Text:
        """The rate of the last half minute, or over all once finished."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "", style="progress.data.speed")


def wanted(as_json: bool) -> bool:
    """Whether somebody watches: stderr is a terminal and no JSON was asked for."""
    return sys.stderr.isatty() and not as_json


@contextmanager
def progress(label: str, total: int | None, shown: bool) -> Iterator[Callable[[int], None]]:
    """Yield a function that is told how many items were done; `total` None: not known."""
    if not shown:
        yield lambda _: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=Console(file=sys.stderr), redirect_stdout=False) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.advance(task, done)
        bar.update(task, total=bar.tasks[0].completed)
