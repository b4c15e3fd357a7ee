"""How long the topic map of a library takes, and how much it slows down who asks meanwhile.

    python -m evals.map_bench LIBRARY [--seconds 20]

One reader asks without pause in the process that would serve the page, first alone and then until
the map is there; each question has been asked once before, as the first time takes longer. A map
that the library has already is drawn anew, and kept.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from typing import Annotated

import typer
from pydantic import BaseModel

from assistant import Assistant, Settings
from assistant.chat.topics.drawing import MapMaker
from assistant.chat.topics.topic_map import FILE
from evals.bench.memory import peak_mb

QUESTIONS = 60
_STARTER = """
import resource, subprocess, sys
from evals.bench.memory import peak_mb
command = [sys.executable, "-m", "assistant.chat.topics", sys.argv[1]]
subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
print(peak_mb(resource.RUSAGE_CHILDREN))
"""


class MapReport(BaseModel):
    """Seconds that the map took beside a reader; milliseconds of an answer alone and meanwhile.

    Memory is the most in MiB: of the process that draws, and what that of the reader gained.
    """

    papers: int
    seconds: float
    p50_alone: float
    p50_meanwhile: float
    p95_alone: float
    p95_meanwhile: float
    p50_ratio: float
    p95_ratio: float
    answers_meanwhile: int
    memory_drawing: float
    memory_gained: float


def measure(library: Path, seconds: float) -> MapReport:
    """Ask alone for so many seconds, then while the map is drawn."""
    (library / FILE).unlink(missing_ok=True)
    with Assistant(
        Settings(library={"path": library}, llm={"provider": "extractive"})
    ) as assistant:
        papers = assistant.papers(QUESTIONS).papers
        asked = [f"What does {paper.title.rstrip('.?')} show?" for paper in papers]
        for question in asked:
            assistant.ask(question)
        questions = cycle(asked)
        alone = _ask(assistant, questions, _for(seconds))
        before = peak_mb()
        maps = MapMaker(assistant.library)
        started = time.perf_counter()
        maps.ready()
        meanwhile = _ask(assistant, questions, lambda: not maps.is_drawing())
        drawn = time.perf_counter() - started
        count = assistant.stats().papers
    cuts, cuts_meanwhile = quantiles(alone, n=20), quantiles(meanwhile, n=20)
    return MapReport(
        papers=count,
        seconds=round(drawn, 1),
        p50_alone=round(cuts[9], 1),
        p50_meanwhile=round(cuts_meanwhile[9], 1),
        p95_alone=round(cuts[18], 1),
        p95_meanwhile=round(cuts_meanwhile[18], 1),
        p50_ratio=round(cuts_meanwhile[9] / cuts[9], 2),
        p95_ratio=round(cuts_meanwhile[18] / cuts[18], 2),
        answers_meanwhile=len(meanwhile),
        memory_drawing=drawing_memory(library),
        memory_gained=round(peak_mb() - before, 1),
    )


def drawing_memory(library: Path) -> float:
    """Most MiB of the process that draws, as seen from a small one that starts it.

    What a process counts as its most includes what that had which started it.
    """
    command = [sys.executable, "-c", _STARTER, str(library)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return round(float(done.stdout), 1)


def _ask(assistant: Assistant, questions: Iterator[str], ended: Callable[[], bool]) -> list[float]:
    """Milliseconds of each answer; two at least."""
    times: list[float] = []
    while len(times) < 2 or not ended():
        started = time.perf_counter()
        assistant.ask(next(questions))
        times.append((time.perf_counter() - started) * 1000)
    return times


def _for(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def main(
    library: Annotated[Path, typer.Argument(help="A library; its map is drawn and kept.")],
    seconds: Annotated[float, typer.Option(min=0.1, help="Seconds of asking alone.")] = 20,
) -> None:
    """Print the report as JSON."""
    typer.echo(measure(library, seconds).model_dump_json(indent=2))


if __name__ == "__main__":
    typer.run(main)
