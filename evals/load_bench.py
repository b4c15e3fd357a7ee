"""The real server under load: many readers at once while an ingest runs, against one lone reader.

    python -m evals.load_bench [LIBRARY] [--readers 50] [--seconds 120] [--papers 5000]

Papers are ingested into LIBRARY, so give it a copy; without it, one of 41,270 papers is made for
the occasion, with synthetic vectors. Answers are the extractive answerer's. A reply is wrong if it
is an error, answers another question than was asked, or cites what it did not find or the paper
does not say. `--papers 0` shows what readers alone leave in memory. An ingest that has not come to
its end by then is ended.
"""

import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from typing import Annotated, Any

import httpx
import typer
from pydantic import BaseModel

from evals.bench.apart import run_apart
from evals.bench.corpus import write_corpus
from evals.served import Served, served
from ingest.sample import SAMPLE_FILE

CORPUS = Path(__file__).resolve().parents[2] / "shared/data/retrieval/litsearch-inline"
MADE = 41_270
LONE_SHARE = 6
QUESTIONS = 1000
_WORDS = (
    "lattice",
    "harbour",
    "ember",
    "willow",
    "quartz",
    "meadow",
    "cipher",
    "orchard",
    "summit",
)


class Latency(BaseModel):
    """Milliseconds of the replies in one phase."""

    replies: int
    p50: float
    p95: float


class MemoryTaken(BaseModel):
    """MiB at four moments."""

    before: float
    middle: float
    most: float
    after: float

    @classmethod
    def of(cls, seen: Sequence[float]) -> "MemoryTaken":
        """What was seen first, halfway and last, and the most."""
        return cls(before=seen[0], middle=seen[len(seen) // 2], most=max(seen), after=seen[-1])


class LoadReport(BaseModel):
    """What came of it; ratios are of many readers to the lone one, memory is the server's in MiB.

    `memory` is its own. It has answered each question once before, so that its caches are full;
    `middle` is half-time, as what grows on and on grows after it too, `after` once the ingest has
    ended. `mapped_files`
    are pages of the library's files that the system holds for it, and drops if it must.
    """

    readers: int
    seconds: float
    lone: Latency
    many: Latency
    p50_ratio: float
    p95_ratio: float
    errors: int
    mixed: int
    memory: MemoryTaken
    mapped_files: MemoryTaken
    ingested: int
    ingest_state: str


class Tally:
    """Replies of one phase. Lists are only appended to, so threads may share it."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.errors: list[str] = []
        self.mixed: list[str] = []

    def ask(self, client: httpx.Client, question: str) -> None:
        """Ask and judge the reply."""
        started = time.perf_counter()
        try:
            reply = client.post("/v1/ask", json={"question": question})
        except httpx.HTTPError as error:
            self.errors.append(repr(error))
            return
        self.times.append((time.perf_counter() - started) * 1000)
        if reply.status_code != 200:
            self.errors.append(reply.text)
        elif not is_sound(question, reply.json()):
            self.mixed.append(question)

    def latency(self) -> Latency:
        """Median and 95th percentile; zero where there was no reply."""
        cuts = quantiles(self.times, n=20) if len(self.times) > 1 else [0.0] * 19
        return Latency(replies=len(self.times), p50=round(cuts[9], 1), p95=round(cuts[18], 1))


def is_sound(question: str, answer: dict[str, Any]) -> bool:
    """Whether it answers that question, from what it found, word for word."""
    found = {source["paper_id"] for source in answer["sources"]}
    return answer["question"] == question and all(
        cited["paper"]["id"] in found
        and cited["paper"]["abstract"][cited["start"] : cited["end"]] == cited["quote"]
        for cited in answer["citations"]
    )


def new_papers(count: int) -> Iterator[dict[str, str]]:
    """Papers that no library holds, of the length of real abstracts."""
    rows = random.Random(11)
    for number in range(count):
        words = [rows.choice(_WORDS) for _ in range(120)]
        sentences = [
            " ".join(words[at:end]).capitalize() for at, end in pairwise(range(0, 121, 12))
        ]
        title = f"Load study {number} on {words[0]} and {words[1]}"
        yield {"title": title, "abstract": f"{title}. {'. '.join(sentences)}."}


def read_for(server: Served, readers: int, seconds: float, questions: Sequence[str]) -> Tally:
    """Let so many readers ask without pause for so long."""
    tally, end = Tally(), time.monotonic() + seconds

    def read(number: int) -> None:
        with server.client() as client:
            at = number
            while time.monotonic() < end:
                tally.ask(client, questions[at % len(questions)])
                at += readers

    with ThreadPoolExecutor(readers) as pool:
        list(pool.map(read, range(readers)))
    return tally


def ask_each(server: Served, readers: int, questions: Sequence[str]) -> None:
    """Have every question asked once, by so many readers."""
    waiting = iter(questions)

    def read(_: int) -> None:
        with server.client() as client:
            for question in waiting:
                Tally().ask(client, question)

    with ThreadPoolExecutor(readers) as pool:
        list(pool.map(read, range(readers)))


def questions_from(client: httpx.Client, count: int) -> list[str]:
    """Questions about papers of the library, each of its own."""
    papers = client.get("/v1/papers", params={"limit": count}).json()["papers"]
    return [f"What does {paper['title'].rstrip('.?')} show?" for paper in papers]


def begin_ingest(client: httpx.Client, papers: int) -> str:
    """Have so many new papers ingested; returns the job's id."""
    body = "\n".join(map(json.dumps, new_papers(papers))).encode()
    job: str = client.post("/v1/ingest", files={"files": ("load.jsonl", body)}).json()["id"]
    return job


def end_ingest(client: httpx.Client, job: str) -> dict[str, Any]:
    """Cancel the ingest and wait until it has ended; returns the state it was in, and its papers.

    Its memory is given back only when it ends.
    """
    state = client.delete(f"/v1/ingest/{job}").json()
    ended = state
    while ended["state"] in ("queued", "running"):
        time.sleep(0.1)
        ended = client.get(f"/v1/ingest/{job}").json()
    return {"state": state["state"], "done": ended["done"]}


def bench(library: Path, readers: int, seconds: float, papers: int) -> LoadReport:
    """Measure the lone reader, then the many beside an ingest."""
    with served(library) as server, server.client() as client:
        questions = questions_from(client, QUESTIONS)
        ask_each(server, readers, questions)
        lone = read_for(server, 1, max(5.0, seconds / LONE_SHARE), questions).latency()
        before = server.memory()
        job = begin_ingest(client, papers) if papers else None
        with server.watched() as memory:
            tally = read_for(server, readers, seconds, questions)
        state = end_ingest(client, job) if job else {"done": 0, "state": "none"}
        seen = [before, *memory, server.memory()]
    many = tally.latency()
    return LoadReport(
        readers=readers,
        seconds=seconds,
        lone=lone,
        many=many,
        p50_ratio=round(many.p50 / max(lone.p50, 0.1), 1),
        p95_ratio=round(many.p95 / max(lone.p95, 0.1), 1),
        errors=len(tally.errors),
        mixed=len(tally.mixed),
        memory=MemoryTaken.of([taken.own for taken in seen]),
        mapped_files=MemoryTaken.of([taken.mapped for taken in seen]),
        ingested=state["done"],
        ingest_state=state["state"],
    )


def made_library(folder: Path, papers: int = MADE) -> Path:
    """A library of so many papers, real ones as far as there are any."""
    file, library = folder / "corpus.jsonl", folder / "library"
    write_corpus(file, CORPUS if CORPUS.exists() else SAMPLE_FILE, papers)
    run_apart("evals.bench.loading", "library", file, library)
    return library


def main(
    library: Annotated[
        Path | None, typer.Argument(help="A copy of a library; papers are added to it.")
    ] = None,
    readers: Annotated[int, typer.Option(min=1)] = 50,
    seconds: Annotated[float, typer.Option(min=1)] = 120,
    papers: Annotated[int, typer.Option(min=0)] = 5000,
) -> None:
    """Print the report as JSON; the exit code is 1 after an error or a mixed answer."""
    with tempfile.TemporaryDirectory() as folder:
        report = bench(library or made_library(Path(folder)), readers, seconds, papers)
    typer.echo(report.model_dump_json(indent=2))
    raise typer.Exit(1 if report.errors or report.mixed else 0)


if __name__ == "__main__":
    typer.run(main)
